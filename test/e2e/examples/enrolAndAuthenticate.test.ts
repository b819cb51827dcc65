import type { FormFields } from '../../../demo/form';
import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { DataTable, publishWithTables } from '../support/dataTable';
import { photoOf, scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

describe('the example enrol-and-authenticate', () => {
	const testbed = useTestbed();
	let table: DataTable;

	beforeAll(async () => {
		const example = await testbed.example('enrol-and-authenticate');
		[table] = await publishWithTables(testbed.api, example, 'progeny_faces');
	});

	/** Sends an e-mail and photos, one after another; returns the pages that follow and the nodes' output. */
	async function send(path: 'enrol' | 'sign-in', email: string, ...[first, ...others]: Photo[]) {
		const sent: FormFields[] = [[email, [first!]], ...others.map((photo) => [[photo]])];
		const { pages, isAsked, execution } = await visitForm(testbed, path, ...sent);
		if (!isAsked) expect(execution.status).toBe('success');
		return { pages, page: pages.at(-1)!, isAsked, data: execution.data };
	}

	it('registers a woman under her e-mail, then recognizes her, and no one else', async () => {
		const her = bundledPhoto(REGISTERED_PHOTO);
		const { page, data } = await send('enrol', ' Eileen@Example.com', her);
		const [{ json }] = itemsOf(data, 'Register Face', 2) as [{ json: { uuid: string } }];
		expect(page).toContain('You are enrolled');
		expect(await table.rows()).toMatchObject([{ email: 'eileen@example.com', uuid: json.uuid }]);

		const cases: [string, Photo, string][] = [
			['eileen@example.com', await registeredWomanAgain(), 'It is you'],
			['eileen@example.com', bundledPhoto('grace-hopper.jpg'), 'Not accepted'],
			['nobody@example.com', her, 'Not accepted'],
		];
		for (const [email, photo, words] of cases) {
			const answer = await send('sign-in', email, photo);
			expect(answer.page).toContain(words);
			expect(itemsOf(answer.data, 'Welcome')).toHaveLength(words === 'It is you' ? 1 : 0);
		}
	});

	it('allows three tries, also for an e-mail that is not enrolled', async () => {
		const uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		await table.insert({ email: 'known@example.com', uuid });
		const [cat, spoof] = [bundledPhoto('cat.png'), await scenarioPhoto('spoof')];
		for (const photos of [[cat], [cat, cat, cat], [cat, spoof], [spoof]]) {
			const [known, unknown] = [
				await send('sign-in', 'known@example.com', ...photos),
				await send('sign-in', 'unknown@example.com', ...photos),
			];
			expect(unknown.pages).toEqual(known.pages);
			expect(unknown.isAsked).toBe(known.isAsked);
			expect(known.isAsked).toBe(photos.length === 1 && photos[0] === cat);
			expect(known.pages.filter((page) => page.includes('Show your whole face.'))).toHaveLength(
				photos.filter((photo) => photo === cat).length - (photos.length === 3 ? 1 : 0),
			);
		}
	});

	it.each<[string, Photo, string]>([
		['the last one sent', bundledPhoto('grace-hopper.jpg'), 'Not accepted'],
		['her, at the second try', bundledPhoto(REGISTERED_PHOTO), 'It is you'],
	])('checks %s', async (_, photo, words) => {
		const her = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const email = `${words.replaceAll(' ', '')}@example.com`.toLowerCase();
		await table.insert({ email, uuid: her });
		expect((await send('sign-in', email, bundledPhoto('cat.png'), photo)).page).toContain(words);
	});

	it('enrols with another selfie', async () => {
		const { pages, data } = await send(
			'enrol',
			'second@example.com',
			bundledPhoto('cat.png'),
			bundledPhoto('grace-hopper.jpg'),
		);
		expect(pages).toEqual([
			expect.stringContaining('Show your whole face.'),
			expect.stringContaining('You are enrolled'),
		]);
		const [{ json }] = itemsOf(data, 'Register Face', 2) as [{ json: { uuid: string } }];
		expect(await table.rows()).toContainEqual(
			expect.objectContaining({ email: 'second@example.com', uuid: json.uuid }),
		);
	});

	it('registers an e-mail once', async () => {
		await table.insert({ email: 'taken@example.com', uuid: 'd3da2b7a-b062-11ec-b3b9-0242ac190002' });
		const submits = testbed.sandbox.submits();
		const { page } = await send('enrol', 'taken@example.com', bundledPhoto(REGISTERED_PHOTO));
		expect(page).toContain('You are enrolled already');
		expect(testbed.sandbox.submits()).toBe(submits);
	});

	it.each([
		['a cat', 'cat.png', 'Please take another selfie'],
		['a spoof', 'spoof', 'Your face was not registered.'],
		['an answer against itself', 'contradictory-status', 'We will look at your selfie'],
	])('does not register %s, and says so', async (name, selfie, words) => {
		const email = `${name.replaceAll(' ', '-')}@example.com`;
		const { page, data } = await send('enrol', email, await photoOf(selfie));
		expect(page).toContain(words);
		expect(itemsOf(data, 'Register Face', 2)).toEqual([]);
		expect((await table.rows()).filter((row) => row.email === email)).toEqual([]);
	});
});
