import type { TaskAnswer } from '../../unit/documented';
import { NOT_FOUND } from '../support/answers';
import type { Act } from '../support/wireServer';

/** Where in a check the fault strikes. */
export const STEPS = ['login', 'submit', 'first poll', 'later poll', 'renewed login'] as const;
export type Step = (typeof STEPS)[number];

/** What a fault is told: the step, the URL of another host, and the answer that the service would give to a good face. */
export interface Circumstances {
	step: Step;
	foreign: string;
	good: TaskAnswer;
}

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
const elsewhere =
	(status: number) =>
	({ foreign }: Circumstances) =>
		answer(status, '', { location: foreign });
const task = (status: unknown, result: unknown) => answer(200, { id: 2192, status, result });
const ended = (status: unknown, result: unknown) => always(task(status, result));
/** The good result under another state. */
const goodAs =
	(status: unknown) =>
	({ good }: Circumstances) =>
		task(status, good.result);
/** The good answer under another HTTP status. */
const goodUnder =
	(status: number) =>
	({ good }: Circumstances) =>
		answer(status, good);
/** The good result with each of its findings (checks, or the UUID) replaced. */
const eachAs =
	(replaced: (finding: unknown) => unknown) =>
	({ good }: Circumstances) => {
		const data = Object.entries(good.result.data).map(([name, finding]) => [name, replaced(finding)]);
		return task('SUCCESS', { status: 200, data: Object.fromEntries(data) });
	};
/** JSON.parse makes own keys of these names, as a server's answer does. */
function hostile({ good }: Circumstances): Act {
	const data = JSON.stringify(good.result.data);
	const body = JSON.parse(
		`{"id":1,"status":"SUCCESS","__proto__":{"result":{"data":${data}}},"constructor":{"prototype":{"result":true}},"result":{"status":200,"data":{"__proto__":${data},"constructor":{"result":true},"issues":{"__proto__":{"toString":"x"}}}}}`,
	);
	return answer(200, body, { 'content-type': 'application/json' });
}

/** 50 MB, more than any answer of Progeny's can sensibly have. */
const GIGANTIC = 50 * 1024 * 1024;
const gigantic: Record<Step, () => unknown> = {
	login: () => ({ access: 'a'.repeat(GIGANTIC), refresh: 'r' }),
	'renewed login': () => ({ access: 'a'.repeat(GIGANTIC), refresh: 'r' }),
	submit: () => ({ id: 'a'.repeat(GIGANTIC) }),
	'first poll': () => ({ id: 1, status: 'a'.repeat(GIGANTIC) }),
	'later poll': () => ({ id: 1, status: 'a'.repeat(GIGANTIC) }),
};

/** What a server can do wrong, by name. */
export const faultActs: Record<string, (circumstances: Circumstances) => Act> = {
	'connection refused': always({ do: 'refuse' }),
	'host name not found': always({ do: 'unresolved', code: 'ENOTFOUND' }),
	'host name look-up fails': always({ do: 'unresolved', code: 'EAI_AGAIN' }),
	'reset before the request is read': always({ do: 'resetOnConnect' }),
	'reset after the body is read': always({ do: 'resetAfterBody' }),
	'reset mid-answer': always({ do: 'cutMidAnswer', by: 'reset' }),
	'closed mid-answer': always({ do: 'cutMidAnswer', by: 'close' }),
	'silent until the timeout': always({ do: 'silence' }),
	'slow drip': always({ do: 'drip', everyMs: 5000 }),
	'400 with field messages': always(answer(400, { uuid: ['Must be a valid UUID.'] })),
	'400 with detail': always(answer(400, { detail: 'Bad params' })),
	'400 about the task ID': always(answer(400, { id: ['Must be a valid UUID.'] })),
	'HTTP 401': always(
		answer(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }),
	),
	'400 with a bare list': always(answer(400, ['This is not allowed.'])),
	'401 with an HTML page': always(answer(401, page)),
	'403 with an HTML page': always(answer(403, page)),
	'HTTP 407': always(answer(407, page)),
	'HTTP 421': always(answer(421, page)),
	'HTTP 425': always(answer(425)),
	'521 of a CDN': always(answer(521, page)),
	'522 of a CDN': always(answer(522, page)),
	'HTTP 403': always(answer(403, { detail: 'You do not have permission to perform this action.' })),
	'HTTP 404': always(answer(404, NOT_FOUND)),
	'HTTP 408': always(answer(408, page)),
	'HTTP 409': always(answer(409, { detail: 'Conflict' })),
	'HTTP 413': always(answer(413, page)),
	'HTTP 415': always(answer(415, { detail: 'Unsupported media type "x" in request.' })),
	'429 without Retry-After': always(answer(429, throttled)),
	'429, Retry-After in seconds': retryAfter('1'),
	'429, Retry-After as a date': () =>
		answer(429, throttled, {
			date: new Date().toUTCString(),
			'retry-after': new Date(Date.now() + 1000).toUTCString(),
		}),
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
	'200 with NaN in its JSON': ({ good }) =>
		answer(200, JSON.stringify(good).replace('{', '{"score":NaN,'), {
			'content-type': 'application/json',
		}),
	'200 with an array': ({ good }) => answer(200, [good]),
	'200 with an empty array': always(answer(200, [])),
	'200 with null': always(answer(200, null)),
	'200 with a number': always(answer(200, 42)),
	'50 MB page': () => answer(200, 'x'.repeat(GIGANTIC)),
	'50 MB in one field': ({ step }) => answer(200, gigantic[step]()),
	'task ID missing': always(answer(200, { task: 'd48eac86' })),
	'task ID a number': always(answer(200, { id: 2172 })),
	'task ID empty': always(answer(200, { id: '' })),
	'task ID null': always(answer(200, { id: null })),
	'token missing': always(answer(200, { refresh: 'r' })),
	'token empty': always(answer(200, { access: '', refresh: 'r' })),
	'token not a text': always(answer(200, { access: { token: 'x' }, refresh: 'r' })),
	'status unknown': ended('PROGRESS', null),
	'a message instead of a task': always(answer(200, { status: 'error', message: 'queue is down' })),
	'status in lower case': goodAs('success'),
	'status absent': goodAs(undefined),
	'status a number': goodAs(200),
	'FAILURE with a message': ended('FAILURE', { exc_type: 'ConnectionError', exc_message: ['provider gone'] }),
	'FAILURE with a text': ended('FAILURE', 'provider gone'),
	'FAILURE without a message': ended('FAILURE', null),
	'FAILURE beside a good result': goodAs('FAILURE'),
	REVOKED: ended('REVOKED', null),
	'SUCCESS without result': ended('SUCCESS', undefined),
	'SUCCESS, result a text': ended('SUCCESS', 'done'),
	'result.status 500, else good': ({ good }) => task('SUCCESS', { ...good.result, status: 500 }),
	'result.status 500, nothing else': ended('SUCCESS', { status: 500, data: null }),
	'findings as arrays': eachAs((finding) => [finding]),
	'findings null': eachAs(() => null),
	'findings as texts': eachAs(() => 'true'),
	'results as texts': eachAs(() => ({ result: 'true' })),
	'results as numbers': eachAs(() => ({ result: 1 })),
	'one finding missing': ({ good }) => {
		const data = Object.entries(good.result.data).slice(0, -1);
		return task('SUCCESS', { status: 200, data: { ...Object.fromEntries(data), message: 'no more' } });
	},
	'keys __proto__ and constructor': hostile,
	'HTTP 500, body says yes': goodUnder(500),
	'HTTP 403, body says yes': goodUnder(403),
	'HTTP 400, body says yes': goodUnder(400),
	'HTTP 302, body says yes': ({ foreign, good }) => answer(302, good, { location: foreign }),
};
