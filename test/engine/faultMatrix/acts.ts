import type { TaskAnswer } from '../../unit/documented';
import { NOT_FOUND } from '../support/answers';
import { answer, type Act } from '../support/wireServer';

/** The step of a check that the fault hits. */
export const STEPS = ['login', 'submit', 'first poll', 'later poll', 'renewed login'] as const;
export type Step = (typeof STEPS)[number];

/** The input of a fault: the step, the URL of another host, and the service's answer for a good face. */
export interface Circumstances {
	step: Step;
	foreign: string;
	good: TaskAnswer;
}

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
/** The good answer under another HTTP status. */
const goodUnder =
	(status: number) =>
	({ good }: Circumstances) =>
		answer(status, good);
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
/** The one field, by the step. */
const FIELD = {
	login: 'access',
	'renewed login': 'access',
	submit: 'id',
	'first poll': 'status',
	'later poll': 'status',
};

/** The faults of a server, by name. */
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
	'400 about the task ID': always(answer(400, { id: ['Must be a valid UUID.'] })),
	'HTTP 401': always(
		answer(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }),
	),
	'403 with an HTML page': always(answer(403, page)),
	'HTTP 407': always(answer(407, page)),
	'HTTP 403': always(answer(403, { detail: 'You do not have permission to perform this action.' })),
	'HTTP 404': always(answer(404, NOT_FOUND)),
	'HTTP 413': always(answer(413, page)),
	'429, Retry-After in seconds': retryAfter('1'),
	'429, Retry-After of a year': retryAfter('31536000'),
	'HTTP 500': always(answer(500, { detail: 'A server error occurred.' })),
	'HTTP 425': always(answer(425)),
	'HTTP 503': always(answer(503, page)),
	'302 to another host': elsewhere(302),
	'HTTP 204': always(answer(204)),
	'200 with HTML': always(answer(200, page)),
	'200 with truncated JSON': always(
		answer(200, '{"id": "d48eac86-228e', { 'content-type': 'application/json' }),
	),
	'200 with an array': ({ good }) => answer(200, [good]),
	'200 with null': always(answer(200, null)),
	'50 MB page': () => answer(200, 'x'.repeat(GIGANTIC)),
	'50 MB in one field': ({ step }) => answer(200, { [FIELD[step]]: 'a'.repeat(GIGANTIC) }),
	'task ID missing': always(answer(200, { task: 'd48eac86' })),
	'status unknown': ended('PROGRESS', null),
	'FAILURE with a message': ended('FAILURE', { exc_type: 'ConnectionError', exc_message: ['provider gone'] }),
	'SUCCESS without result': ended('SUCCESS', undefined),
	'result.status 500, else good': ({ good }) => task('SUCCESS', { ...good.result, status: 500 }),
	'keys __proto__ and constructor': hostile,
	'HTTP 500, body says yes': goodUnder(500),
	'HTTP 403, body says yes': goodUnder(403),
	'HTTP 400, body says yes': goodUnder(400),
	'HTTP 302, body says yes': ({ foreign, good }) => answer(302, good, { location: foreign }),
};
