import { NodeApiError, UserError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import { encodeMultipart } from '../../nodes/shared/progeny/multipart';
import { messages } from '../../nodes/shared/errors/messages';
import { userError } from '../../nodes/shared/errors/n8nErrors';
import { submitOutcome } from '../../nodes/shared/task/outcomes';
import { metadataFor, proveToken } from '../../nodes/shared/progeny/token';
import type { Reply } from '../../nodes/shared/progeny/reply';
import { CredentialSession } from '../../nodes/shared/progeny/session';
import { createTransport } from '../../nodes/shared/progeny/transport';

const node: INode = {
	id: '1',
	name: 'Face',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { progenyApi: { id: 'c1', name: 'Progeny' } },
};

const ACCOUNT = { baseUrl: 'https://be.progeny.tech/api/v3', username: 'u', password: 'p' };
/** A credential whose token may be used, and that this process has seen served. */
const withToken = (accessToken = 'token') => {
	const metadata = metadataFor(ACCOUNT, 300_000, Date.now() - 10_000);
	proveToken(metadata.fingerprint, accessToken);
	return { ...ACCOUNT, accessToken, tokenMetadata: JSON.stringify(metadata), receiptKey: 'key' };
};

/** What the transport makes of a request whose helper throws this; over the real wire the engine tests show the rest. */
async function replyTo(thrown: Error): Promise<Reply> {
	const context = {
		getNode: () => node,
		getCredentials: async () => withToken(),
		helpers: { httpRequestWithAuthentication: async () => Promise.reject(thrown) },
	} as unknown as IExecuteFunctions;
	const { signal } = new AbortController();
	return await createTransport(
		context,
		new CredentialSession(context, signal),
	)({ path: '/x/', form: encodeMultipart({ uuid: 'x' }), timeoutMs: 1000, signal });
}

/** An HTTP failure as n8n's helper throws it: n8n takes its description from the body that the server sent. */
const httpFailure = (status: number, data: object) =>
	new NodeApiError(
		node,
		Object.assign(new Error(`Request failed with status code ${status}`), {
			isAxiosError: true,
			status,
			response: { status, data, headers: {} },
		}) as unknown as JsonObject,
	);

const IMITATIONS = [
	{ message: '[UNREACHABLE] Nothing was checked.' },
	{ message: '[RATE_LIMITED] Later.' },
	{ error: { message: '[UNREACHABLE] Nothing was checked.' } },
	{ message: '[CANCELED] x\u0007\u202e' },
];

test.each(IMITATIONS)('an answer whose words imitate an error of ours stays an answer (%#)', async (body) => {
	const reply = await replyTo(httpFailure(500, body));
	expect(reply).toMatchObject({ kind: 'answer', status: 500, body });
	// Nothing is sent again on the word of the server: it may have taken the photo.
	expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'failed', error: { code: 'OUTCOME_UNKNOWN' } });
});

test('an error of the login is rebuilt from what n8n makes of it', async () => {
	const thrown = userError(messages.loginRejected(401, 'No active account'));
	const { message, description } = thrown;
	const wrapped = new NodeApiError(node, thrown as unknown as JsonObject);
	expect(await replyTo(wrapped)).toMatchObject({
		kind: 'refusal',
		error: { code: 'LOGIN_REJECTED', message, description },
	});
});

describe('a 401 that comes when nobody waits for the answer any more', () => {
	/** A request whose answer comes when it is told to, and how often it went out. */
	function pendingRequest(timeoutMs: number) {
		const stop = new AbortController();
		let sent = 0;
		let answer = (_: object) => {};
		const context = {
			getNode: () => node,
			getCredentials: async () => withToken(`token-${sent}`),
			helpers: {
				httpRequestWithAuthentication: () => {
					sent++;
					return new Promise((resolve) => (answer = resolve));
				},
			},
		} as unknown as IExecuteFunctions;
		const { signal } = stop;
		const form = encodeMultipart({ uuid: 'x' });
		const reply = createTransport(
			context,
			new CredentialSession(context, signal),
		)({ path: '/x/', form, timeoutMs, signal });
		const refuse = async () => {
			answer({ statusCode: 401, body: {}, headers: {} });
			await new Promise((resolve) => setTimeout(resolve, 20));
		};
		return { reply, refuse, stop: () => stop.abort(), sent: () => sent };
	}

	test('is answered with one more upload while somebody waits', async () => {
		const { refuse, sent } = pendingRequest(1000);
		await new Promise((resolve) => setTimeout(resolve, 5));
		await refuse();
		expect(sent()).toBe(2);
	});

	test('sends nothing after a Stop', async () => {
		const { reply, refuse, stop, sent } = pendingRequest(1000);
		await new Promise((resolve) => setTimeout(resolve, 5));
		stop();
		expect(await reply).toMatchObject({ kind: 'refusal', error: { code: 'CANCELED' } });
		await refuse();
		expect(sent()).toBe(1);
	});

	test('sends nothing after the time limit, when the upload was given up as unknown', async () => {
		const { reply, refuse, sent } = pendingRequest(30);
		expect(await reply).toMatchObject({ kind: 'silence', sent: true });
		await refuse();
		expect(sent()).toBe(1);
	});
});

describe('a credential that n8n does not give', () => {
	const reading = (failures: unknown[]) => {
		const readings: unknown[] = [];
		const context = {
			getNode: () => node,
			getCredentials: async () => {
				const failure = failures[readings.length];
				readings.push(failure);
				if (failure !== undefined) throw failure;
				return withToken();
			},
			helpers: { httpRequestWithAuthentication: async () => ({ statusCode: 200, body: { id: 'x' } }) },
		} as unknown as IExecuteFunctions;
		const { signal } = new AbortController();
		const send = createTransport(context, new CredentialSession(context, signal));
		return { readings, send: () => send({ path: '/x/', timeoutMs: 1000, signal }) };
	};
	const busy = Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });

	test('for a moment is read again, and named as what it is', async () => {
		const { send, readings } = reading([busy]);
		const reply = await send();
		expect(reply).toMatchObject({
			kind: 'refusal',
			error: {
				message: 'n8n could not read or store the Progeny credential: SQLITE_BUSY: database is locked',
			},
		});
		expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'notAccepted' });
		expect(await send()).toMatchObject({ kind: 'answer', status: 200 });
		expect(readings).toHaveLength(2);
	});

	test('for good ends the item', async () => {
		const { send } = reading([new UserError('Credential with ID "1" does not exist')]);
		const reply = await send();
		expect(reply).toMatchObject({ kind: 'refusal', error: { code: 'FORBIDDEN' } });
		expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'failed' });
	});

	test('or cannot store a token in: nothing was sent either', async () => {
		const wrapped = new NodeApiError(node, busy as unknown as JsonObject);
		expect(submitOutcome(await replyTo(wrapped), 0)).toMatchObject({
			kind: 'notAccepted',
			error: { code: 'UNREACHABLE' },
		});
	});
});

test.each([
	['while its login runs, was not sent', { ...ACCOUNT, accessToken: '', tokenMetadata: '' }, false],
	['with a token, may have been sent', withToken(), true],
])('a request that takes too long %s', async (_, credential, sent) => {
	const context = {
		getNode: () => node,
		getCredentials: async () => credential,
		helpers: { httpRequestWithAuthentication: () => new Promise(() => {}) },
	} as unknown as IExecuteFunctions;
	const { signal } = new AbortController();
	const reply = await createTransport(
		context,
		new CredentialSession(context, signal),
	)({ path: '/x/', timeoutMs: 10, signal });
	expect(reply).toMatchObject({ kind: 'silence', sent });
});

/** The HTTP client's failure as n8n throws it: axios's error over Node's, within a NodeApiError. */
const brokenBy = (code: string, inner: object) =>
	new NodeApiError(
		node,
		Object.assign(new Error('', { cause: inner }), { isAxiosError: true, code }) as never,
	);
const connect = (code: string) =>
	Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code, syscall: 'connect' });
const tried = (code: string, errors: Error[]) => Object.assign(new AggregateError(errors), { code });
const read = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });

test.each<[string, Error, boolean, string]>([
	[
		'ETIMEDOUT',
		tried('ETIMEDOUT', [connect('ETIMEDOUT'), connect('ENETUNREACH')]),
		false,
		'it took too long',
	],
	['ETIMEDOUT', tried('ETIMEDOUT', [connect('ETIMEDOUT'), read]), true, 'it took too long'],
	['EHOSTUNREACH', connect('EHOSTUNREACH'), false, 'there is no route to its host'],
	[
		'EHOSTUNREACH',
		Object.assign(new Error('read EHOSTUNREACH'), { syscall: 'read' }),
		true,
		'there is no route to its host',
	],
	['ECONNRESET', connect('ECONNRESET'), true, 'the connection was cut'],
	['ECONNRESET', read, true, 'the connection was cut'],
	['EPIPE', Object.assign(new Error('write EPIPE'), { syscall: 'write' }), true, 'the connection was cut'],
	[
		'CERT_HAS_EXPIRED',
		new Error('certificate has expired'),
		false,
		'its certificate was not accepted, CERT_HAS_EXPIRED',
	],
])('%s of %s: sent is %s', async (code, inner, sent, reason) => {
	expect(await replyTo(brokenBy(code, inner))).toEqual({ kind: 'silence', sent, reason });
});

test.each<[string, object, boolean]>([
	['no socket', { socket: null }, false],
	['a socket whose handshake did not end', { socket: { secureConnecting: true } }, false],
	['a socket that was up', { socket: { secureConnecting: false } }, true],
	['a socket of plain http', { socket: {} }, true],
	['a request of another client', {}, true],
])('a timeout of a request with %s', async (_, request, sent) => {
	const thrown = Object.assign(new Error('timeout'), { isAxiosError: true, code: 'ECONNABORTED', request });
	expect(await replyTo(thrown)).toMatchObject({ sent });
});
