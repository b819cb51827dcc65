import { getEventListeners } from 'node:events';
import { UserError, type IHttpRequestHelper, type IHttpRequestOptions } from 'n8n-workflow';
import { logIn } from '../../nodes/shared/progeny/login';
import { fingerprint, type Account } from '../../nodes/shared/progeny/token';
import { each } from '../support/words';
import { ACCOUNT } from '../support/account';

const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';
const claims = Buffer.from(JSON.stringify({ exp: Date.parse(DATE) / 1000 + 300 })).toString('base64url');
const TOKEN = `eyJhbGciOiJIUzI1NiJ9.${claims}.c2lnbmF0dXJl`;

type Answer = { statusCode: number; body: unknown; headers?: Record<string, unknown> };
const GRANTED: Answer = { statusCode: 200, body: { refresh: 'r', access: TOKEN }, headers: { date: DATE } };

/** Returns n8n's helper as a credential gets it, with answers of our own; an Error is thrown. */
function fakeHelper(answer: (call: number) => Answer | Error | Promise<Answer>) {
	const requests: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		requests.push(options);
		await new Promise((resolve) => setImmediate(resolve));
		const given = await answer(requests.length);
		if (given instanceof Error) throw given;
		return given;
	};
	return { helper: { helpers: { httpRequest } } as unknown as IHttpRequestHelper, requests };
}

/** Returns the UserError of a login, as "message | description". */
async function refusal(answer: Answer | Error, account = ACCOUNT): Promise<string> {
	const thrown: unknown = await logIn(fakeHelper(() => answer).helper, account).catch(
		(error: unknown) => error,
	);
	if (!(thrown instanceof UserError)) throw new Error(`not a UserError: ${String(thrown)}`);
	return `${thrown.message} | ${thrown.description}`;
}

test('returns the token, and metadata by the clock of the server', async () => {
	const { helper } = fakeHelper(() => GRANTED);
	const before = Date.now();
	const { accessToken, metadata } = await logIn(helper, ACCOUNT);
	expect(accessToken).toBe(TOKEN);
	expect(metadata.fingerprint).toBe(fingerprint(ACCOUNT));
	expect(metadata.obtainedAt).toBeGreaterThanOrEqual(before);
	expect(metadata.expiresAt - metadata.obtainedAt).toBe(270_000);
});

test('posts the username and the password as a form, follows no redirect, and has a time limit', async () => {
	const clock = new AbortController();
	const limits = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(clock.signal);
	const { helper, requests } = fakeHelper(() => GRANTED);
	await logIn(helper, ACCOUNT);
	expect(requests).toHaveLength(1);
	const [{ body, ...options }] = requests;
	expect(limits.mock.calls).toEqual([[30_000]]);
	limits.mockRestore();
	const ended = options.abortSignal as AbortSignal;
	expect(ended.aborted).toBe(false);
	clock.abort();
	expect(ended.aborted).toBe(true);
	expect(options).toMatchObject({
		method: 'POST',
		url: 'https://be.progeny.tech/api/v3/accounts/token/obtain/',
		disableFollowRedirect: true,
		returnFullResponse: true,
	});
	// Every n8n then throws an answer of another status as the client's own error, which shows whether it is a proxy's.
	expect(options).not.toHaveProperty('ignoreHttpStatusErrors');
	expect(Object.keys(options.headers!)).toEqual(['Content-Type']);
	const headers = { 'content-type': String(options.headers!['Content-Type']) };
	const form = await new Response(body as Buffer, { headers }).formData();
	expect([...form].flat()).toEqual(['username', 'clinic', 'password', 'hunter2']);
});

describe('one login in flight', () => {
	test('serves all who ask meanwhile, also through helpers of their own', async () => {
		const helpers = Array.from({ length: 20 }, () => fakeHelper(() => GRANTED));
		const logins = await Promise.all(helpers.map(({ helper }) => logIn(helper, { ...ACCOUNT })));
		expect(helpers.flatMap(({ requests }) => requests)).toHaveLength(1);
		expect(new Set(logins.map(({ accessToken }) => accessToken))).toEqual(new Set([TOKEN]));
	});

	test('is not shared with another account, nor remembered once it has ended', async () => {
		const { helper, requests } = fakeHelper(() => GRANTED);
		await Promise.all([logIn(helper, ACCOUNT), logIn(helper, { ...ACCOUNT, password: 'other' })]);
		expect(requests).toHaveLength(2);
		await logIn(helper, ACCOUNT);
		expect(requests).toHaveLength(3);
	});

	test('ends for all who asked if it is refused, each with an error of its own; the next tries again', async () => {
		const refused = { statusCode: 401, body: { detail: 'No active account' } };
		const { helper, requests } = fakeHelper((call) => (call === 1 ? refused : GRANTED));
		const logins = Array.from({ length: 5 }, () => logIn(helper, ACCOUNT).catch((error: unknown) => error));
		const thrown = await Promise.all(logins);
		expect(requests).toHaveLength(1);
		expect(new Set(thrown).size).toBe(5);
		const message = 'Progeny did not accept the username and password: No active account';
		for (const error of thrown) expect(error).toMatchObject({ message });
		await expect(logIn(helper, ACCOUNT)).resolves.toMatchObject({ accessToken: TOKEN });
		expect(requests).toHaveLength(2);
	});

	test('a helper that throws at once leaves nothing in flight', async () => {
		const httpRequest = () => {
			throw new Error('odd');
		};
		const throwing = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
		await expect(logIn(throwing, ACCOUNT)).rejects.toThrow(Error);
		const { helper } = fakeHelper(() => GRANTED);
		await expect(logIn(helper, ACCOUNT)).resolves.toMatchObject({ accessToken: TOKEN });
	});
});

describe('the last login of this process', () => {
	const account = (name: string): Account => ({ ...ACCOUNT, username: `last ${name}` });
	const fresh = (id: string): Answer => ({ statusCode: 200, body: { access: `token-${id}` } });
	/** Logs in as n8n's credential does for a run that began at `begunAt` and was refused `refused`. */
	const ask = (helper: IHttpRequestHelper, who: Account, begunAt?: number, refused?: string) =>
		logIn(helper, who, undefined, begunAt, refused);

	test.each<[string, (loggedInAt: number) => [begunAt?: number, refused?: string], number]>([
		['serves a run that began before it', (at) => [at - 1], 1],
		['serves it also if an older token was refused', (at) => [at - 1, 'token-0'], 1],
		['does not serve a run that was refused this very token', (at) => [at - 1, 'token-1'], 2],
		['does not serve a run that began after it', (at) => [at + 1], 2],
		["does not serve anything but a run, such as the credential's test", () => [], 2],
	])('%s', async (name, run, logins) => {
		const { helper, requests } = fakeHelper((call) => fresh(String(call)));
		const first = await ask(helper, account(name));
		const again = await ask(helper, account(name), ...run(first.metadata.obtainedAt));
		expect(requests).toHaveLength(logins);
		expect(again.accessToken).toBe(`token-${logins}`);
	});

	test('does not serve another account, or after it has expired', async () => {
		const { helper, requests } = fakeHelper((call) => fresh(String(call)));
		const { metadata } = await ask(helper, account('one'));
		await ask(helper, account('other'), metadata.obtainedAt - 1);
		expect(requests).toHaveLength(2);
		const clock = jest.spyOn(Date, 'now').mockReturnValue(metadata.expiresAt + 1);
		await ask(helper, account('one'), metadata.obtainedAt - 1);
		clock.mockRestore();
		expect(requests).toHaveLength(3);
	});
});

/** Returns a login that waits for its end, with the signal that its request was given. */
function waitingLogin() {
	let answer: (given: Answer) => void = () => undefined;
	const { helper, requests } = fakeHelper(() => new Promise((resolve) => (answer = resolve)));
	const ended = () => (requests[0].abortSignal as AbortSignal).aborted;
	return { helper, requests, ended, finish: () => answer(GRANTED) };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test('cancel of all who wait breaks the login off, of some does not; no listener is left', async () => {
	const { helper, requests, ended, finish } = waitingLogin();
	const [one, other] = [new AbortController(), new AbortController()];
	const logins = [one, other].map(({ signal }) => logIn(helper, ACCOUNT, signal));
	await soon();
	one.abort();
	expect(ended()).toBe(false);
	finish();
	await Promise.all(logins);
	expect(requests).toHaveLength(1);
	expect(getEventListeners(other.signal, 'abort')).toHaveLength(0);

	const last = waitingLogin();
	const stops = [new AbortController(), new AbortController()];
	const stopped = stops.map(({ signal }) => logIn(last.helper, ACCOUNT, signal));
	await soon();
	stops[0].abort();
	expect(last.ended()).toBe(false);
	stops[1].abort();
	expect(last.ended()).toBe(true);
	const next = fakeHelper(() => GRANTED);
	await logIn(next.helper, ACCOUNT);
	expect(next.requests).toHaveLength(1);
	last.finish();
	await Promise.all(stopped);
});

describe('a login without a token', () => {
	const answered = (statusCode: number, body: unknown): Answer => ({ statusCode, body, headers: {} });
	const networkFailure = (code: string) =>
		Object.assign(new Error(`connect ${code} 10.0.0.1`), { code, syscall: 'connect' });

	const REFUSED = 'Progeny did not accept the username and password';
	const PAGE = "A web page arrived instead of Progeny's answer";
	const NO_LOGIN = 'No Progeny login at this Base URL (HTTP 404).';
	const BROKEN = 'Progeny could not be reached';
	test.each<[Answer | Error, string, string]>([
		[answered(401, { detail: 'No account found' }), 'LOGIN_REJECTED', `${REFUSED}: No account found`],
		[answered(400, { password: ['Required.'] }), 'LOGIN_REJECTED', `${REFUSED}: password: Required.`],
		[answered(400, ['Wrong.']), 'LOGIN_REJECTED', `${REFUSED}: Wrong.`],
		[answered(400, ''), 'LOGIN_REJECTED', REFUSED],
		[answered(401, { access: TOKEN }), 'LOGIN_REJECTED', REFUSED],
		...each(
			[answered(400, '<html>'), answered(401, '<html>'), answered(403, '<html>')],
			'BAD_RESPONSE',
			PAGE,
		),
		[answered(407, '<html>'), 'UNREACHABLE', `${BROKEN}: a proxy in between requires`],
		[answered(403, { detail: 'No.' }), 'FORBIDDEN', 'Progeny does not allow this account to log in: No.'],
		[answered(404, '<html>'), 'BAD_RESPONSE', `${NO_LOGIN} It usually ends in /api/v3.`],
		[answered(404, { detail: 'Not found.' }), 'BAD_RESPONSE', NO_LOGIN],
		[answered(429, {}), 'RATE_LIMITED', 'Progeny is rate-limiting requests'],
		[answered(500, '<html>'), 'UNREACHABLE', 'Progeny is not available at the moment (HTTP 500)'],
		[answered(521, '<html>'), 'UNREACHABLE', 'Progeny is not available at the moment (HTTP 521)'],
		[answered(302, ''), 'BAD_RESPONSE', 'Progeny sent a redirect (HTTP 302), which is never followed'],
		[answered(204, ''), 'BAD_RESPONSE', 'The login answered with an empty answer'],
		[answered(200, '<!doctype html>'), 'BAD_RESPONSE', 'The login answered with an HTML page'],
		[answered(200, []), 'BAD_RESPONSE', 'The login answered with a list'],
		...each(
			[{ refresh: 'x' }, { access: '' }, { access: 5 }, { access: 'a\r\nX: y' }].map((body) =>
				answered(200, body),
			),
			'BAD_RESPONSE',
			'The login answered with JSON',
		),
		// It may be a token.
		[answered(200, { detail: `Use ${'Ab1'.repeat(9)}` }), 'BAD_RESPONSE', 'The login answered with JSON'],
		[networkFailure('ECONNREFUSED'), 'UNREACHABLE', `${BROKEN} (the connection was refused)`],
		[networkFailure('ENOTFOUND'), 'UNREACHABLE', `${BROKEN} (its host name was not found)`],
		[networkFailure('ECONNABORTED'), 'UNREACHABLE', `${BROKEN} (it took too long)`],
		[networkFailure('ECONNRESET'), 'UNREACHABLE', `${BROKEN} (the connection was cut)`],
	])('%o: %s', async (answer, code, message) => {
		const texts = await refusal(answer);
		expect(texts).toContain(`| [${code}] `);
		expect(texts.startsWith(message)).toBe(true);
	});

	const LONG = `${'p'.repeat(290)}SeCrEtPaSsWoRd`;
	test.each(['hunter2', 'my  pass word', 'xENOENTx', LONG])(
		'never echoes the password %p',
		async (password) => {
			const echo = `password "${password}" is wrong`;
			const answers = [400, 401, 403, 429, 500].map((status) => answered(status, { detail: echo }));
			const bodies = [...answers, answered(400, { password: [echo] }), answered(500, echo)];
			const account = { ...ACCOUNT, password };
			const shown = (await Promise.all(bodies.map((answer) => refusal(answer, account)))).join('\n');
			expect(shown.replace(/\s/g, '')).not.toContain(password.replace(/\s/g, ''));
			expect(shown).not.toMatch(/SeCrEt/);
			expect(shown).toContain('password "***" is wrong');
		},
	);
});
