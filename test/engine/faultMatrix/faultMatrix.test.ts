import { fakeBinaryStore } from '../support/check';
import { leaksIn, leaksOf, recordLogs } from '../support/secrets';
import { NODE_ROWS, SERVICES } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { useFakeResolver } from '../support/wireServer';
import { runCase, type CellResult } from './run';
import { casesOf, isIn, matrix, outcomeIn, type Case } from './table';
import { IS_THOROUGH } from '../../support/thorough';

useVirtualTime();

/** The items' Timeout in s, the default: longer than three logins that hang for 30 s each, and a poll that hangs for 15 s. */
const TIMEOUT_S = 120;

const logged: string[] = [];

useFakeResolver();
beforeAll(() => {
	fakeBinaryStore();
	recordLogs((texts) => logged.push(...texts.map(({ text }) => text)));
});
beforeEach(() => (logged.length = 0));

/** The words of a failure if Progeny may have registered a face under an unknown UUID. */
const MAY_BE_REGISTERED = 'A face may have been registered under a UUID that is not known here.';

/** It may have if it took the photo and no task ID came back, or the server may have read it, or the task broke off. */
const mayBeRegistered = ({ node }: Case, { cell, accepted, server }: CellResult) =>
	node === 'registerFace' &&
	(/^(OUTCOME_UNKNOWN|TASK_FAILED) /.test(cell) ||
		(cell.startsWith('BAD_RESPONSE ') && accepted === 1 && server.count('poll') === 0));

/** The task that the server was asked about. */
function polledTask({ seen }: CellResult['server']): string | undefined {
	const poll = seen.find(({ route, url }) => route === 'poll' && url !== '');
	return poll && (new URL(poll.url, 'http://x').searchParams.get('id') ?? undefined);
}

/**
 * An upload's end matters if the service leaves a record, and its answer and a poll's are read by each node's own code. Some
 * uploads differ by their parts alone: with these, a fault that strikes once is enough.
 */
const differs = ({ node, step, lasts }: Case) =>
	node === 'readDocument' || node === 'backgroundCheck'
		? step === 'submit' && lasts === 'once'
		: step === 'submit' || (step === 'first poll' && lasts === 'once');

/** `npm test` tries the faults that last: with authenticateFace at each step of its own, with registerFace at the upload. */
const isQuick = ({ node, step, lasts, fault }: Case) => {
	const isOfStep = step !== 'later poll' && (step !== 'renewed login' || /^HTTP (403|500)$/.test(fault));
	return (
		lasts === 'always' &&
		(node === 'authenticateFace' ? isOfStep : node === 'registerFace' && step === 'submit')
	);
};
const isTried = (row: Case) => (IS_THOROUGH ? row.node === 'authenticateFace' || differs(row) : isQuick(row));
const cases = NODE_ROWS.map(
	([node]) => [node, casesOf(matrix, node).filter(([, row]) => isTried(row))] as const,
).filter(([, rows]) => rows.length > 0);

describe.each(cases)('the fault matrix: %s', (node, rows) => {
	test.each(rows)('%s', async (_, row) => {
		const result = await runCase(row, TIMEOUT_S);
		const { cell, accepted, sinceAcceptedMs, strayed, passed, ran, server } = result;
		expect(isIn(cell, row.cell) ? row.cell : cell).toBe(row.cell);
		expect(passed).toBe(outcomeIn(row.cell) === 'pass');
		expect({ acceptedTwice: accepted > 1, strayed }).toEqual({ acceptedTwice: false, strayed: 0 });
		expect(sinceAcceptedMs ?? 0).toBeLessThanOrEqual(1000 * TIMEOUT_S + 1);
		// The last poll is made when 2 s are left.
		const leastMs = outcomeIn(cell) === 'TIMED_OUT' ? 1000 * TIMEOUT_S - 2000 : 0;
		expect(sinceAcceptedMs ?? 0).toBeGreaterThanOrEqual(leastMs);

		const uploads = server.seen.filter(({ route, url }) => route === 'submit' && url !== '');
		expect(uploads.filter(({ url }) => url !== `/api/v3${SERVICES[node].path}`)).toEqual([]);

		const { description = '' } = ran.error ?? {};
		expect(description.endsWith(MAY_BE_REGISTERED)).toBe(mayBeRegistered(row, result));
		expect(description).toContain((ran.error && polledTask(server)) ?? '');

		expect(leaksOf(ran, server.tokens)).toEqual([]);
		expect(logged.length).toBeGreaterThan(0);
		expect(leaksIn([{ path: 'logs', text: logged.join('\n') }], server.tokens)).toEqual([]);
	});
});
