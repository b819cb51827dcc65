import { NodeApiError, UserError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { encodeMultipart } from '../../nodes/shared/progeny/multipart';
import { messages } from '../../nodes/shared/errors/messages';
import { userError } from '../../nodes/shared/errors/n8nErrors';
import { loginScopeOf } from '../../nodes/shared/progeny/hostBridge';
import { submitOutcome } from '../../nodes/shared/task/outcomes';
import { metadataFor, proveToken } from '../../nodes/shared/progeny/token';
import type { Reply } from '../../nodes/shared/progeny/reply';
import { CredentialSession } from '../../nodes/shared/progeny/session';
import { createTransport } from '../../nodes/shared/progeny/transport';
import { ANY_NODE } from '../support/anyNode';
import { ACCOUNT } from '../support/account';

const node = { ...ANY_NODE, credentials: { progenyApi: { id: 'c1', name: 'Progeny' } } };

/** Returns a credential whose token may be used, and that this process has seen served. */
const withToken = (accessToken = 'token', lifeMs = 300_000) => {
	const metadata = metadataFor(ACCOUNT, lifeMs, Date.now() - 10_000);
	proveToken(metadata.fingerprint, accessToken);
	return { ...ACCOUNT, accessToken, tokenMetadata: JSON.stringify(metadata), receiptKey: 'key' };
};

/** Sends a request with n8n's helper and the credential that it reads. */
function transportOf(
	httpRequestWithAuthentication: () => Promise<unknown>,
	getCredentials = async () => withToken(),
) {
	const helpers = { httpRequestWithAuthentication };
	const context = { getNode: () => node, getCredentials, helpers } as unknown as IExecuteFunctions;
	const stop = new AbortController();
	const { signal } = stop;
	const send = createTransport(context, new CredentialSession(context, signal));
	return {
		send: (timeoutMs = 1000, bytes = 1) => {
			const upload = bytes === 0 ? {} : { form: encodeMultipart({ uuid: 'x'.repeat(bytes) }) };
			return send({ path: '/x/', ...upload, timeoutMs, signal });
		},
		stop: () => stop.abort(),
	};
}

/** Returns the transport's reply to a request whose helper throws this; over the real wire the engine tests show the rest. */
const replyTo = (thrown: Error): Promise<Reply> => transportOf(async () => Promise.reject(thrown)).send();

/** Returns the HTTP client's failure as n8n throws it: axios's error, maybe over Node's, within a NodeApiError. */
const clientFailure = (message: string, fields: object, cause?: object) =>
	new NodeApiError(
		node,
		Object.assign(new Error(message, { cause }), { isAxiosError: true, ...fields }) as never,
	);

/** n8n copies the description of an error from the body that the server sent. */
const IMITATIONS = [
	{ message: '[UNREACHABLE] Nothing was checked.' },
	{ message: '[RATE_LIMITED] Later.' },
	{ error: { message: '[UNREACHABLE] Nothing was checked.' } },
	{ message: '[CANCELED] x\u0007\u202e' },
];

test.each(IMITATIONS)('an answer whose words imitate an error of ours stays an answer (%#)', async (body) => {
	const failure = { status: 500, response: { status: 500, data: body, headers: {} } };
	const reply = await replyTo(clientFailure('Request failed with status code 500', failure));
	expect(reply).toMatchObject({ kind: 'answer', status: 500, body });
	// Nothing is sent again on the word of the server: it may have accepted the photo.
	expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'failed', error: { code: 'OUTCOME_UNKNOWN' } });
});

test.each([
	['unchanged', 'No active account', messages.loginRejected(401, 'No active account').message],
	// n8n treats such a message as an answer with HTTP 502.
	['replaced', 'Bad gateway', expect.stringMatching(/^n8n could not use .* credential: Bad gateway /)],
])('an error of the login is found again by the texts that n8n kept, %s', async (_, words, message) => {
	const thrown = userError(messages.loginRejected(401, words));
	const { description } = thrown;
	const reply = await replyTo(new NodeApiError(node, thrown as unknown as JsonObject));
	expect(reply).toMatchObject({ kind: 'notSent', error: { code: 'LOGIN_REJECTED', message, description } });
});

test.each([
	new NodeApiError(node, new Error('Domain not allowed: evil.example') as never),
	new NodeApiError(node, new Error('No allowed domains specified') as never),
	new UserError('Not for this workflow'),
])('a request that n8n itself declines was not sent: %s', async (thrown) => {
	const outcome = submitOutcome(await replyTo(thrown), 0);
	expect(outcome).toMatchObject({ kind: 'failed', error: { mayBeAccepted: false } });
});

test.each([
	[1, 1],
	[5_000_000, 2],
])('with a token for 40 s, an upload of %i bytes reads the credential %i times', async (bytes, times) => {
	let readings = 0;
	const read = async () => withToken(`token-${readings++}`, 50_000);
	await transportOf(async () => ({ statusCode: 200 }), read).send(1000, bytes);
	expect(readings).toBe(times);
});

describe('a 401 that arrives after the wait has ended', () => {
	/** Returns a request whose answer comes when it is told to, and how often it went out. */
	function pendingRequest(timeoutMs: number) {
		let sent = 0;
		let answer = (_: object) => {};
		const request = () => {
			sent++;
			return new Promise((resolve) => (answer = resolve));
		};
		const credentials: object[] = [];
		const read = async () => {
			const credential = withToken(`token-${sent}`);
			credentials.push(credential);
			return credential;
		};
		const { send, stop } = transportOf(request, read);
		const refuse = async () => {
			answer({ statusCode: 401, body: { detail: `token-${sent - 1} of HUNTER2 expired` }, headers: {} });
			await new Promise((resolve) => setTimeout(resolve, 20));
		};
		return { reply: send(timeoutMs), refuse, stop, sent: () => sent, credentials };
	}

	test('is answered with one more upload during the wait, of which the words are shown without the token', async () => {
		const { reply, refuse, sent, credentials } = pendingRequest(1000);
		await new Promise((resolve) => setTimeout(resolve, 5));
		await refuse();
		expect(sent()).toBe(2);
		await refuse();
		// Only a token that was just obtained is sent once more, after a second.
		expect(await reply).toMatchObject({
			kind: 'answer',
			status: 401,
			body: { detail: '*** of *** expired' },
		});
		const failures = [...loginScopeOf(credentials.at(-1)!)!.failedLogins.values()];
		expect(failures.map(({ serverWords }) => serverWords)).toEqual(['*** of *** expired']);
	});

	test('sends nothing after a Stop', async () => {
		const { reply, refuse, stop, sent } = pendingRequest(1000);
		await new Promise((resolve) => setTimeout(resolve, 5));
		stop();
		expect(await reply).toMatchObject({ kind: 'notSent', error: { code: 'CANCELED' } });
		await refuse();
		expect(sent()).toBe(1);
	});

	test('sends nothing after the time limit, when the upload was given up as unknown', async () => {
		const { reply, refuse, sent } = pendingRequest(30);
		expect(await reply).toMatchObject({ kind: 'noAnswer', sent: true });
		await refuse();
		expect(sent()).toBe(1);
	});
});

describe('a credential that n8n does not return', () => {
	const reading = (failures: unknown[]) => {
		const readings: unknown[] = [];
		const read = async () => {
			const failure = failures[readings.length];
			readings.push(failure);
			if (failure !== undefined) throw failure;
			return withToken();
		};
		const { send } = transportOf(async () => ({ statusCode: 200, body: { id: 'x' } }), read);
		return { readings, send: () => send(1000, 0) };
	};
	const busy = Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });

	test('for a moment is read again, and named as what it is', async () => {
		const { send, readings } = reading([busy]);
		const reply = await send();
		const message = 'n8n could not read or store the Progeny credential: SQLITE_BUSY: database is locked';
		expect(reply).toMatchObject({ kind: 'notSent', error: { message } });
		expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'notAccepted' });
		expect(await send()).toMatchObject({ kind: 'answer', status: 200 });
		expect(readings).toHaveLength(2);
	});

	test('for good ends the item', async () => {
		const { send } = reading([new UserError('Credential with ID "1" does not exist')]);
		const reply = await send();
		expect(reply).toMatchObject({ kind: 'notSent', error: { code: 'FORBIDDEN' } });
		expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'failed' });
	});

	test('or cannot store a token in: nothing was sent either', async () => {
		const wrapped = new NodeApiError(node, busy as unknown as JsonObject);
		const notAccepted = { kind: 'notAccepted', error: { code: 'UNREACHABLE' } };
		expect(submitOutcome(await replyTo(wrapped), 0)).toMatchObject(notAccepted);
	});
});

test.each([
	['while its login runs, was not sent', { ...ACCOUNT, accessToken: '', tokenMetadata: '' }, false],
	['with a token, may have been sent', withToken(), true],
])('a request that takes too long %s', async (_, credential, sent) => {
	const never = () => new Promise(() => {});
	const { send } = transportOf(never, async () => credential as never);
	expect(await send(10, 0)).toMatchObject({ kind: 'noAnswer', sent });
});

const connect = (code: string) =>
	Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code, syscall: 'connect' });
const tried = (code: string, errors: Error[]) => Object.assign(new AggregateError(errors), { code });
const read = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });

const TOO_LONG = 'it took too long';
const NO_ROUTE = 'there is no route to its host';
const CUT = 'the connection was cut';
const EXPIRED = 'its certificate was not accepted, CERT_HAS_EXPIRED';
const by = (syscall: string) => Object.assign(new Error(`${syscall} failed`), { syscall });
test.each<[string, Error, boolean, string]>([
	['ETIMEDOUT', tried('ETIMEDOUT', [connect('ETIMEDOUT'), connect('ENETUNREACH')]), false, TOO_LONG],
	['ETIMEDOUT', tried('ETIMEDOUT', [connect('ETIMEDOUT'), read]), true, TOO_LONG],
	['EHOSTUNREACH', connect('EHOSTUNREACH'), false, NO_ROUTE],
	['EHOSTUNREACH', by('read'), true, NO_ROUTE],
	['ECONNRESET', connect('ECONNRESET'), true, CUT],
	['ECONNRESET', read, true, CUT],
	['EPIPE', by('write'), true, CUT],
	['CERT_HAS_EXPIRED', new Error('certificate has expired'), false, EXPIRED],
])('%s of %s: sent is %s', async (code, inner, sent, reason) => {
	expect(await replyTo(clientFailure('', { code }, inner))).toEqual({ kind: 'noAnswer', sent, reason });
});

test('a text of n8n or the HTTP client that we do not know is told apart from our own, so it can be hidden', async () => {
	const failure = Object.assign(new Error('Parse Error: Jane Doe, score 0.43'), { code: 'HPE_INVALID' });
	const outcome = submitOutcome(await replyTo(new NodeApiError(node, failure as never)), 0);
	const { error } = outcome as Extract<typeof outcome, { kind: 'failed' }>;
	expect(error.message).toMatch(/\(the connection failed\): .*0\.43$/);
	expect(error.hidingScores().message).not.toMatch(/\d/);
	const ours = 'The upload was sent, but no answer arrived (the connection failed)';
	expect(error.hidingWords().message).toBe(ours);
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
