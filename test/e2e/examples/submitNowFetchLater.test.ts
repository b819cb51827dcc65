import type { StoredWorkflow, WorkflowFile } from '../../../demo/api';
import { submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { useTestbed } from '../support/testbed';
import { DataTable, publishWithTables, Row } from '../support/dataTable';

/** The example waits up to 20 seconds for a result, and fetches every minute; here it waits one, and is run by the tests. */
function inAHurry(file: WorkflowFile): void {
	for (const { name, parameters } of file.nodes) {
		if (name === 'Get Task Result') (parameters.options as { timeout: number }).timeout = 1;
		if (name === 'Every Minute') parameters.rule = { interval: [{ field: 'days', daysInterval: 1 }] };
	}
}

describe('the example submit-now-fetch-later', () => {
	const testbed = useTestbed();
	let workflow: StoredWorkflow;
	let table: DataTable;

	beforeAll(async () => {
		workflow = await testbed.example('submit-now-fetch-later', inAHurry);
		[table] = await publishWithTables(testbed.api, workflow, 'progeny_receipts');
	});

	const rowOf = async (order: string) => (await table.rows()).find(({ reference }) => reference === order);

	/** Sends a photo under a scenario's UUID; returns the row with its receipt. */
	async function submit(scenario: string, order: string): Promise<Row> {
		const fields = [[bundledPhoto('cat.png')], scenarioUuid(scenario), order];
		await submitForm(formUrl(testbed.origin, 'submit-face'), fields);
		for (;;) {
			const row = await rowOf(order);
			if (row) return row;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async function fetch(): Promise<void> {
		const { status } = await testbed.api.finished(await testbed.api.run(workflow, 'Every Minute'));
		expect(status).toBe('success');
	}

	it.each([
		['pass', 'let in', ''],
		['contradictory-issues', 'for a person', expect.stringContaining('CONTRADICTORY')],
		['another-person', 'turned away', 'NOT_MATCHED'],
		['failure', null, null],
		['never', null, null],
	])('keeps the receipt of %s, and ends in %s after one upload', async (scenario, outcome, reasons) => {
		const before = testbed.sandbox.submits();
		expect(await submit(scenario, `order ${scenario}`)).toMatchObject({
			uuid: scenarioUuid(scenario),
			receipt: expect.stringMatching(/^pgr1\./),
			outcome: null,
		});
		await fetch();
		expect(await rowOf(`order ${scenario}`)).toMatchObject({ outcome, reasons });
		expect(testbed.sandbox.submits() - before).toBe(1);
	});

	it('leaves a row open if its receipt is of another order or person, and sends an old one to a person', async () => {
		const { receipt, submittedAt } = await submit('pass', 'order 1');
		const uuid = scenarioUuid('pass');
		const hoursAgo = new Date(Date.now() - 2 * 3_600_000).toISOString();
		await table.insert({ reference: 'order 2', uuid, receipt, submittedAt });
		await table.insert({ reference: 'order 3', uuid: scenarioUuid('spoof'), receipt, submittedAt });
		await table.insert({ reference: 'order 4', uuid, receipt, submittedAt: hoursAgo });
		await fetch();
		expect(await rowOf('order 1')).toMatchObject({ outcome: 'let in' });
		expect(await rowOf('order 2')).toMatchObject({ outcome: null });
		expect(await rowOf('order 3')).toMatchObject({ outcome: null });
		expect(await rowOf('order 4')).toMatchObject({ outcome: 'for a person', reasons: 'TOO_OLD' });
	});
});
