import type { Execution, StoredWorkflow } from '../../../demo/api';
import { submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { useTestbed } from '../support/testbed';
import { executionsSince, expectNoWayIn, openReview, waitASecond } from '../support/reviewer';
import { itemsOf } from '../support/workflows';

const OUTCOMES = ['Open the Account', 'Open the Account after Review', 'Turn Down', 'Turn Down after Review'];
const NAME = 'Jane <b>Doe</b>';
/** The path of the form of a copy whose reviewer has one second. */
const SOON = 'route-by-decision-soon';

describe('the example route-by-decision', () => {
	const testbed = useTestbed();
	let workflow: StoredWorkflow;
	/** A review without a reviewer. */
	let unreviewed: Execution;

	beforeAll(async () => {
		workflow = await testbed.api.activate(await testbed.example('route-by-decision'));
		const soon = await testbed.example('route-by-decision', (file) => {
			waitASecond(file);
			const form = file.nodes.find(({ name }) => name === 'Application')!;
			Object.assign(form.parameters.options as object, { path: SOON });
		});
		await testbed.api.activate(soon);
		// The other tests run until n8n notices that no one looked at it.
		unreviewed = (await apply('low-match', soon, SOON)).review!;
	});

	/** Sends an application; returns what the applicant is told, and the executions: the application's, then the review's if there is one. */
	async function apply(scenario: string, published = workflow, path = 'route-by-decision') {
		const since = await executionsSince(testbed.api, published);
		const fields = [NAME, [bundledPhoto('cat.png')], scenarioUuid(scenario)];
		const told = await submitForm(formUrl(testbed.origin, path), fields);
		while ((await since()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
		// A review begins before the execution of its application ends.
		const isReview = ({ data }: Execution) => itemsOf(data, 'Message for the Reviewer').length > 0;
		const all = await since();
		return { told, application: all.find((one) => !isReview(one))!, review: all.find(isReview) };
	}

	const outcome = ({ data }: Execution) =>
		OUTCOMES.flatMap((name) => itemsOf(data, name).map(({ json }) => [name, json.decidedBy]));

	it.each([
		['pass', 'Open the Account'],
		['another-person', 'Turn Down'],
		['spoof', 'Turn Down'],
	])('decides %s without a person', async (scenario, branch) => {
		const { application, review } = await apply(scenario);
		expect(application.status).toBe('success');
		expect(outcome(application)).toEqual([[branch, 'Progeny']]);
		expect(review).toBeUndefined();
	});

	it.each([
		['low-match', 'approve', 'Open the Account after Review'],
		['low-liveness', 'turn down', 'Turn Down after Review'],
		['contradictory-issues', 'turn down', 'Turn Down after Review'],
	])('shows %s to a reviewer, who presses %s', async (scenario, decision, branch) => {
		const { application, review } = await apply(scenario);
		expect(outcome(application)).toEqual([]);
		expect(outcome(review!)).toEqual([]);

		const { status, page, press } = await openReview(testbed.api, review!);
		const { json: kept } = itemsOf(application.data, 'Authenticate Face', 1)[0]!;
		expect(status).toBe(200);
		for (const shown of [kept.uuid, kept.taskId, (kept.reasons as string[])[0], 'data:image/jpeg;base64,'])
			expect(page).toContain(shown);
		expect(page).toContain('Jane &#60;b&#62;Doe&#60;/b&#62;');
		expect((await press(decision)).status).toBe(200);
		expect(outcome(await testbed.api.finished(review!.id))).toEqual([[branch, 'A. Reviewer']]);
	});

	it('does not let the applicant approve', async () => {
		const { told, application, review } = await apply('low-match');
		// No page follows, and no execution is named.
		expect(told).toEqual({});
		await expectNoWayIn(testbed, application, review!);
		const { press } = await openReview(testbed.api, review!);
		expect((await press('approve')).status).toBe(200);
		expect(outcome(await testbed.api.finished(review!.id))).toHaveLength(1);
	});

	it('turns down an applicant whom no reviewer looked at in time', async () => {
		const { status, ...ended } = await testbed.api.finished(unreviewed.id, { withinMs: 100_000 });
		expect(status).toBe('success');
		expect(outcome({ status, ...ended })).toEqual([['Turn Down after Review', 'no one in time']]);
	});
});
