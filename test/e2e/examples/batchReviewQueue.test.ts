import { randomUUID } from 'node:crypto';
import type { WorkflowFile } from '../../../demo/api';
import { bundledPhoto, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { Bench, openTestbed } from '../support/bench';
import { anyPhoto, itemsOf, putFiles } from '../support/workflows';

const LISTS = {
	'List of the Passed': 'passed.xlsx',
	'Review Queue': 'review-queue.xlsx',
	'List of the Failed': 'failed.xlsx',
};

/** Reads each spreadsheet back, as whoever decides would. */
function withReaders(file: WorkflowFile): void {
	for (const name of Object.keys(LISTS)) {
		const reader = `Read ${name}`;
		file.nodes.push({
			id: randomUUID(),
			name: reader,
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			position: [2000, 0],
			parameters: { operation: 'xlsx', options: { includeEmptyCells: true } },
		});
		file.connections[name] = { main: [[{ node: reader, type: 'main', index: 0 }]] };
	}
}

describe('the example batch-review-queue', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
	});

	afterAll(() => bench.close());

	/** Runs the example over these files; gives the rows of its spreadsheets. */
	async function run(files: Record<string, Buffer>) {
		putFiles('photos', files);
		const workflow = await bench.example('batch-review-queue', withReaders);
		const { status, data } = await bench.api.finished(await bench.api.run(workflow, 'Start'));
		expect(status).toBe('success');
		const rows = (name: string) => itemsOf(data, `Read ${name}`).map(({ json }) => json);
		const [passed, queue, failed] = Object.keys(LISTS).map(rows) as [Row[], Row[], Row[]];
		return { data, passed, queue, failed };
	}

	type Row = Record<string, unknown>;

	it('makes a spreadsheet of each branch, and of Review a queue to fill in', async () => {
		const { sandbox } = bench;
		const hopper = bundledPhoto('grace-hopper.jpg').data;
		const [her, other] = [
			await sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data),
			await sandbox.registerPhoto(hopper),
		];
		const forced = (name: string) => `${scenarioUuid(name)}.png`;
		const { data, passed, queue, failed } = await run({
			[`${other}.jpg`]: hopper,
			[`${her}.jpg`]: (await registeredWomanAgain()).data,
			[forced('low-match')]: anyPhoto(),
			[forced('contradictory-issues')]: anyPhoto(),
			[forced('spoof')]: anyPhoto(),
			[forced('pass')]: anyPhoto(),
			'somebody.png': anyPhoto(),
		});

		const photos = itemsOf(data, 'Photos').map(({ json }) => String(json.fileName));
		const inOrder = (rows: Row[]) => rows.map(({ photo }) => photos.indexOf(String(photo)));
		for (const rows of [passed, queue, failed])
			expect(inOrder(rows)).toEqual([...inOrder(rows)].sort((a, b) => a - b));
		expect(passed.map(({ photo }) => photo).sort()).toEqual([`${other}.jpg`, forced('pass')].sort());

		const why = Object.fromEntries(queue.map((row) => [row.photo, row.why]));
		expect(why).toEqual({
			[`${her}.jpg`]: 'it is hardly live',
			[forced('low-match')]: 'the match is weak',
			[forced('contradictory-issues')]: expect.stringContaining('the answer contradicts itself'),
		});
		expect(Object.keys(queue[0]!)).toEqual([
			'photo',
			'why',
			'matchPercent',
			'livenessProbability',
			'taskId',
			'decision',
			'decidedBy',
		]);
		expect(queue.map(({ decision, decidedBy }) => [decision, decidedBy])).toEqual(Array(3).fill(['', '']));
		const tasks = new Map(sandbox.tasks.map(({ taskId, uuid }) => [taskId, uuid]));
		for (const { photo, taskId } of [...passed, ...queue])
			expect(String(photo).split('.')[0]).toBe(tasks.get(String(taskId)));

		expect(failed).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ photo: forced('spoof'), reasons: 'NOT_LIVE', notChecked: '' }),
				expect.objectContaining({
					photo: 'somebody.png',
					reasons: '',
					notChecked: expect.stringContaining('UUID'),
				}),
			]),
		);
		expect(failed).toHaveLength(2);
		for (const [name, fileName] of Object.entries(LISTS))
			expect(itemsOf(data, name)[0]!.binary!.data).toMatchObject({ fileName, fileExtension: 'xlsx' });
	});

	it('makes no queue where there is nothing to decide', async () => {
		const { data, passed, queue } = await run({ [`${scenarioUuid('pass')}.png`]: anyPhoto() });
		expect([passed, queue]).toEqual([[expect.objectContaining({ matchPercent: expect.anything() })], []]);
		expect(itemsOf(data, 'Review Queue')).toEqual([]);
	});
});
