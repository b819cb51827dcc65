import { bundledPhoto, Photo, specimen } from '../../../demo/photos';
import { scenarioPhoto as pictureOf } from '../../../sandbox';

/** Returns a photo that forces one of the sandbox's scenarios on any service. */
export async function scenarioPhoto(name: string): Promise<Photo> {
	return { name: `${name}.png`, type: 'image/png', data: await pictureOf(name) };
}

/** Returns a photo by its name: a file of `photos/`, a specimen such as `passport-eriksson`, or a scenario. A photo stays as it is. */
export async function photoOf(photo: Photo | string): Promise<Photo> {
	if (typeof photo !== 'string') return photo;
	if (photo.includes('.')) return bundledPhoto(photo);
	return photo.startsWith('passport-') ? specimen(photo) : scenarioPhoto(photo);
}
