import type { IHttpRequestHelper } from 'n8n-workflow';
import { newLoginScope } from '../../nodes/shared/progeny/hostBridge';
import { logInFor } from '../../nodes/shared/progeny/runLogin';
import { jwt } from '../engine/support/answers';
import { ACCOUNT } from '../support/account';

type Answer = { statusCode: number; body?: unknown; headers?: Record<string, string> } | Error;
const GRANTED: Answer = { statusCode: 200, body: { access: jwt() } };

let accounts = 0;

/**
 * Items of one run that need a login: `atOnce` at a time, on virtual time. The n-th login is answered by `answer(n)`.
 * Returns each item's text of an error, or 'in', and how many logins were made.
 */
async function tryItems(count: number, atOnce: number, answer: (n: number) => Answer) {
	jest.useFakeTimers();
	try {
		const account = { ...ACCOUNT, username: `user ${accounts++}` };
		const run = newLoginScope(new AbortController().signal);
		let logins = 0;
		const httpRequest = async () => {
			const given = answer(logins++);
			if (given instanceof Error) throw given;
			return given;
		};
		const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
		const texts: string[] = [];
		const item = async () => {
			const login = logInFor(run, helper, account, undefined).then(() => 'in');
			texts.push(await login.catch((error: Error) => error.message));
		};
		const all = (async () => {
			for (let i = 0; i < count; i += atOnce) await Promise.all(Array.from({ length: atOnce }, item));
		})();
		await jest.advanceTimersByTimeAsync(200_000);
		await all;
		return { texts, logins };
	} finally {
		jest.useRealTimers();
	}
}

const code = 'ECONNREFUSED';
const refused = Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
const answered = (statusCode: number, body: unknown = {}, headers = {}) => ({ statusCode, body, headers });

describe.each([1, 5])('100 items, %i at a time', (atOnce) => {
	test.each<[string, Answer, number]>([
		['a wrong password', answered(401, { detail: 'No active account' }), 1],
		['a bot check', answered(403, '<html>'), 1],
		['a wrong Base URL', answered(404, '<html>'), 1],
		['a proxy that wants a password', answered(407, '<html>'), 1],
		['throttled for an hour', answered(429, {}, { 'retry-after': '3600' }), 1],
		['throttled', answered(429), 3],
		['a server fault', answered(500), 3],
		['a CDN that does not reach its origin', answered(522), 3],
		['a refused connection', refused, 3],
	])('%s: %#', async (_name, answer, logins) => {
		const tried = await tryItems(100, atOnce, () => answer);
		expect(tried.logins).toBe(logins);
		expect(tried.texts).toHaveLength(100);
		expect(new Set(tried.texts).size).toBe(1);
		expect(tried.texts[0]).not.toBe('in');
	});

	test('a transient failure is retried', async () => {
		const { texts, logins } = await tryItems(100, atOnce, (n) => (n < 2 ? answered(502) : GRANTED));
		expect(new Set(texts)).toEqual(new Set(['in']));
		expect(logins).toBeGreaterThanOrEqual(3);
	});
});

test('Retry-After is waited for', async () => {
	const at: number[] = [];
	const { texts } = await tryItems(1, 1, (n) => {
		at.push(Date.now());
		return n === 0 ? answered(429, {}, { 'retry-after': '40' }) : GRANTED;
	});
	expect(texts).toEqual(['in']);
	expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(40_000);
	expect(at[1]! - at[0]!).toBeLessThan(40_100);
});

test('a Stop ends the wait for another attempt', async () => {
	const stop = new AbortController();
	const httpRequest = jest.fn(async () => answered(500));
	const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
	const account = { ...ACCOUNT, username: 'stopped' };
	const login = logInFor(newLoginScope(stop.signal), helper, account, undefined);
	setImmediate(() => stop.abort());
	await expect(login).rejects.toThrow('canceled');
	expect(httpRequest).toHaveBeenCalledTimes(1);
});
