import { leaksElsewhere, logged, watchNodes } from '../privacy/run';
import { leaksOf } from '../support/leaks';
import { SERVICES } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { runCase, type CellResult } from './run';
import { casesOf, isIn, outcomeIn, type Case } from './table';
import { IS_THOROUGH } from '../../support/thorough';

useVirtualTime();
watchNodes();

/** The items' Timeout in s, the default: longer than three logins that hang for 30 s each, and a poll that hangs for 15 s. */
const TIMEOUT_S = 120;

/** The words of a failure if Progeny may have registered a face under an unknown UUID. */
const MAY_BE_REGISTERED = 'A face may have been registered under a UUID that is not known here.';

/** True if it may have: it accepted the photo without returning a task ID, the server may have read it, or the task broke off. */
const mayBeRegistered = ({ node }: Case, { cell, accepted, server }: CellResult) =>
	node === 'registerFace' &&
	(/^(OUTCOME_UNKNOWN|TASK_FAILED) /.test(cell) ||
		(cell.startsWith('BAD_RESPONSE ') && accepted === 1 && server.count('poll') === 0));

/** Returns the task that the server was asked about. */
function polledTask({ seen }: CellResult['server']): string | undefined {
	const poll = seen.find(({ route, url }) => route === 'poll' && url !== '');
	return poll && (new URL(poll.url, 'http://x').searchParams.get('id') ?? undefined);
}

/** `npm test` tries what lasts, the thorough run also what strikes once; with registerFace, which leaves a record, at the upload. */
const isTried = ({ node, step, lasts, fault }: Case) => {
	const isRepeated = step === 'later poll' || (step === 'renewed login' && !/^HTTP (403|500)$/.test(fault));
	return (
		(IS_THOROUGH || (lasts === 'always' && !isRepeated)) && (node === 'authenticateFace' || step === 'submit')
	);
};
const cases = (['authenticateFace', 'registerFace'] as const).map(
	(node) => [node, casesOf(node).filter(([, row]) => isTried(row))] as const,
);

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
		expect(leaksElsewhere(server.tokens)).toEqual([]);
	});
});
