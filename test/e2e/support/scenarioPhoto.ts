import type { Photo } from '../../../demo/photos';
import { scenarioPhoto as pictureOf } from '../../../sandbox';

/** A photo that forces one of the sandbox's scenarios on any service. */
export async function scenarioPhoto(name: string): Promise<Photo> {
	return { name: `${name}.png`, type: 'image/png', data: await pictureOf(name) };
}
