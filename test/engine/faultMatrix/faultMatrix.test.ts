import pMap from 'p-map';
import type { NodeName } from '../support/engine';
import { STEPS, type Step } from './acts';
import { leaksIn, fakeBinaryStore, recordLogs, runCell, type CellResult, type Lasts } from './run';
import { boundMs, gigantic, matrix, readCell, timeoutOf, tooSlow, type Cell, type Row } from './table';
import { NODES, SERVICES } from '../support/services';
import { fakeResolver } from '../support/wireServer';

jest.mock('../../../nodes/shared/limits', () =>
	jest.requireActual('../support/fastTime').fastLimits(jest.requireActual('../../../nodes/shared/limits')),
);
jest.mock('../../../nodes/shared/task/schedule', () =>
	jest
		.requireActual('../support/fastTime')
		.fastSchedule(jest.requireActual('../../../nodes/shared/task/schedule')),
);

const AT_ONCE = 8;
/** How late a run may end after its deadline on a busy machine, in ms. */
const LATENESS_MS = 500;

interface Case {
	node: NodeName;
	fault: string;
	step: Step;
	lasts: Lasts;
	cell: Cell;
}

const casesOf = (table: Record<string, Row>, node: NodeName): Case[] =>
	Object.entries(table).flatMap(([fault, row]) =>
		STEPS.flatMap((step) => {
			const cells = row[step];
			if (cells === undefined) return [];
			const [once, always] = cells;
			return [
				{ node, fault, step, lasts: 'once', cell: once } as const,
				{ node, fault, step, lasts: 'always', cell: always } as const,
			];
		}),
	);

const logged: Array<{ path: string; text: string }> = [];
const tokens: string[] = [];
let restoreResolver: () => void;

beforeAll(async () => {
	restoreResolver = fakeResolver();
	fakeBinaryStore();
	recordLogs((texts) => logged.push(...texts));
	await runCell('HTTP 403', 'submit', 'once');
});
afterAll(() => restoreResolver());

const runAll = (cases: Case[], atOnce: number) =>
	pMap(
		cases,
		async (row) => {
			const { node, fault, step, lasts } = row;
			const parameters = { options: { timeout: timeoutOf(step, readCell(row.cell)) } };
			const result = await runCell(fault, step, lasts, { node, parameters });
			tokens.push(...result.server.tokens);
			return result;
		},
		{ concurrency: atOnce },
	);

const within = ({ least, most }: { least: number; most: number }, count: number) =>
	count >= least && count <= most;

/** Where Progeny may have registered a face whose UUID nobody will learn. */
const LEFT = 'A face may have been registered under a UUID that is not known here.';

/** It may have where it took the photo and no task ID came back, or the server may have read it, or the task broke off. */
const recordWarning = ({ outcome, taken, polls }: CellResult) =>
	['OUTCOME_UNKNOWN', 'TASK_FAILED'].includes(outcome) ||
	(outcome === 'BAD_RESPONSE' && taken === 1 && polls === 0);

function expectCell(row: Case, result: CellResult): void {
	const { node, fault, step, cell } = row;
	const expected = readCell(cell);
	const { outcome, logins, submits, polls, taken, strayed, passed, leaks, tookMs, sinceAcceptedMs } = result;
	expect(`${outcome} ${logins}/${submits}/${polls}`).toBe(
		within(expected.logins, logins) && within(expected.submits, submits) && within(expected.polls, polls)
			? `${expected.outcome} ${logins}/${submits}/${polls}`
			: cell,
	);
	expect(passed).toBe(expected.outcome === 'pass');
	expect({ takenMoreThanOnce: taken > 1, strayed, leaks }).toEqual({
		takenMoreThanOnce: false,
		strayed: 0,
		leaks: [],
	});
	const uploads = result.server.seen.filter(({ route, url }) => route === 'submit' && url !== '');
	expect(uploads.filter(({ url }) => url !== `/api/v3${SERVICES[node].path}`)).toEqual([]);
	const { description = '' } = result.ran.error ?? {};
	expect(description.endsWith(LEFT)).toBe(node === 'registerFace' && recordWarning(result));
	expect(tookMs).toBeLessThan(boundMs(fault, step, expected));
	expect(sinceAcceptedMs ?? 0).toBeLessThan(1000 * timeoutOf(step, expected) + LATENESS_MS);
}

const title = ({ fault, step, lasts, cell }: Case) => `${fault}, ${step}, ${lasts}: ${cell}`;

/** All of it with one node. With the others, which share the way with it: each fault of an upload, and one of a question. */
const isFor = (node: NodeName, step: Step, lasts: Lasts) =>
	node === 'authenticateFace' || step === 'submit' || (step === 'first poll' && lasts === 'once');

describe.each(NODES)('the fault matrix: %s', (node) => {
	const cases = casesOf(matrix, node).filter(({ step, lasts }) => isFor(node, step, lasts));
	let results: CellResult[];
	beforeAll(async () => {
		results = await runAll(cases, AT_ONCE);
	}, 90_000);

	test.each(cases.map((row, i) => [title(row), row, i] as const))('%s', (_, row, i) => {
		expectCell(row, results[i]);
	});

	test('a task that is known is named in every failure, so that its verdict can be fetched', () => {
		for (const { server, ran, outcome } of results) {
			const [accepted] = server.seen.filter((request) => request.route === 'poll' && request.url !== '');
			if (accepted === undefined || ran.error === undefined) continue;
			const taskId = new URL(accepted.url, 'http://x').searchParams.get('id');
			expect([outcome, ran.error.description]).toEqual([outcome, expect.stringContaining(taskId!)]);
		}
	});

	test('nothing that any of these runs logged holds a secret or a part of the photo', () => {
		expect(logged.length).toBeGreaterThan(cases.length);
		expect(leaksIn([{ path: 'logs', text: logged.map(({ text }) => text).join('\n') }], tokens)).toEqual([]);
	});
});

describe('answers of 50 MB', () => {
	const cases = casesOf(gigantic, 'authenticateFace').filter(({ lasts }) => lasts === 'once');
	test.each(cases.map((row) => [title(row), row] as const))(
		'%s',
		async (_, row) => {
			const [result] = await runAll([row], 1);
			const { taken, passed, submits, tookMs, leaks } = result;
			expect({ passed, leaks }).toEqual({ passed: result.outcome === 'pass', leaks: [] });
			expect(taken).toBeLessThanOrEqual(1);
			expect(submits).toBeLessThanOrEqual(1);
			const known = [row.cell, ...tooSlow[row.step]!].map((cell) => readCell(cell).outcome);
			expect(known).toContain(result.outcome);
			expect(tookMs).toBeLessThan(6000);
		},
		10_000,
	);
});
