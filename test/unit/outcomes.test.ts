import type { ProgenyError } from '../../nodes/shared/errors/error';
import { messages } from '../../nodes/shared/errors/messages';
import { pollOutcome, submitOutcome, type PollOutcome } from '../../nodes/shared/task/outcomes';
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { each, words } from '../support/words';
import { JUDGES } from './judges';
import type { Reply } from '../../nodes/shared/progeny/reply';
import { AUTHENTICATED, BACKGROUND_CHECK, CRASHED, EMPTY_ENVELOPE, FACE_TOO_SMALL } from './documented';

const NOW = Date.UTC(2026, 0, 1);
const TASK_ID = 'd48eac86-228e-4933-a01d-279886a9c6b5';
const HTML = '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>';
const EXPIRED = {
	detail: 'Given token not valid for any token type',
	code: 'token_not_valid',
	messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
};
const FIELDS = {
	image: ['The submitted data was not a file. Check the encoding type on the form.'],
	uuid: ['This field is required.'],
};

const answer = (status: number, body: unknown = '', retryAfter?: string): Reply => ({
	kind: 'answer',
	status,
	body,
	...(retryAfter === undefined ? {} : { retryAfter }),
});

/** Returns the outcome as "kind" or "kind CODE". */
function told(outcome: ReturnType<typeof submitOutcome> | PollOutcome): string {
	return 'error' in outcome ? `${outcome.kind} ${outcome.error.code}` : outcome.kind;
}

/** Replies without an answer about a task, to an upload or a poll. */
const notThere = { kind: 'noAnswer', sent: false, reason: 'the connection was refused' } as const;
const cut = { kind: 'noAnswer', sent: true, reason: 'the connection was cut' } as const;
const busy = { kind: 'notSent', error: messages.credentialUnreadable('BUSY'), isTransient: true } as const;
const tooLong = { kind: 'badBody', status: 200, reason: 'more than 10 MB' } as const;
const fails = (name: string, error: ProgenyError): (typeof REPLIES)[number] => {
	const failed = `failed ${error.code}`;
	return [name, { kind: 'notSent', error }, failed, failed];
};
const REPLIES: Array<[string, Reply, submit: string, poll: string]> = [
	['a refused connection', notThere, 'notAccepted UNREACHABLE', 'pollFailed'],
	['an answer cut off, or a timeout', cut, 'failed OUTCOME_UNKNOWN', 'pollFailed'],
	['a credential that could not be read just now', busy, 'notAccepted UNREACHABLE', 'pollFailed'],
	['more than 10 MB', tooLong, 'failed OUTCOME_UNKNOWN', 'badBody BAD_RESPONSE'],
	fails('a refused login', messages.loginRejected(401, '')),
	fails('a login unreachable, which the run tries no more', messages.unreachable('x')),
	fails('a login page', messages.badLoginResponse(200, 'x')),
	fails('Stop', messages.canceled()),
	fails('a domain not allowed', messages.notSent('x')),
];

const REJECTED = 'failed SUBMIT_REJECTED';
const UNKNOWN = 'failed OUTCOME_UNKNOWN';
const BAD = 'failed BAD_RESPONSE';
/** The same answer at the upload and at a poll. */
const ANSWERS: Array<[status: number, body: unknown, submit: string, poll: string]> = [
	[400, FIELDS, REJECTED, BAD],
	[400, { id: ['Enter a valid ID.'] }, REJECTED, 'failed TASK_NOT_FOUND'],
	[400, { detail: 'Malformed request.' }, REJECTED, BAD],
	[400, ['x'], REJECTED, BAD],
	[400, 'Image could not be decoded.', REJECTED, BAD],
	...each([400, 401, 403, 404], HTML, BAD, 'pollFailed'),
	[401, EXPIRED, 'failed LOGIN_REJECTED', 'failed LOGIN_REJECTED'],
	[403, { detail: 'No.' }, 'failed FORBIDDEN', 'failed FORBIDDEN'],
	[404, { detail: 'Not found.' }, REJECTED, 'unknownTask TASK_NOT_FOUND'],
	...each([405, 409, 415], { detail: 'x' }, REJECTED, BAD),
	[407, HTML, 'failed UNREACHABLE', 'failed UNREACHABLE'],
	[413, HTML, 'failed IMAGE_TOO_LARGE', 'pollFailed'],
	[429, { detail: 'Request was throttled.' }, 'throttled RATE_LIMITED', 'pollFailed'],
	...each([421, 425, 521, 523, 525, 526], 'error code: 1', 'notAccepted UNREACHABLE', 'pollFailed'),
	...each([408, 500, 502, 504, 520, 522, 524, 530, 599], HTML, UNKNOWN, 'pollFailed'),
	...each([301, 302, 308], '', BAD, BAD),
	[307, { id: TASK_ID }, BAD, BAD],
	[204, '', BAD, 'unfinished'],
	...[null, '', {}, []].flatMap((body) => each([200], body, BAD, 'unfinished')),
	[200, HTML, BAD, 'pollFailed'],
	...['{"id": "d48eac86-228e', 'OK', [TASK_ID], 5, true, 0, false].flatMap((body) =>
		each([200], body, BAD, 'badBody BAD_RESPONSE'),
	),
	...[2172, null, '', 'a b', 'a'.repeat(201), [TASK_ID]].flatMap((id) =>
		each([200], { id }, BAD, 'unfinished'),
	),
];

test.each(ANSWERS)('%i with %j: %s at the upload, %s at a poll', (status, body, submit, poll) => {
	const outcome = submitOutcome(answer(status, body), NOW);
	const mayBeAccepted = submit === UNKNOWN || (submit === BAD && status < 300);
	expect(told(outcome)).toBe(submit);
	expect(outcome).toMatchObject({ error: { mayBeAccepted } });
	expect(told(pollOutcome(answer(status, body), NOW))).toBe(poll);
});

test('a redirect is named, at the upload and at a poll', () => {
	const error = messages.redirected(302);
	expect(submitOutcome(answer(302, ''), NOW)).toEqual({ kind: 'failed', error });
	expect(pollOutcome(answer(302, ''), NOW)).toEqual({ kind: 'failed', error });
});

test.each(REPLIES)('%s: %o', (_, reply, submit, poll) => {
	expect(told(submitOutcome(reply, NOW))).toBe(submit);
	expect(submitOutcome(reply, NOW)).toMatchObject({ error: { mayBeAccepted: submit === UNKNOWN } });
	expect(told(pollOutcome(reply, NOW))).toBe(poll);
});

const NGINX = '503 Service Temporarily Unavailable';
const ENVOY = 'upstream connect error or disconnect/reset before headers. reset reason:';
/** The bodies of a 503 that say that nothing was handed on, as each server sends them. */
const PAGES_503 = {
	nginx: `<html>\r\n<head><title>${NGINX}</title></head>\r\n<body>\r\n<center><h1>${NGINX}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`,
	'an old nginx': `<html>\r\n<head><title>${NGINX}</title></head>\r\n<body bgcolor="white">\r\n<center><h1>${NGINX}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
	Apache:
		'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n<p>The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\nproblems. Please try again later.</p>\n</body></html>\n',
	HAProxy:
		'<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n\n',
	'Envoy without a server': 'no healthy upstream',
	'Envoy that could not connect': `${ENVOY} connection failure`,
	'a newer Envoy': `${ENVOY} remote connection failure, transport failure reason: delayed connect error: Connection refused`,
	'Envoy with its circuit open': `${ENVOY} overflow`,
};

describe('submitOutcome', () => {
	/** The one promise that money depends on, over every status there is. */
	test('only 421, 425, 429, 521, 523, 525, 526 and a 503 with words and a Retry-After are told as certainly not accepted', () => {
		const bodies = ['', null, {}, [], HTML, FIELDS, EXPIRED, { id: 5 }, { detail: 'x' }];
		const again = new Set<number>();
		const refused503 = new Set<string>();
		for (let status = 100; status < 600; status++)
			for (const body of bodies)
				for (const retryAfter of [undefined, '0', '5', 'soon'])
					for (const leavesRecord of [false, true]) {
						const { kind } = submitOutcome(answer(status, body, retryAfter), NOW, { leavesRecord });
						if (kind !== 'notAccepted' && kind !== 'throttled') continue;
						again.add(status);
						if (status === 503) refused503.add(JSON.stringify([body, retryAfter, leavesRecord]));
					}
		const detailed = [EXPIRED, { detail: 'x' }];
		expect([...refused503]).toEqual(
			detailed.flatMap((body) => ['0', '5'].map((seconds) => JSON.stringify([body, seconds, false]))),
		);
		expect([...again]).toEqual([421, 425, 429, 503, 521, 523, 525, 526]);
	});

	test('no answer but a 2xx with a task ID is accepted', () => {
		const refused = { kind: expect.not.stringMatching(/^accepted/) };
		for (let status = 100; status < 600; status++) {
			const isTaken = status >= 200 && status < 300;
			const expected = isTaken ? { kind: 'accepted', taskId: TASK_ID } : refused;
			expect(submitOutcome(answer(status, { id: TASK_ID }), NOW)).toMatchObject(expected);
		}
	});

	test.each([
		['7', 7000],
		['soon', undefined],
		[undefined, undefined],
	])('Retry-After %s goes with 429 and 503', (retryAfter, waitMs) => {
		const pages = [answer(429, '', retryAfter), answer(503, PAGES_503.HAProxy, retryAfter)];
		for (const page of pages) expect(submitOutcome(page, NOW)).toMatchObject({ kind: 'throttled', waitMs });
	});

	test.each(Object.entries(PAGES_503))('a 503 of %s was not handed on, but in Register Face', (_, page) => {
		expect(told(submitOutcome(answer(503, page), NOW))).toBe('throttled UNREACHABLE');
		expect(told(submitOutcome(answer(503, page), NOW, { leavesRecord: true }))).toBe(
			'failed OUTCOME_UNKNOWN',
		);
		// The same words further down are of another page.
		expect(told(submitOutcome(answer(503, `<p>${page}`), NOW))).toBe('failed OUTCOME_UNKNOWN');
	});

	test.each<[string, unknown, string?]>([
		['Envoy, which had handed it on', `${ENVOY} connection termination`],
		['Envoy, reset by the server', `${ENVOY} remote reset`],
		['Envoy, which tried before', ENVOY.replace('reset', 'retried and the latest reset') + ' overflow'],
		['Envoy, a word that only begins so', `${ENVOY} overflowing`],
		['Envoy, with words behind another reason', `${ENVOY} protocol error, connection failure`],
		['Heroku', '<!DOCTYPE html>\n<html>\n<head>\n<title>Application Error</title></head></html>'],
		['Varnish', '<!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head></html>'],
		['an unknown page', HTML],
		['an empty answer', ''],
		['JSON without Retry-After', { detail: 'Service temporarily unavailable, try again later.' }],
		['JSON without words', { error: 'x' }, '5'],
		['JSON with a blank detail', { detail: ' ' }, '5'],
		['an invalid Retry-After', { detail: 'x' }, 'soon'],
	])('a 503 of %s leaves it open', (...row) => {
		const [, body, retryAfter] = row;
		expect(told(submitOutcome(answer(503, body, retryAfter), NOW))).toBe('failed OUTCOME_UNKNOWN');
	});

	const REFUSED = 'Progeny did not accept the upload (HTTP 400)';
	test.each<[number, unknown, string]>([
		[400, { image: ['Not a file.'], uuid: ['Required.'] }, `${REFUSED}: image: Not a file.; uuid: Required.`],
		[400, [], `${REFUSED}: a list`],
		[404, HTML, "A web page arrived instead of Progeny's answer (HTTP 404)"],
		[408, HTML, 'The upload was sent, but no answer arrived (HTTP 408)'],
		[425, '', 'Progeny is not available at the moment (HTTP 425)'],
		[200, [1], 'Progeny answered the upload with a list instead of a task ID (HTTP 200)'],
	])('the message of %i with %j', (status, body, message) => {
		expect(submitOutcome(answer(status, body), NOW)).toMatchObject({ error: { message } });
	});
});

describe('pollOutcome', () => {
	test.each<[number, object]>([
		[200, AUTHENTICATED],
		[200, FACE_TOO_SMALL],
		// The documentation may show it so.
		[400, FACE_TOO_SMALL],
		[200, { id: 1, status: 'SUCCESS' }],
		[200, { id: 1, status: 'SUCCESS', result: null }],
		[200, { status: 'SUCCESS', result: { status: 500 } }],
		[200, { status: 'SUCCESS', result: { data: { liveness: [] } } }],
	])('HTTP %i with %j is finished, as it came, with its HTTP status', (status, body) => {
		const task = { ...body, httpStatus: status };
		expect(pollOutcome(answer(status, body), NOW)).toStrictEqual({ kind: 'finished', task, date: undefined });
	});

	test('a finished task that has no content counts as unreadable', () => {
		const bodies = [{ status: 'SUCCESS' }, { status: 'SUCCESS', result: null }, EMPTY_ENVELOPE];
		for (const body of bodies)
			expect(told(pollOutcome(answer(200, body), NOW, undefined, hasNoContent))).toBe('badBody BAD_RESPONSE');
		const bare = pollOutcome(answer(200, BACKGROUND_CHECK), NOW, 'background_check', hasNoContent);
		expect(told(bare)).toBe('finished');
	});

	test('a finished task comes with the Date of its answer', () => {
		const date = 'Sun, 29 Nov 2026 12:00:00 GMT';
		const reply = { ...answer(200, AUTHENTICATED), date } as Reply;
		expect(pollOutcome(reply, NOW)).toMatchObject({ kind: 'finished', date });
	});

	test('without an envelope, finished only if the answer is one object in the field of the service', () => {
		const outcomeOf = (status: number, extra: object = {}, field: string | undefined = 'background_check') =>
			pollOutcome(answer(status, { ...BACKGROUND_CHECK, ...extra }), NOW, field);
		const task = { ...BACKGROUND_CHECK, status: 'SUCCESS', httpStatus: 200 };
		expect(outcomeOf(200)).toEqual({ kind: 'finished', task });
		for (const extra of [{ status: 'PENDING' }, { status: null }, { result: 0 }, { background_check: true }])
			expect(told(outcomeOf(200, extra))).toBe('unfinished');
		expect(told(pollOutcome(answer(200, BACKGROUND_CHECK), NOW))).toBe('unfinished');
		expect(told(outcomeOf(400))).toMatch('failed');
	});

	test('a finished task with a key like __proto__ keeps its own prototype', () => {
		const body: unknown = JSON.parse('{"__proto__": {"result": 1}, "constructor": 1, "status": "SUCCESS"}');
		const outcome = pollOutcome(answer(200, body), NOW);
		const { task } = outcome as Extract<PollOutcome, { kind: 'finished' }>;
		expect(Object.getPrototypeOf(task)).toBe(Object.prototype);
		expect(task.result).toBeUndefined();
	});

	test('two true results under HTTP 400 contradict themselves, whatever the answer says of its HTTP status', () => {
		const decisions = [200, 400].map((status) => {
			const outcome = pollOutcome(answer(status, { ...AUTHENTICATED, httpStatus: 200 }), NOW);
			const { task } = outcome as Extract<PollOutcome, { kind: 'finished' }>;
			return JUDGES.authenticateFace.judge(task).decision;
		});
		expect(decisions).toEqual(['pass', 'review']);
	});

	const ODD_STATES = ['PROGRESS', 'success', ' SUCCESS ', 200, ['SUCCESS'], '', undefined];
	test.each<unknown>([
		...['PENDING', 'RECEIVED', 'STARTED', 'RETRY'].map((status) => ({ status, result: null })),
		...ODD_STATES.map((status) => ({ ...AUTHENTICATED, status })),
		// A gateway's words about the request.
		...words('FAILED ERROR CANCELED CANCELLED').map((status) => ({ status })),
		{ status: 'failed', result: null },
		JSON.parse('{"__proto__": {"status": "SUCCESS"}}'),
	])('not finished: %j', (body) => {
		expect(pollOutcome(answer(200, body), NOW)).toMatchObject({ kind: 'unfinished' });
	});

	test.each<[string, isOver: boolean]>([
		['FAILURE', true],
		['REVOKED', true],
		...each(words('REJECTED IGNORED FAILED ERROR CANCELED CANCELLED'), false),
	])('the state %s fails the task, even with two true results; is over: %p', (status, isOver) => {
		const failed = { kind: 'failed', error: { code: 'TASK_FAILED', isOver } };
		for (const result of [null, AUTHENTICATED.result])
			expect(pollOutcome(answer(200, { status, result }), NOW)).toMatchObject(failed);
	});

	test('nothing but HTTP 2xx and 400 ever finishes a task', () => {
		for (let status = 100; status < 600; status++) {
			const isFinished = pollOutcome(answer(status, AUTHENTICATED), NOW).kind === 'finished';
			expect([status, isFinished]).toEqual([status, (status >= 200 && status < 300) || status === 400]);
		}
	});

	test.each([429, 500, 503])('Retry-After goes with a poll that failed with HTTP %i', (status) => {
		const reason = `Progeny answered with HTTP ${status}`;
		const failed = { kind: 'pollFailed', reason, waitMs: 7000, status };
		expect(pollOutcome(answer(status, '', '7'), NOW)).toEqual(failed);
	});

	test.each<[unknown, string]>([
		[CRASHED.result, ': ConnectionError: ...'],
		['a\u0000b ENOENT', ': a b E NOENT'],
		...each([null, undefined, []], ''),
	])('FAILURE with the result %j says "%s"', (result, said) => {
		const message = `Progeny could not complete its task (FAILURE)${said}`;
		const outcome = pollOutcome(answer(200, { status: 'FAILURE', result }), NOW);
		expect(outcome).toMatchObject({ error: { message } });
	});
});

test.each<[unknown, string]>([
	[{ status: 'error', message: 'queue is down' }, 'error: queue is down'],
	[{ detail: 'Try later.' }, 'Try later.'],
	[{ status: 'error', errors: [{ detail: 'worker lost' }] }, 'error: worker lost'],
	[{ id: 'abc', status: 'PROGRESS', result: { uuid: 'x' } }, 'PROGRESS'],
])('the words of an answer that ends nothing are kept: %j', (body, said) => {
	expect(pollOutcome(answer(200, body), NOW)).toEqual({ kind: 'unfinished', words: said });
});

test.each([
	'{"status":"SUCCESS","result":{"data":{"authentication":{"result":true,"data":{"scorePercent":NaN}}}}}',
	'{"id":1,"status":"SUC',
])('an answer that is not valid JSON is named as such, and not a result: %s', (body) => {
	expect(pollOutcome(answer(200, body), NOW)).toMatchObject({
		kind: 'badBody',
		error: { code: 'BAD_RESPONSE', message: "Progeny's answer about the task is not valid JSON (HTTP 200)" },
	});
	expect(submitOutcome(answer(200, body), NOW)).toMatchObject({
		error: {
			message: 'Progeny answered the upload with text that is not valid JSON instead of a task ID (HTTP 200)',
		},
	});
});
