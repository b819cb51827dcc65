import { NodeApiError, UserError, type IExecuteFunctions, type INode, type JsonObject } from 'n8n-workflow';
import { encodeMultipart } from '../../nodes/shared/progeny/multipart';
import { messages } from '../../nodes/shared/errors/messages';
import { submitOutcome } from '../../nodes/shared/task/outcomes';
import type { Reply } from '../../nodes/shared/progeny/reply';
import { openSession } from '../../nodes/shared/progeny/session';
import { openTransport } from '../../nodes/shared/progeny/transport';

const node: INode = {
	id: '1',
	name: 'Face',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { progenyApi: { id: 'c1', name: 'Progeny' } },
};

/** What the transport makes of a request whose helper throws this; over the real wire the engine tests show the rest. */
async function replyTo(thrown: Error): Promise<Reply> {
	const context = {
		getNode: () => node,
		getCredentials: async () => ({}),
		helpers: { httpRequestWithAuthentication: async () => Promise.reject(thrown) },
	} as unknown as IExecuteFunctions;
	const { signal } = new AbortController();
	return await openTransport(
		context,
		openSession(context, signal),
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

test.each(IMITATIONS)('an answer whose words imitate a error of ours stays an answer (%#)', async (body) => {
	const reply = await replyTo(httpFailure(500, body));
	expect(reply).toMatchObject({ kind: 'answer', status: 500, body });
	// Nothing is sent again on the word of the server: it may have taken the photo.
	expect(submitOutcome(reply, 0)).toMatchObject({ kind: 'failed', error: { code: 'OUTCOME_UNKNOWN' } });
});

test('a error of the login is recovered from what n8n makes of it', async () => {
	const { message, description } = messages.loginRejected(401, 'No active account');
	const wrapped = new NodeApiError(node, new UserError(message, { description }) as unknown as JsonObject);
	expect(await replyTo(wrapped)).toMatchObject({
		kind: 'refusal',
		error: { code: 'LOGIN_REJECTED', message, description },
	});
});

describe('a 401 that comes when nobody waits for the answer any more', () => {
	/** A request whose answer comes when it is told to, and how often it went out. */
	function pendingRequest(timeoutMs: number) {
		const stop = new AbortController();
		const account = { baseUrl: 'https://be.progeny.tech/api/v3', username: 'u', password: 'p' };
		let sent = 0;
		let answer = (_: object) => {};
		const context = {
			getNode: () => node,
			getCredentials: async () => ({ ...account, accessToken: `token-${sent}` }),
			helpers: {
				httpRequestWithAuthentication: () => {
					sent++;
					return new Promise((resolve) => (answer = resolve));
				},
			},
		} as unknown as IExecuteFunctions;
		const { signal } = stop;
		const form = encodeMultipart({ uuid: 'x' });
		const reply = openTransport(
			context,
			openSession(context, signal),
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
