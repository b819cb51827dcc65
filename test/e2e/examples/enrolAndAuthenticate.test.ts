import { showPage, submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { Bench, openTestbed } from '../support/bench';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const UUID_V1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the example enrol-and-authenticate', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
		await bench.api.activate(await bench.example('enrol-and-authenticate'));
	});

	afterAll(() => bench.close());

	/** Sends a name and a selfie through the first page; gives the execution when it shows the page that follows. */
	async function enrol(selfie: Photo) {
		const { next, executionId } = await submitForm(formUrl(bench.origin, 'enrol'), ['Eileen', [selfie]]);
		const { data } = await bench.api.finished(executionId!, { also: ['waiting'] });
		return { next: next!, id: executionId!, data };
	}

	it('registers a woman, then knows her again, and takes neither another woman nor a cat for her', async () => {
		const { next, id, data } = await enrol(bundledPhoto(REGISTERED_PHOTO));
		const [{ json }] = itemsOf(data, 'Register Face', 0) as [{ json: { uuid: string } }];
		expect(json).toMatchObject({ registered: true, uuid: expect.stringMatching(UUID_V1), reasons: [] });
		expect(itemsOf(data, 'Register Face', 1)).toEqual([]);
		expect(itemsOf(data, 'Save the UUID')[0]!.json).toMatchObject({ name: 'Eileen', uuid: json.uuid });

		const photos = [await registeredWomanAgain(), bundledPhoto('grace-hopper.jpg'), bundledPhoto('cat.png')];
		await submitForm(next, [photos]);
		await bench.api.finished(id, { also: ['waiting'] });
		const page = await showPage(next);
		const later = await bench.api.finished(id);

		expect(later.status).toBe('success');
		const verdicts = itemsOf(later.data, 'Authenticate Face').map((item) => item.json);
		const names = itemsOf(later.data, 'One Line per Photo').map((item) => item.json.photo);
		const of = (photo: Photo) => verdicts[names.indexOf(photo.name)];
		expect(verdicts).toHaveLength(3);
		expect(verdicts.map(({ uuid }) => uuid)).toEqual(Array(3).fill(json.uuid));
		expect(of(photos[0]!)).toMatchObject({ authenticated: true, decision: 'pass', reasons: [] });
		expect(of(photos[1]!)).toMatchObject({
			authenticated: false,
			decision: 'fail',
			reasons: ['NOT_MATCHED'],
		});
		expect(of(photos[2]!)).toMatchObject({
			authenticated: false,
			reasons: expect.arrayContaining(['FACE_NOT_FOUND']),
		});
		expect(page).toContain('eileen-collins-again.jpg: it is you');
		expect(page).toContain('grace-hopper.jpg: not accepted: NOT_MATCHED');
		expect(page).toContain('cat.png: not accepted: FACE_NOT_FOUND');
	});

	it.each<[string, () => Photo | Promise<Photo>, string[], string]>([
		['a cat', () => bundledPhoto('cat.png'), ['FACE_NOT_FOUND', 'NOT_LIVE'], 'Failed to detect face'],
		['a spoof', () => scenarioPhoto('spoof'), ['NOT_LIVE'], 'NOT_LIVE'],
		[
			'an answer against itself',
			() => scenarioPhoto('contradictory-status'),
			['CONTRADICTORY'],
			'CONTRADICTORY',
		],
	])('does not register %s, and says why', async (_, selfie, reasons, words) => {
		const submits = bench.sandbox.submits();
		const { next, id } = await enrol(await selfie());
		const page = await showPage(next);
		const { status, data } = await bench.api.finished(id);

		expect(status).toBe('success');
		expect(itemsOf(data, 'Register Face', 0)).toEqual([]);
		expect(itemsOf(data, 'Register Face', 1)[0]!.json).toMatchObject({
			registered: false,
			uuid: null,
			reasons,
		});
		expect(itemsOf(data, 'Save the UUID')).toEqual([]);
		expect(page).toContain('Please take another selfie');
		expect(page).toContain(words);
		expect(bench.sandbox.submits() - submits).toBe(1);
	});
});
