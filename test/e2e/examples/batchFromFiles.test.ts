import { bundledPhoto, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { Bench, openTestbed } from '../support/bench';
import { itemsOf, putFiles } from '../support/workflows';

describe('the example batch-from-files', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
	});

	afterAll(() => bench.close());

	it('makes a table with a row for each photo, also for one that cannot be checked', async () => {
		const uuid = await bench.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const cat = bundledPhoto('cat.png').data;
		putFiles('photos', {
			[`${uuid}.jpg`]: (await registeredWomanAgain()).data,
			[`${scenarioUuid('another-person')}.png`]: cat,
			[`${scenarioUuid('face-too-small-a')}.png`]: cat,
			'somebody.png': cat,
		});
		const workflow = await bench.example('batch-from-files');
		const { status, data } = await bench.api.finished(await bench.api.run(workflow, 'Start'));

		expect(status).toBe('success');
		const rows = itemsOf(data, 'One Row per Photo').map(({ json }) => json);
		const row = (name: string) => rows.find(({ photo }) => String(photo).startsWith(name));
		expect(rows).toHaveLength(4);
		expect(row(uuid)).toMatchObject({ authenticated: true, decision: 'pass', reasons: '', error: '' });
		expect(row(scenarioUuid('another-person'))).toMatchObject({
			authenticated: false,
			decision: 'fail',
			reasons: 'NOT_MATCHED',
		});
		expect(row(scenarioUuid('face-too-small-a'))).toMatchObject({
			decision: 'fail',
			reasons: expect.stringContaining('FACE_TOO_SMALL'),
		});
		expect(row('somebody')).toMatchObject({
			authenticated: false,
			decision: 'not checked',
			error: expect.stringContaining('UUID'),
		});
		expect(itemsOf(data, 'Table')[0]!.binary!.data).toMatchObject({
			fileName: 'verdicts.csv',
			mimeType: 'text/csv',
		});
	});
});
