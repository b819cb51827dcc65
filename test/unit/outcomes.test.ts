import type { ErrorCode } from '../../nodes/shared/errors/error';
import { messages } from '../../nodes/shared/errors/messages';
import {
	pollOutcome,
	submitOutcome,
	type PollOutcome,
	type SubmitOutcome,
} from '../../nodes/shared/task/outcomes';
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { JUDGES } from './judges';
import type { Reply } from '../../nodes/shared/progeny/reply';
import {
	AUTHENTICATED,
	BACKGROUND_CHECK,
	CRASHED,
	EMPTY_ENVELOPE,
	FACE_NOT_FOUND,
	FACE_TOO_SMALL,
	PENDING,
} from './documented';

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

/** The outcome as "kind" or "kind CODE". */
function told(outcome: SubmitOutcome | PollOutcome): string {
	return 'error' in outcome ? `${outcome.kind} ${outcome.error.code}` : outcome.kind;
}

const ODD_BODIES: Array<[string, unknown]> = [
	['an HTML page', HTML],
	['cut-off JSON', '{"id": "d48eac86-228e'],
	['a text', 'OK'],
	['a list', [TASK_ID]],
	['a number', 5],
	['true', true],
];

/** The bodies of a 503 that say that nothing was handed on, as each server sends them. */
const PAGES_503 = {
	nginx:
		'<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n',
	'an old nginx':
		'<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body bgcolor="white">\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
	Apache:
		'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n<p>The server is temporarily unable to service your\nrequest due to maintenance downtime or capacity\nproblems. Please try again later.</p>\n</body></html>\n',
	HAProxy:
		'<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n\n',
	'Envoy without a server': 'no healthy upstream',
	'Envoy that could not connect':
		'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
	'a newer Envoy':
		'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: delayed connect error: Connection refused',
	'Envoy with its circuit open':
		'upstream connect error or disconnect/reset before headers. reset reason: overflow',
};

describe('submitOutcome', () => {
	test('the documented answer is accepted', () => {
		expect(submitOutcome(answer(200, { id: TASK_ID }), NOW)).toEqual({ kind: 'accepted', taskId: TASK_ID });
	});

	test.each([201, 202, 206])('so is a %i with a task ID', (status) => {
		expect(submitOutcome(answer(status, { id: TASK_ID }), NOW)).toEqual({
			kind: 'accepted',
			taskId: TASK_ID,
		});
	});

	test.each<[string, Reply, string, boolean]>([
		['400 with field messages', answer(400, FIELDS), 'failed SUBMIT_REJECTED', false],
		['400 with detail', answer(400, { detail: 'Malformed request.' }), 'failed SUBMIT_REJECTED', false],
		['a bare list', answer(400, ['x']), 'failed SUBMIT_REJECTED', false],
		['a bare text', answer(400, 'Image could not be decoded.'), 'failed SUBMIT_REJECTED', false],
		...[400, 401, 403, 404, 405, 451].map((status): [string, Reply, string, boolean] => [
			`${status} with a page`,
			answer(status, HTML),
			'failed BAD_RESPONSE',
			false,
		]),
		['401 twice', answer(401, EXPIRED), 'failed LOGIN_REJECTED', false],
		[
			'403',
			answer(403, { detail: 'You do not have permission to perform this action.' }),
			'failed FORBIDDEN',
			false,
		],
		['404', answer(404, { detail: 'Not found.' }), 'failed SUBMIT_REJECTED', false],
		['405', answer(405, { detail: 'Method "POST" not allowed.' }), 'failed SUBMIT_REJECTED', false],
		['409', answer(409, { detail: 'Conflict' }), 'failed SUBMIT_REJECTED', false],
		['413 with a page', answer(413, HTML), 'failed IMAGE_TOO_LARGE', false],
		['415', answer(415, { detail: 'Unsupported media type' }), 'failed SUBMIT_REJECTED', false],
		['429', answer(429, { detail: 'Request was throttled.' }), 'throttled RATE_LIMITED', false],
		['407', answer(407, HTML), 'failed UNREACHABLE', false],
		...[421, 425, 521, 523, 525, 526].flatMap(
			(status): Array<[string, Reply, string, boolean]> => [
				[`${status} with a page`, answer(status, HTML), 'notAccepted UNREACHABLE', false],
				[`${status} with words`, answer(status, 'error code: 1'), 'notAccepted UNREACHABLE', false],
			],
		),
		...[408, 501, 520, 522, 524, 530, 599].map((status): [string, Reply, string, boolean] => [
			`${status} with a page`,
			answer(status, HTML),
			'failed OUTCOME_UNKNOWN',
			true,
		]),
		['500', answer(500), 'failed OUTCOME_UNKNOWN', true],
		['500 with JSON', answer(500, { detail: 'x' }), 'failed OUTCOME_UNKNOWN', true],
		['502 with a page', answer(502, HTML), 'failed OUTCOME_UNKNOWN', true],
		['504', answer(504, HTML), 'failed OUTCOME_UNKNOWN', true],
		['301', answer(301), 'failed BAD_RESPONSE', false],
		['302', answer(302), 'failed BAD_RESPONSE', false],
		['307', answer(307, { id: TASK_ID }), 'failed BAD_RESPONSE', false],
		['308', answer(308), 'failed BAD_RESPONSE', false],
		['204', answer(204), 'failed BAD_RESPONSE', true],
		['200 with null', answer(200, null), 'failed BAD_RESPONSE', true],
		['200 with nothing', answer(200, ''), 'failed BAD_RESPONSE', true],
		['200 with {}', answer(200, {}), 'failed BAD_RESPONSE', true],
		...ODD_BODIES.map(([name, body]): [string, Reply, string, boolean] => [
			`200 with ${name}`,
			answer(200, body),
			'failed BAD_RESPONSE',
			true,
		]),
		['a task ID that is a number', answer(200, { id: 2172 }), 'failed BAD_RESPONSE', true],
		['a task ID that is null', answer(200, { id: null }), 'failed BAD_RESPONSE', true],
		['a task ID that is empty', answer(200, { id: '' }), 'failed BAD_RESPONSE', true],
		['a task ID with blanks', answer(200, { id: 'a b' }), 'failed BAD_RESPONSE', true],
		['a task ID of 201 characters', answer(200, { id: 'a'.repeat(201) }), 'failed BAD_RESPONSE', true],
		['a task ID in a list', answer(200, { id: [TASK_ID] }), 'failed BAD_RESPONSE', true],
		[
			'the connection refused',
			{ kind: 'silence', sent: false, reason: 'the connection was refused' },
			'notAccepted UNREACHABLE',
			false,
		],
		[
			'an answer cut off, or a timeout',
			{ kind: 'silence', sent: true, reason: 'the connection was cut' },
			'failed OUTCOME_UNKNOWN',
			true,
		],
		[
			'a refused login',
			{ kind: 'refusal', error: messages.loginRejected(401, '') },
			'failed LOGIN_REJECTED',
			false,
		],
		[
			'a login unreachable, which the run tries no more',
			{ kind: 'refusal', error: messages.unreachable('x') },
			'failed UNREACHABLE',
			false,
		],
		[
			'a credential that could not be read just now',
			{ kind: 'refusal', error: messages.credentialUnreadable('SQLITE_BUSY'), isTransient: true },
			'notAccepted UNREACHABLE',
			false,
		],
		[
			'a login page',
			{ kind: 'refusal', error: messages.badLoginResponse(200, 'x') },
			'failed BAD_RESPONSE',
			false,
		],
		['Stop', { kind: 'refusal', error: messages.canceled() }, 'failed CANCELED', false],
		['a domain not allowed', { kind: 'refusal', error: messages.notSent('x') }, 'failed FORBIDDEN', false],
	])('%s', (_, reply, expected, mayBeAccepted) => {
		const outcome = submitOutcome(reply, NOW);
		expect(told(outcome)).toBe(expected);
		expect(outcome).toMatchObject({ error: { mayBeAccepted } });
	});

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
		for (let status = 100; status < 600; status++) {
			const isAccepted = submitOutcome(answer(status, { id: TASK_ID }), NOW).kind === 'accepted';
			expect([status, isAccepted]).toEqual([status, status >= 200 && status < 300]);
		}
	});

	test.each<[string, string | undefined, number | undefined]>([
		['seconds', '7', 7000],
		['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['absent', undefined, undefined],
		['a year', '31536000', 31_536_000_000],
		['negative', '-1', undefined],
		['a text', 'soon', undefined],
	])('Retry-After %s goes with 429 and 503', (_, retryAfter, waitMs) => {
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

	const envoy = (reason: string) => `upstream connect error or disconnect/reset before headers. ${reason}`;
	test.each<[string, unknown, string?]>([
		['Envoy, which had handed it on', envoy('reset reason: connection termination')],
		['Envoy, reset by the server', envoy('reset reason: remote reset')],
		['Envoy, reset by itself', envoy('reset reason: local reset')],
		['Envoy, which tried before', envoy('retried and the latest reset reason: connection failure')],
		['Envoy, with words behind another reason', envoy('reset reason: protocol error, connection failure')],
		['Envoy, a word that only begins so', envoy('reset reason: overflowing')],
		['Heroku', '<!DOCTYPE html>\n<html>\n<head>\n<title>Application Error</title></head></html>'],
		['Varnish', '<!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head></html>'],
		['an unknown page', HTML],
		['an empty answer', ''],
		['JSON without Retry-After', { detail: 'Service temporarily unavailable, try again later.' }],
		['JSON without words', { error: 'x' }, '5'],
		['JSON with a blank detail', { detail: ' ' }, '5'],
		['a Retry-After that says nothing', { detail: 'x' }, 'soon'],
	])('a 503 of %s leaves it open', (...row) => {
		const [, body, retryAfter] = row;
		expect(told(submitOutcome(answer(503, body, retryAfter), NOW))).toBe('failed OUTCOME_UNKNOWN');
	});

	test.each<[string, Reply, string]>([
		[
			'field messages',
			answer(400, FIELDS),
			'Progeny did not accept the upload (HTTP 400): image: The submitted data was not a file. Check the encoding type on the form.; uuid: This field is required.',
		],
		['detail', answer(403, { detail: 'No.' }), 'Progeny does not allow this account to do that: No.'],
		['no words', answer(400, []), 'Progeny did not accept the upload (HTTP 400): a list'],
		[
			'a bare list',
			answer(400, ['Registered already.']),
			'Progeny did not accept the upload (HTTP 400): Registered already.',
		],
		[
			'a bare text',
			answer(400, 'Not decoded.'),
			'Progeny did not accept the upload (HTTP 400): Not decoded.',
		],
		['a timeout of the server', answer(408, HTML), 'The upload was sent, but no answer arrived (HTTP 408)'],
		['too early', answer(425, ''), 'Progeny is not available at the moment (HTTP 425)'],
		[
			'a proxy',
			answer(407, HTML),
			'Progeny could not be reached: a proxy in between wants a username and password (HTTP 407)',
		],
		['a page', answer(404, HTML), "A web page came instead of Progeny's answer (HTTP 404)"],
		[
			'the task ID',
			answer(200, [1]),
			'Progeny answered the upload with a list instead of a task ID (HTTP 200)',
		],
		['a status', answer(502, HTML), 'The upload was sent, but no answer arrived (HTTP 502)'],
	])('the message has what there is to say: %s', (_, reply, message) => {
		expect(submitOutcome(reply, NOW)).toMatchObject({ error: { message } });
	});
});

describe('pollOutcome', () => {
	test.each<[string, Reply]>([
		['the documented success', answer(200, AUTHENTICATED)],
		['failure shape A', answer(200, FACE_TOO_SMALL)],
		['failure shape A under HTTP 400, where the docs may show it', answer(400, FACE_TOO_SMALL)],
		['failure shape B', answer(200, FACE_NOT_FOUND)],
		['SUCCESS without result', answer(200, { id: 1, status: 'SUCCESS' })],
		['SUCCESS with result null', answer(200, { id: 1, status: 'SUCCESS', result: null })],
		['SUCCESS with result.status 500', answer(200, { status: 'SUCCESS', result: { status: 500 } })],
		[
			'checks that are lists, null, texts',
			answer(200, { status: 'SUCCESS', result: { data: { liveness: [] } } }),
		],
	])('finished, as it came, with its HTTP status: %s', (_, reply) => {
		const { status, body } = reply as Extract<Reply, { kind: 'answer' }>;
		expect(pollOutcome(reply, NOW)).toStrictEqual({
			kind: 'finished',
			task: Object.assign({}, body, { httpStatus: status }),
		});
	});

	test('a finished task that says nothing of anybody counts as unreadable', () => {
		const bodies = [{ status: 'SUCCESS' }, { status: 'SUCCESS', result: null }, EMPTY_ENVELOPE];
		for (const body of bodies)
			expect(told(pollOutcome(answer(200, body), NOW, undefined, hasNoContent))).toBe(
				'unreadable BAD_RESPONSE',
			);
		const bare = pollOutcome(answer(200, BACKGROUND_CHECK), NOW, 'background_check', hasNoContent);
		expect(told(bare)).toBe('finished');
	});

	test('a finished task comes with the Date of its answer', () => {
		const reply = { ...answer(200, AUTHENTICATED), date: 'Sun, 29 Nov 2026 12:00:00 GMT' } as Reply;
		expect(pollOutcome(reply, NOW)).toMatchObject({
			kind: 'finished',
			date: 'Sun, 29 Nov 2026 12:00:00 GMT',
		});
	});

	test('without an envelope, finished only where the answer is one object in the field that the service tells', () => {
		const ended = pollOutcome(answer(200, BACKGROUND_CHECK), NOW, 'background_check');
		expect(ended).toEqual({
			kind: 'finished',
			task: { ...BACKGROUND_CHECK, status: 'SUCCESS', httpStatus: 200 },
		});
		for (const extra of [
			{ status: 'PENDING' },
			{ status: null },
			{ result: null },
			{ background_check: true },
		])
			expect(told(pollOutcome(answer(200, { ...BACKGROUND_CHECK, ...extra }), NOW, 'background_check'))).toBe(
				'unfinished',
			);
		expect(told(pollOutcome(answer(200, BACKGROUND_CHECK), NOW))).toBe('unfinished');
		expect(told(pollOutcome(answer(400, BACKGROUND_CHECK), NOW, 'background_check'))).toMatch('failed');
	});

	test('a finished task with a key like __proto__ keeps its own prototype', () => {
		const body: unknown = JSON.parse('{"__proto__": {"result": 1}, "constructor": 1, "status": "SUCCESS"}');
		const outcome = pollOutcome(answer(200, body), NOW);
		const { task } = outcome as Extract<PollOutcome, { kind: 'finished' }>;
		expect(Object.getPrototypeOf(task)).toBe(Object.prototype);
		expect(task.result).toBeUndefined();
	});

	test('two true results under HTTP 400 contradict themselves, whatever the answer says of its HTTP status', () => {
		const body = { ...AUTHENTICATED, httpStatus: 200 };
		for (const [status, decision] of [
			[200, 'pass'],
			[400, 'review'],
		] as const) {
			const outcome = pollOutcome(answer(status, body), NOW);
			const { task } = outcome as Extract<PollOutcome, { kind: 'finished' }>;
			expect(JUDGES.authenticateFace.judge(task)).toMatchObject({ decision });
		}
	});

	test.each<[string, Reply]>([
		['PENDING', answer(200, PENDING)],
		['RECEIVED', answer(200, { status: 'RECEIVED' })],
		['STARTED', answer(200, { status: 'STARTED', result: null })],
		['RETRY', answer(200, { status: 'RETRY' })],
		['an invented state', answer(200, { status: 'PROGRESS', result: AUTHENTICATED.result })],
		['lower case', answer(200, { ...AUTHENTICATED, status: 'success' })],
		['with blanks', answer(200, { ...AUTHENTICATED, status: ' SUCCESS ' })],
		['no state', answer(200, { result: AUTHENTICATED.result })],
		['a state that is a number', answer(200, { ...AUTHENTICATED, status: 200 })],
		['a state in a list', answer(200, { ...AUTHENTICATED, status: ['SUCCESS'] })],
		['an empty state', answer(200, { ...AUTHENTICATED, status: '' })],
		['{}', answer(200, {})],
		['null', answer(200, null)],
		['[]', answer(200, [])],
		['nothing', answer(200, '')],
		['204', answer(204)],
		['a state only as an inherited key', answer(200, JSON.parse('{"__proto__": {"status": "SUCCESS"}}'))],
	])('unfinished: %s', (_, reply) => {
		expect(pollOutcome(reply, NOW)).toMatchObject({ kind: 'unfinished' });
	});

	test.each<[string, Reply, string]>([
		['FAILURE', answer(200, CRASHED), 'failed TASK_FAILED'],
		['REVOKED', answer(200, { status: 'REVOKED' }), 'failed TASK_FAILED'],
		['REJECTED', answer(200, { status: 'REJECTED' }), 'failed TASK_FAILED'],
		['IGNORED', answer(200, { status: 'IGNORED' }), 'failed TASK_FAILED'],
		[
			'FAILURE with two true results',
			answer(200, { ...AUTHENTICATED, status: 'FAILURE' }),
			'failed TASK_FAILED',
		],
		['400 with field messages', answer(400, { id: ['Enter a valid ID.'] }), 'failed TASK_NOT_FOUND'],
		['400 with detail', answer(400, { detail: 'Bad POST' }), 'failed BAD_RESPONSE'],
		...[200, 400, 401, 403, 404, 413, 429, 502, 521].map((status): [string, Reply, string] => [
			`${status} with a page`,
			answer(status, HTML),
			'trouble',
		]),
		['407', answer(407, HTML), 'failed UNREACHABLE'],
		['401 twice', answer(401, EXPIRED), 'failed LOGIN_REJECTED'],
		['403', answer(403, { detail: 'No.' }), 'failed FORBIDDEN'],
		['404', answer(404, { detail: 'Not found.' }), 'unknownTask TASK_NOT_FOUND'],
		['409', answer(409, {}), 'failed BAD_RESPONSE'],
		['413', answer(413, {}), 'failed BAD_RESPONSE'],
		['415', answer(415, {}), 'failed BAD_RESPONSE'],
		['301', answer(301), 'failed BAD_RESPONSE'],
		['302 with a task', answer(302, AUTHENTICATED), 'failed BAD_RESPONSE'],
		['307', answer(307), 'failed BAD_RESPONSE'],
		['408', answer(408), 'trouble'],
		['425', answer(425), 'trouble'],
		['429', answer(429, { detail: 'Request was throttled.' }), 'trouble'],
		['500', answer(500), 'trouble'],
		['500 with a task', answer(500, AUTHENTICATED), 'trouble'],
		['421', answer(421), 'trouble'],
		['503', answer(503), 'trouble'],
		['504', answer(504, HTML), 'trouble'],
		['403 with a task', answer(403, AUTHENTICATED), 'failed FORBIDDEN'],
		['404 with a task', answer(404, AUTHENTICATED), 'unknownTask TASK_NOT_FOUND'],
		...ODD_BODIES.slice(1).map(([name, body]): [string, Reply, string] => [
			`200 with ${name}`,
			answer(200, body),
			'unreadable BAD_RESPONSE',
		]),
		['200 with 0', answer(200, 0), 'unreadable BAD_RESPONSE'],
		['200 with false', answer(200, false), 'unreadable BAD_RESPONSE'],
		['a refused connection', { kind: 'silence', sent: false, reason: 'x' }, 'trouble'],
		['a timeout', { kind: 'silence', sent: true, reason: 'it took too long' }, 'trouble'],
		['a refused login', { kind: 'refusal', error: messages.loginRejected(401, '') }, 'failed LOGIN_REJECTED'],
		[
			'a login unreachable, which the run tries no more',
			{ kind: 'refusal', error: messages.unreachable('x') },
			'failed UNREACHABLE',
		],
		[
			'a credential that could not be read just now',
			{ kind: 'refusal', error: messages.credentialUnreadable('SQLITE_BUSY'), isTransient: true },
			'trouble',
		],
		['Stop', { kind: 'refusal', error: messages.canceled() }, 'failed CANCELED'],
		['a domain not allowed', { kind: 'refusal', error: messages.notSent('x') }, 'failed FORBIDDEN'],
	])('%s', (_, reply, expected) => {
		expect(told(pollOutcome(reply, NOW))).toBe(expected);
	});

	test('nothing but HTTP 2xx and 400 ever finishes a task', () => {
		for (let status = 100; status < 600; status++) {
			const isFinished = pollOutcome(answer(status, AUTHENTICATED), NOW).kind === 'finished';
			expect([status, isFinished]).toEqual([status, (status >= 200 && status < 300) || status === 400]);
		}
	});

	test.each<[string, string | undefined, number | undefined]>([
		['seconds', '7', 7000],
		['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
		['absent', undefined, undefined],
		['a text', 'soon', undefined],
	])('Retry-After %s goes with the trouble', (_, retryAfter, waitMs) => {
		for (const status of [429, 500, 503])
			expect(pollOutcome(answer(status, '', retryAfter), NOW)).toEqual({
				kind: 'trouble',
				reason: `Progeny answered with HTTP ${status}`,
				waitMs,
				status,
			});
	});

	test.each<[string, unknown, string]>([
		[
			"Celery's exception",
			CRASHED.result,
			'Progeny could not complete its task (FAILURE): ConnectionError: ...',
		],
		[
			'a text',
			'the UUID is not known',
			'Progeny could not complete its task (FAILURE): the UUID is not known',
		],
		['a detail', { detail: 'gone' }, 'Progeny could not complete its task (FAILURE): gone'],
		['null', null, 'Progeny could not complete its task (FAILURE)'],
		['absent', undefined, 'Progeny could not complete its task (FAILURE)'],
		['a list', ['x'], 'Progeny could not complete its task (FAILURE): x'],
		['an empty list', [], 'Progeny could not complete its task (FAILURE)'],
		[
			'a message that is a text',
			{ exc_type: 'E', exc_message: 'm' },
			'Progeny could not complete its task (FAILURE): E: m',
		],
		['odd texts', 'a\u0000b ENOENT', 'Progeny could not complete its task (FAILURE): a b E NOENT'],
	])('what FAILURE says: %s', (_, result, message) => {
		expect(pollOutcome(answer(200, { status: 'FAILURE', result }), NOW)).toMatchObject({
			error: { message },
		});
	});
});

test.each<[string, unknown, string | undefined]>([
	[
		'the message of an answer that is no task',
		{ status: 'error', message: 'queue is down' },
		'error: queue is down',
	],
	['a detail', { detail: 'Try later.' }, 'Try later.'],
	['errors', { status: 'error', errors: [{ detail: 'worker lost' }] }, 'error: worker lost'],
	['no field of a task', { id: 'abc', status: 'PROGRESS', result: { uuid: 'x' } }, 'PROGRESS'],
])('the words of an answer that ends nothing are kept: %s', (_, body, words) => {
	expect(pollOutcome(answer(200, body), NOW)).toEqual({
		kind: 'unfinished',
		...(words === undefined ? {} : { words }),
	});
});

test.each([
	[
		'NaN',
		'{"id":1,"status":"SUCCESS","result":{"data":{"authentication":{"result":true,"data":{"scorePercent":NaN}}}}}',
	],
	['cut off', '{"id":1,"status":"SUC'],
])('an answer that is not valid JSON is named as such, and no result: %s', (_, body) => {
	expect(pollOutcome(answer(200, body), NOW)).toMatchObject({
		kind: 'unreadable',
		error: { code: 'BAD_RESPONSE', message: "Progeny's answer about the task is not valid JSON (HTTP 200)" },
	});
	expect(submitOutcome(answer(200, body), NOW)).toMatchObject({
		error: {
			message: 'Progeny answered the upload with text that is not valid JSON instead of a task ID (HTTP 200)',
		},
	});
});

test.each<[string, boolean]>([
	['FAILURE', true],
	['REVOKED', true],
	...['REJECTED', 'IGNORED', 'FAILED', 'ERROR', 'CANCELED', 'CANCELLED'].map((state): [string, boolean] => [
		state,
		false,
	]),
])('the state %s lets a retry submit anew: %p', (status, isOver) => {
	expect(pollOutcome(answer(200, { status, result: null }), NOW)).toMatchObject({
		error: { code: 'TASK_FAILED', isOver },
	});
});

test('whatever is asked, no answer of any status and shape throws', () => {
	const bodies: unknown[] = [
		'',
		null,
		undefined,
		{},
		[],
		HTML,
		0,
		true,
		{ id: {} },
		{ status: {} },
		AUTHENTICATED,
	];
	const codes = new Set<ErrorCode>();
	for (let status = 0; status < 1000; status++)
		for (const body of bodies)
			for (const outcome of [
				submitOutcome(answer(status, body), NOW),
				pollOutcome(answer(status, body), NOW),
			])
				if ('error' in outcome) codes.add(outcome.error.code);
	expect(codes.size).toBeGreaterThan(6);
});
