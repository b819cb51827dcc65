import type { WorkflowFile } from '../../../demo/api';
import { bundledPhoto, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { useTestbed } from '../support/testbed';
import { anyPhoto, itemsOf, node, putFiles } from '../support/workflows';

type Row = Record<string, unknown>;

const LISTS = { 'All Results': 'results.xlsx', 'Review Queue': 'review-queue.xlsx' };

/** Reads each spreadsheet back, as the person who decides would. */
function withReaders(file: WorkflowFile): void {
	for (const name of Object.keys(LISTS)) {
		const reader = `Read ${name}`;
		const parameters = { operation: 'xlsx', options: { includeEmptyCells: true } };
		file.nodes.push(node(reader, 'n8n-nodes-base.extractFromFile', 1, parameters));
		file.connections[name] = { main: [[{ node: reader, type: 'main', index: 0 }]] };
	}
}

describe('the example batch', () => {
	const testbed = useTestbed();

	/** Runs the example over these files; returns the rows of its spreadsheets. */
	async function run(files: Record<string, Buffer>) {
		putFiles('photos', files);
		const workflow = await testbed.example('batch', withReaders);
		const { status, data } = await testbed.api.finished(await testbed.api.run(workflow, 'Start'));
		const rows = (name: string) => itemsOf(data, `Read ${name}`).map(({ json }) => json as Row);
		return { status, data, results: rows('All Results'), queue: rows('Review Queue') };
	}

	it('makes a row for each photo, also for an uncheckable one, and a queue for a person to decide', async () => {
		const her = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const forced = (name: string) => `${scenarioUuid(name)}.png`;
		const { status, data, results, queue } = await run({
			[`${her}.jpg`]: (await registeredWomanAgain()).data,
			[forced('low-match')]: anyPhoto(),
			[forced('contradictory-issues')]: anyPhoto(),
			[forced('spoof')]: anyPhoto(),
			'somebody.png': anyPhoto(),
		});

		expect(status).toBe('success');
		const photos = itemsOf(data, 'Photos').map(({ json }) => json.fileName);
		expect(results.map(({ photo }) => photo)).toEqual(photos);
		const row = (name: string) => results.find(({ photo }) => photo === name);
		expect(row(`${her}.jpg`)).toMatchObject({
			authenticated: true,
			decision: 'pass',
			reasons: '',
			error: '',
		});
		expect(row(forced('spoof'))).toMatchObject({
			authenticated: false,
			decision: 'fail',
			reasons: 'NOT_LIVE',
		});
		expect(row('somebody.png')).toMatchObject({
			authenticated: false,
			decision: 'not checked',
			error: expect.stringContaining('UUID'),
		});
		const tasks = new Map(testbed.sandbox.tasks.map(({ taskId, uuid }) => [taskId, uuid]));
		for (const { photo, taskId } of results.filter(({ error }) => error === ''))
			expect(String(photo).split('.')[0]).toBe(tasks.get(String(taskId)));

		expect(new Map(queue.map(({ photo, reasons }) => [photo, reasons]))).toEqual(
			new Map([
				[forced('low-match'), 'MATCH_BELOW_MINIMUM'],
				[forced('contradictory-issues'), expect.stringContaining('CONTRADICTORY')],
			]),
		);
		expect(queue.map(({ approved, decidedBy }) => [approved, decidedBy])).toEqual(Array(2).fill(['', '']));
		for (const [name, fileName] of Object.entries(LISTS))
			expect(itemsOf(data, name)[0]!.binary!.data).toMatchObject({ fileName, fileExtension: 'xlsx' });
	});

	it('makes no queue if there is nothing to decide', async () => {
		const { status, data, results } = await run({ [`${scenarioUuid('pass')}.png`]: anyPhoto() });
		expect(status).toBe('success');
		expect(results).toMatchObject([{ decision: 'pass' }]);
		expect(itemsOf(data, 'Review Queue')).toEqual([]);
	});

	it('says that it found no photos', async () => {
		const { status, data } = await run({});
		expect(status).toBe('error');
		expect(data.resultData.error!.message).toMatch(/No JPEG or PNG photos were found/);
	});

	it('works with another source, whose items have no fields', async () => {
		putFiles('photos', { [`${scenarioUuid('pass')}.png`]: anyPhoto() });
		const workflow = await testbed.example('batch', (file) => {
			const noFields = { includeOtherFields: true, include: 'selected', includeFields: '', options: {} };
			file.nodes.push(node('Another Source', 'n8n-nodes-base.set', 3.4, noFields));
			file.connections['Another Source'] = file.connections.Photos;
			file.connections.Photos = { main: [[{ node: 'Another Source', type: 'main', index: 0 }]] };
		});
		const { data } = await testbed.api.finished(await testbed.api.run(workflow, 'Start'));
		expect(itemsOf(data, 'Another Source').map(({ json }) => json)).toEqual([{}]);
		expect(itemsOf(data, 'One Row per Photo')).toMatchObject([{ json: { decision: 'pass' } }]);
	});
});
