import { STEPS, type Step } from './faults.acts';
import { leaksIn, playBinaryStore, recordLogs, runCell, type CellResult, type Lasts } from './faults.run';
import { boundMs, gigantic, matrix, readCell, type Cell, type Row } from './faults.table';
import { playResolver } from './wireServer';

jest.mock('../../nodes/shared/limits', () =>
	jest.requireActual('./faults.fast').fastLimits(jest.requireActual('../../nodes/shared/limits')),
);
jest.mock('../../nodes/shared/schedule', () =>
	jest.requireActual('./faults.fast').fastSchedule(jest.requireActual('../../nodes/shared/schedule')),
);

const AT_ONCE = 8;
const DEADLINE_MS = 1000;
/** How late a run may end after its deadline on a busy machine, in ms. */
const LATENESS_MS = 500;

interface Case {
	fault: string;
	step: Step;
	lasts: Lasts;
	cell: Cell;
}

const casesOf = (table: Record<string, Row>): Case[] =>
	Object.entries(table).flatMap(([fault, row]) =>
		STEPS.flatMap((step) => {
			const cells = row[step];
			if (cells === undefined) return [];
			const [once, always] = cells;
			return [
				{ fault, step, lasts: 'once', cell: once } as const,
				{ fault, step, lasts: 'always', cell: always } as const,
			];
		}),
	);

const logged: Array<{ path: string; text: string }> = [];
const tokens: string[] = [];
let restoreResolver: () => void;

beforeAll(async () => {
	restoreResolver = playResolver();
	playBinaryStore();
	recordLogs((texts) => logged.push(...texts));
	await runCell('HTTP 403', 'submit', 'once');
});
afterAll(() => restoreResolver());

/** Runs the cases, some at a time, and gives the results in order. */
async function runAll(cases: Case[], atOnce: number): Promise<CellResult[]> {
	const results = new Array<CellResult>(cases.length);
	let next = 0;
	const lane = async () => {
		while (next < cases.length) {
			const i = next++;
			const { fault, step, lasts } = cases[i];
			results[i] = await runCell(fault, step, lasts);
			tokens.push(...results[i].server.tokens);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return results;
}

const within = ({ least, most }: { least: number; most: number }, count: number) =>
	count >= least && count <= most;

function expectCell({ fault, step, cell }: Case, result: CellResult): void {
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
	expect(tookMs).toBeLessThan(boundMs(fault, step, expected));
	expect(sinceAcceptedMs ?? 0).toBeLessThan(DEADLINE_MS + LATENESS_MS);
}

const title = ({ fault, step, lasts, cell }: Case) => `${fault}, ${step}, ${lasts}: ${cell}`;

describe('the fault matrix', () => {
	const cases = casesOf(matrix);
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
	const cases = casesOf(gigantic).filter(({ lasts }) => lasts === 'once');
	test.each(cases.map((row) => [title(row), row] as const))('%s', async (_, row) => {
		const [result] = await runAll([row], 1);
		const { taken, passed, submits, tookMs, leaks } = result;
		expect({ passed: passed && readCell(row.cell).outcome !== 'pass', leaks }).toEqual({
			passed: false,
			leaks: [],
		});
		expect(taken).toBeLessThanOrEqual(1);
		expect(submits).toBeLessThanOrEqual(1);
		expect(result.outcome).toBe(readCell(row.cell).outcome);
		expect(tookMs).toBeLessThan(3000);
	});
});
