import type { INodeExecutionData } from 'n8n-workflow';
import { outcomesOf } from '../engine/support/check';
import { storeOf, type Setup } from '../engine/support/engine';
import { accountFor, baseUrl, photoItem, runCounted, STACK, type Counted } from './support/client';
import { celery } from './support/stack';

/** Returns an item whose task meets this fate (see `services/tasks.py`), and how many seconds it is waited for. */
const fated = async (comment: string, timeout: number): Promise<INodeExecutionData> => ({
	...(await photoItem({ comment })),
	json: { timeout },
});

/** n8n's Retry of an execution. */
const retry = ({ setup, ran }: { setup: Setup; ran: Counted }) =>
	runCounted({
		...setup,
		execution: { id: '2', mode: 'retry', contextData: ran.run.data.executionData?.contextData },
	});

const NEVER = 3;
const ALWAYS = 240;
/** By the view of tasks: the fate of a task, the wait for it in s, the outcome, and if n8n's Retry sends the photo again. */
const TASKS: Record<string, Array<[string, number, string, 'sent again' | 'once']>> = {
	'': [
		['good', ALWAYS, 'pass', 'once'],
		['no_face', ALWAYS, 'fail', 'once'],
		['progress', ALWAYS, 'pass', 'once'],
		['retry', ALWAYS, 'pass', 'once'],
		['crash', ALWAYS, 'TASK_FAILED', 'sent again'],
		['die', ALWAYS, 'TASK_FAILED', 'sent again'],
		['empty', ALWAYS, 'BAD_RESPONSE', 'once'],
		['ignore', NEVER, 'TIMED_OUT', 'once'],
		['reject', NEVER, 'TIMED_OUT', 'once'],
		['nan', NEVER, 'TIMED_OUT', 'once'],
	],
	text: [
		['good', ALWAYS, 'pass', 'once'],
		['no_face', ALWAYS, 'fail', 'once'],
		['crash', ALWAYS, 'TASK_FAILED', 'sent again'],
		['nan', ALWAYS, 'BAD_RESPONSE', 'once'],
	],
	asyncResult: [
		['good', ALWAYS, 'pass', 'once'],
		['no_face', ALWAYS, 'fail', 'once'],
		['progress', ALWAYS, 'pass', 'once'],
		['crash', NEVER, 'TIMED_OUT', 'once'],
		['ignore', NEVER, 'TIMED_OUT', 'once'],
	],
};

describe.each(Object.entries(TASKS))('by the view of tasks "%s"', (variant, rows) => {
	test('each task has its outcome, was accepted once, and is sent again only if it certainly failed', async () => {
		const setup: Setup = {
			node: 'faceLiveness',
			items: await Promise.all(rows.map(([fate, timeout]) => fated(fate, timeout))),
			parameters: { options: { concurrency: 20, timeout: '={{ $json.timeout }}' } },
			settings: { onError: 'continueRegularOutput' },
			credentials: storeOf(accountFor(baseUrl('nginx', variant))),
		};
		const ran = await runCounted(setup);
		expect(outcomesOf(ran).map((outcome, i) => [rows[i][0], outcome])).toEqual(
			rows.map(([fate, , outcome]) => [fate, outcome]),
		);
		expect(ran.accepted).toHaveLength(rows.length);
		const again = await retry({ setup, ran });
		expect(outcomesOf(again)).toEqual(outcomesOf(ran));
		expect(again.accepted).toHaveLength(rows.filter(([, , , sent]) => sent === 'sent again').length);
	});
});

test('a task that is terminated has failed', async () => {
	const credentials = storeOf(accountFor(baseUrl()));
	const setup: Setup = { node: 'faceLiveness', items: [await photoItem({ comment: 'slow' })], credentials };
	const { json } = await runCounted({ ...setup, parameters: { operation: 'submit' } });
	await celery(STACK.state, 'control', 'terminate', 'SIGTERM', String(json[0].taskId));
	const ran = await runCounted({
		...setup,
		parameters: { operation: 'getResult', receipt: json[0].receipt },
	});
	expect(outcomesOf(ran)).toEqual(['TASK_FAILED']);
});

test('behind a backlog of 404s a photo is accepted once, and passes when the worker is back', async () => {
	const setup: Setup = {
		node: 'faceLiveness',
		items: [await photoItem()],
		parameters: { options: { timeout: NEVER } },
		credentials: storeOf(accountFor(baseUrl('nginx', 'backlog'))),
	};
	const ran = await runCounted(setup);
	const still = await retry({ setup, ran });
	expect([ran, still].map((run) => [outcomesOf(run), run.accepted.length])).toEqual([
		[['TIMED_OUT'], 1],
		[['TIMED_OUT'], 0],
	]);
	await celery(STACK.state, 'control', 'add_consumer', 'backlog');
	const passed = await retry({
		setup: { ...setup, parameters: { options: { timeout: ALWAYS } } },
		ran: still,
	});
	expect([outcomesOf(passed), passed.accepted]).toEqual([['pass'], []]);
});
