import { NOT_FOUND, PASSED } from './faults.answers';
import type { Act } from './wireServer';

/** Where in a check the fault strikes. */
export const STEPS = ['login', 'submit', 'first poll', 'later poll', 'renewed login'] as const;
export type Step = (typeof STEPS)[number];

const answer = (status: number, body?: unknown, headers?: Record<string, string>): Act => ({
	do: 'answer',
	status,
	body,
	...(headers === undefined ? {} : { headers }),
});
const always = (act: Act) => () => act;
const page = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>';
const throttled = { detail: 'Request was throttled. Expected available in 1 second.' };
const retryAfter = (value: string) => always(answer(429, throttled, { 'retry-after': value }));
const elsewhere = (status: number) => (_: Step, foreign: string) => answer(status, '', { location: foreign });
const task = (status: unknown, result: unknown) => always(answer(200, { id: 2192, status, result }));
const checks = (authentication: unknown, liveness: unknown) =>
	task('SUCCESS', { status: 200, data: { authentication, liveness } });
const matched = PASSED.result.data.authentication;
const live = PASSED.result.data.liveness;
/** JSON.parse makes own keys of these names, as a server's answer does. */
const hostile = JSON.parse(
	'{"id":1,"status":"SUCCESS","__proto__":{"result":{"data":{"authentication":{"result":true},"liveness":{"result":true}}}},"constructor":{"prototype":{"result":true}},"result":{"status":200,"data":{"__proto__":{"authentication":{"result":true},"liveness":{"result":true}},"constructor":{"result":true},"issues":{"__proto__":{"toString":"x"}}}}}',
);

/** 50 MB, more than any answer of Progeny's can sensibly have. */
const GIGANTIC = 50 * 1024 * 1024;
const gigantic: Record<Step, () => unknown> = {
	login: () => ({ access: 'a'.repeat(GIGANTIC), refresh: 'r' }),
	'renewed login': () => ({ access: 'a'.repeat(GIGANTIC), refresh: 'r' }),
	submit: () => ({ id: 'a'.repeat(GIGANTIC) }),
	'first poll': () => ({ id: 1, status: 'a'.repeat(GIGANTIC) }),
	'later poll': () => ({ id: 1, status: 'a'.repeat(GIGANTIC) }),
};

/** What a server can do wrong, by name. Given the step, and the URL of another host. */
export const faultActs: Record<string, (step: Step, foreign: string) => Act> = {
	'connection refused': always({ do: 'refuse' }),
	'host name not found': always({ do: 'unresolved', code: 'ENOTFOUND' }),
	'host name look-up fails': always({ do: 'unresolved', code: 'EAI_AGAIN' }),
	'reset before the request is read': always({ do: 'resetOnConnect' }),
	'reset after the body is read': always({ do: 'resetAfterBody' }),
	'reset mid-answer': always({ do: 'cutMidAnswer', by: 'reset' }),
	'closed mid-answer': always({ do: 'cutMidAnswer', by: 'close' }),
	'silent until the timeout': always({ do: 'silence' }),
	'slow drip': always({ do: 'drip', everyMs: 100 }),
	'400 with field messages': always(answer(400, { uuid: ['Must be a valid UUID.'] })),
	'400 with detail': always(answer(400, { detail: 'Bad params' })),
	'400 about the task ID': always(answer(400, { id: ['Must be a valid UUID.'] })),
	'HTTP 401': always(
		answer(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }),
	),
	'HTTP 403': always(answer(403, { detail: 'You do not have permission to perform this action.' })),
	'HTTP 404': always(answer(404, NOT_FOUND)),
	'HTTP 408': always(answer(408, page)),
	'HTTP 409': always(answer(409, { detail: 'Conflict' })),
	'HTTP 413': always(answer(413, page)),
	'HTTP 415': always(answer(415, { detail: 'Unsupported media type "x" in request.' })),
	'429 without Retry-After': always(answer(429, throttled)),
	'429, Retry-After in seconds': retryAfter('1'),
	'429, Retry-After as a date': () =>
		answer(429, throttled, { 'retry-after': new Date(Date.now() + 1000).toUTCString() }),
	'429, Retry-After of a year': retryAfter('31536000'),
	'429, Retry-After negative': retryAfter('-5'),
	'429, Retry-After a word': retryAfter('soon'),
	'HTTP 500': always(answer(500, { detail: 'A server error occurred.' })),
	'502 with an HTML page': always(answer(502, page)),
	'HTTP 503': always(answer(503, page)),
	'HTTP 504': always(answer(504, page)),
	'301 to another host': elsewhere(301),
	'302 to another host': elsewhere(302),
	'307 to another host': elsewhere(307),
	'HTTP 204': always(answer(204)),
	'200 with HTML': always(answer(200, page)),
	'200 with truncated JSON': always(
		answer(200, '{"id": "d48eac86-228e', { 'content-type': 'application/json' }),
	),
	'200 with an array': always(answer(200, [PASSED])),
	'200 with an empty array': always(answer(200, [])),
	'200 with null': always(answer(200, null)),
	'200 with a number': always(answer(200, 42)),
	'50 MB page': () => answer(200, 'x'.repeat(GIGANTIC)),
	'50 MB in one field': (step) => answer(200, gigantic[step]()),
	'task ID missing': always(answer(200, { task: 'd48eac86' })),
	'task ID a number': always(answer(200, { id: 2172 })),
	'task ID empty': always(answer(200, { id: '' })),
	'task ID null': always(answer(200, { id: null })),
	'token missing': always(answer(200, { refresh: 'r' })),
	'token empty': always(answer(200, { access: '', refresh: 'r' })),
	'token not a text': always(answer(200, { access: { token: 'x' }, refresh: 'r' })),
	'status unknown': task('PROGRESS', null),
	'status in lower case': task('success', PASSED.result),
	'status absent': always(answer(200, { id: 2192, result: PASSED.result })),
	'status a number': task(200, PASSED.result),
	'FAILURE with a message': task('FAILURE', { exc_type: 'ConnectionError', exc_message: ['provider gone'] }),
	'FAILURE with a text': task('FAILURE', 'provider gone'),
	'FAILURE without a message': task('FAILURE', null),
	'FAILURE beside two true': task('FAILURE', PASSED.result),
	REVOKED: task('REVOKED', null),
	'SUCCESS without result': always(answer(200, { id: 2192, status: 'SUCCESS' })),
	'SUCCESS, result a text': task('SUCCESS', 'done'),
	'result.status 500, both true': task('SUCCESS', {
		status: 500,
		data: { authentication: matched, liveness: live },
	}),
	'result.status 500, nothing else': task('SUCCESS', { status: 500, data: null }),
	'checks as arrays': checks([matched], [live]),
	'checks null': checks(null, null),
	'checks as texts': checks('true', 'true'),
	'results as texts': checks({ result: 'true' }, { result: 'true' }),
	'results as numbers': checks({ result: 1 }, { result: 1 }),
	'one check missing': task('SUCCESS', { status: 200, data: { authentication: matched } }),
	'keys __proto__ and constructor': always(answer(200, hostile, { 'content-type': 'application/json' })),
	'HTTP 500, body says both true': always(answer(500, PASSED)),
	'HTTP 403, body says both true': always(answer(403, PASSED)),
	'HTTP 400, body says both true': always(answer(400, PASSED)),
	'HTTP 302, body says both true': (_, foreign) => answer(302, PASSED, { location: foreign }),
};
