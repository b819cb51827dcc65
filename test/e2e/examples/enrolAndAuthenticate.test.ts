import { showPage, submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { Bench, openTestbed } from '../support/bench';
import { DataTable, setUpTable } from '../support/dataTable';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

describe('the example enrol-and-authenticate', () => {
	let bench: Bench;
	let table: DataTable;

	beforeAll(async () => {
		bench = await openTestbed();
		const example = await bench.example('enrol-and-authenticate');
		table = await setUpTable(bench.api, example, 'progeny_faces', ['email', 'uuid', 'registeredAt']);
		await bench.api.activate(table.workflow);
	});

	afterAll(() => bench.close());

	/** Sends an e-mail and a photo through a form; gives the page that follows, and what the nodes put out. */
	async function send(path: 'enrol' | 'sign-in', email: string, photo: Photo) {
		const { next, executionId } = await submitForm(formUrl(bench.origin, path), [email, [photo]]);
		await bench.api.finished(executionId!, { also: ['waiting'] });
		const page = await showPage(next!);
		const { status, data } = await bench.api.finished(executionId!);
		expect(status).toBe('success');
		return { page, data };
	}

	it('registers a woman under her e-mail, then knows her again, and nobody else', async () => {
		const her = bundledPhoto(REGISTERED_PHOTO);
		const { page, data } = await send('enrol', ' Eileen@Example.com', her);
		const [{ json }] = itemsOf(data, 'Register Face', 2) as [{ json: { uuid: string } }];
		expect(page).toContain('You are enrolled');
		expect(await table.rows()).toMatchObject([{ email: 'eileen@example.com', uuid: json.uuid }]);

		const cases: [string, Photo, string][] = [
			['eileen@example.com', await registeredWomanAgain(), 'It is you'],
			['eileen@example.com', bundledPhoto('grace-hopper.jpg'), 'Not accepted'],
			['eileen@example.com', bundledPhoto('cat.png'), 'Not accepted'],
			['nobody@example.com', her, 'Not accepted'],
		];
		for (const [email, photo, words] of cases) {
			const answer = await send('sign-in', email, photo);
			expect(answer.page).toContain(words);
			expect(itemsOf(answer.data, 'Welcome')).toHaveLength(words === 'It is you' ? 1 : 0);
		}
	});

	it('registers an e-mail once', async () => {
		await table.insert({ email: 'taken@example.com', uuid: 'd3da2b7a-b062-11ec-b3b9-0242ac190002' });
		const submits = bench.sandbox.submits();
		const { page } = await send('enrol', 'taken@example.com', bundledPhoto(REGISTERED_PHOTO));
		expect(page).toContain('You are enrolled already');
		expect(bench.sandbox.submits()).toBe(submits);
	});

	it.each<[string, () => Photo | Promise<Photo>, string]>([
		['a cat', () => bundledPhoto('cat.png'), 'Please take another selfie'],
		['a spoof', () => scenarioPhoto('spoof'), 'NOT_LIVE'],
		[
			'an answer against itself',
			() => scenarioPhoto('contradictory-status'),
			'Somebody will look at your selfie',
		],
	])('does not register %s, and says so', async (name, selfie, words) => {
		const email = `${name.replaceAll(' ', '-')}@example.com`;
		const { page, data } = await send('enrol', email, await selfie());
		expect(page).toContain(words);
		expect(itemsOf(data, 'Register Face', 2)).toEqual([]);
		expect((await table.rows()).filter((row) => row.email === email)).toEqual([]);
	});
});
