import { sleep } from 'n8n-workflow';
import { PENDING } from './support/answers';
import type { Setup } from './support/engine';
import { runAndStop, watchNodes, type Moment } from './support/stop';
import { useVirtualTime } from './support/virtualTime';
import { answer, useFakeResolver, type Act, type Route, type Script } from './support/wireServer';

useVirtualTime();

/** The time that n8n needs to read a photo, which nothing can interrupt. */
const READ_MS = 20;

const hang: Act = { do: 'silence' };
const late: Act = { do: 'late', ms: 60 };
const pending = answer(200, PENDING);
const throttled = answer(429, {}, { 'retry-after': '30' });
const expired = answer(401, { detail: 'Token is expired' });

/** Stops 5 ms after the first login, or after the last upload or poll of the items under way, was read; each gets `act`. */
const whenRead = (route: Route, act: Act): Moment => ({
	script: (stop, lanes) => ({
		[route]: (n: number, seen?: unknown) => {
			if (seen !== undefined && n === (route === 'login' ? 0 : lanes - 1)) setTimeout(stop, 5);
			return act;
		},
	}),
});

/** Stops `ms` after the n-th upload (from 0) was read, which is answered at once. */
const afterUpload = (ms: number, nth: (lanes: number) => number): Moment => ({
	script: (stop, lanes) => ({
		submit: (n, seen) => {
			if (seen !== undefined && n === nth(lanes)) setTimeout(stop, ms);
			return undefined;
		},
	}),
});

const moments: Record<string, Moment> = {
	'before the first item': { afterMs: 0 },
	'while a photo is read': {
		read: async (stop) => {
			stop();
			await sleep(READ_MS);
		},
	},
	'while the login is on the wire': whenRead('login', late),
	'while the login hangs': whenRead('login', hang),
	'while uploads are on the wire': whenRead('submit', late),
	'while uploads hang': whenRead('submit', hang),
	'while uploads wait for a Retry-After': whenRead('submit', throttled),
	'while the login is renewed for an upload': {
		script: (stop) => ({
			submit: () => expired,
			login: (n, seen) => {
				if (n === 0 || seen === undefined) return undefined;
				setTimeout(stop, 5);
				return late;
			},
		}),
	},
	'while tasks are waited for': afterUpload(60, (lanes) => lanes - 1),
	'while polls are on the wire': whenRead('poll', hang),
	'when a poll has been answered': whenRead('poll', pending),
	'between items': afterUpload(5, (lanes) => lanes),
	'when the workflow has timed out': { script: () => ({ poll: () => pending }), afterMs: 3000 },
};

/** The node's settings; `route` turns its named outputs on. */
const settings: Record<string, Setup['settings'] & { route?: true }> = {
	'no settings': {},
	'the error output': { onError: 'continueErrorOutput' },
	'Continue, Retry On Fail and named outputs': {
		onError: 'continueRegularOutput',
		retryOnFail: true,
		route: true,
	},
};

useFakeResolver();
beforeAll(() => watchNodes());

const cases = Object.keys(moments).flatMap((name) => [1, 5].map((lanes): [string, number] => [name, lanes]));

describe.each(cases)('stopped %s, %i at a time', (moment, lanes) => {
	test.each(Object.entries(settings))(
		'%s: the run ends at once, sends nothing more, returns nothing and leaves nothing behind',
		async (_, { route, ...nodeSettings }) => {
			const parameters = { options: { routeByDecision: route === true } };
			const setup = { parameters, settings: nodeSettings };
			const stopped = await runAndStop(moments[moment], lanes, setup);
			const { ran, endedAfterMs, lateRequests, lateReads, leftovers } = stopped;
			expect({ status: ran.status, out: [...ran.outputs, ...ran.arrived].flat(), lateRequests }).toEqual({
				status: 'canceled',
				out: [],
				lateRequests: 0,
			});
			expect(lateReads).toBeLessThan(lanes);
			expect(endedAfterMs).toBeLessThanOrEqual(READ_MS);
			expect(leftovers).toEqual({ listeners: 0, timers: 0 });
		},
	);
});

test('a run that is not stopped leaves nothing behind either', async () => {
	const script = (): Script => ({ submit: (n) => (n === 0 ? answer(429) : undefined) });
	const { ran, leftovers } = await runAndStop({ script }, 5);
	expect(ran.json).toHaveLength(6);
	expect(leftovers).toEqual({ listeners: 0, timers: 0 });
});
