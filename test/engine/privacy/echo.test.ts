import { answerWith } from '../support/answers';
import { PASSWORD, USERNAME, outcomeOf } from '../support/check';
import type { NodeName } from '../support/engine';
import { PHOTO } from '../support/items';
import { NODE_ROWS } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { answer, type Route, type Script, type Seen } from '../support/wireServer';
import { OPAQUE, leaksAfter, leaksElsewhere, opaqueLogin, watchNodes } from './run';
import { IS_THOROUGH, rowsFor } from '../../support/thorough';

useVirtualTime();
watchNodes();

/** All that a request told the server, in the ways a server may put it into an answer. */
const echoes: Record<string, (seen: Seen) => string> = {
	'the Authorization header': ({ authorization }) => authorization,
	'the token': ({ authorization }) => authorization.replace('Bearer ', ''),
	'the body as text': ({ body }) => body.toString('latin1'),
	'the body as UTF-8': ({ body }) => body.toString('utf8'),
	'the body in base64': ({ body }) => body.toString('base64'),
	'the body in hex': ({ body }) => body.toString('hex'),
	'the photo in base64': () => PHOTO.toString('base64'),
	'a piece of the photo in base64': () => PHOTO.subarray(300, 420).toString('base64'),
	'a piece of the photo in hex': () => PHOTO.subarray(300, 360).toString('hex'),
	'the password': () => PASSWORD,
	'username and password as JSON': () => JSON.stringify({ username: USERNAME, password: PASSWORD }),
	'an opaque token': () => OPAQUE,
};

/** The places in which a server may echo. */
const places: Record<string, (echo: string) => unknown> = {
	'a detail': (echo) => ({ detail: `Not accepted: ${echo}` }),
	'a field message': (echo) => ({ image: [`"${echo}" is not a file.`] }),
	'a field name': (echo) => ({ [echo]: ['Unknown field.'] }),
	'an HTML page': (echo) => `<html><body>${echo}</body></html>`,
};

/** Returns the script of a server that echoes a request. */
const echoing =
	(what: string, status: number, place: (echo: string) => unknown): Script['poll'] =>
	(_n, seen) =>
		seen === undefined ? undefined : answer(status, place(echoes[what](seen)));

/** Runs the node once with each script. Returns the secrets found in the output, in the logs and in n8n's storage. */
async function leaksWith(node: NodeName, scripts: Script[]): Promise<string[]> {
	const parameters = { options: { timeout: 1, extendData: true } };
	const found: string[] = [];
	const tokens = new Set<string>();
	for (const script of scripts) {
		const result = await leaksAfter(script, { node, parameters });
		const [route] = Object.keys(script).slice(-1);
		found.push(...result.leaks.map((leak) => `${route}: ${outcomeOf(result.ran)}: ${leak}`));
		for (const token of result.tokens) tokens.add(token);
	}
	return [...found, ...leaksElsewhere([...tokens])];
}

const inDetail = Object.keys(echoes).map((what) => [what, 'a detail'] as const);
const elsewhere = ['the password', 'a piece of the photo in base64'].flatMap((what) =>
	['a field message', 'a field name', 'an HTML page'].map((where) => [what, where] as const),
);
const STATUSES = IS_THOROUGH ? [200, 400, 401, 403, 404, 500] : [200, 400];
/** Each answer is cleaned by the same code before it is read: an upload's is tried with all, the others with some. */
const routesOf = (node: NodeName, what: string): Route[] =>
	IS_THOROUGH || (node === 'authenticateFace' && SOME.includes(what))
		? ['submit', 'login', 'poll']
		: ['submit'];
const SOME = [
	'the Authorization header',
	'the password',
	'a piece of the photo in base64',
	'an opaque token',
];

const cases = NODE_ROWS.map(([node]) => [node, rowsFor(node, [...inDetail, ...elsewhere])] as const);

describe.each(cases)('%s: nothing is left behind of what a server echoes', (node, rows) => {
	test.each(rows)('%s in %s', async (what, where) => {
		const before: Script = what === 'an opaque token' ? { login: opaqueLogin } : {};
		// A login that is refused has given no token that could be known and taken out.
		const routes = routesOf(node, what).filter((route) => route !== 'login' || what !== 'an opaque token');
		const scripts = routes.flatMap((route) =>
			STATUSES.map((status) => ({ ...before, [route]: echoing(what, status, places[where]) })),
		);
		expect(await leaksWith(node, scripts)).toEqual([]);
	});
});

describe.each(NODE_ROWS.filter(([node]) => IS_THOROUGH || /^(auth|verify|background)/.test(node)))(
	'%s: nothing is left behind of what the answer about a task echoes',
	(node, { good }) => {
		const task = (data: Record<string, unknown>) => answerWith(good.answer, data);
		const failure = (result: unknown) => ({ id: 1, status: 'FAILURE', result });
		const inTask: Array<(echo: string) => unknown> = [
			(echo) => task({ liveness: { result: true, data: { echo } } }),
			(echo) => task({ liveness: { result: true, data: { echo: [echo, [echo]] } } }),
			(echo) => task({ issues: { liveness: { FACE_TOO_SMALL: echo } } }),
			(echo) => task({ liveness: { result: false, error_code: echo, error: echo } }),
			(echo) => task({ liveness: { result: true, data: { [echo]: 1 } } }),
			(echo) => task({ uuid: echo }),
			(echo) => task({ extend_data: { echo } }),
			(echo) => failure({ exc_type: 'E', exc_message: [echo] }),
			(echo) => failure(echo),
			(echo) => ({ id: 1, status: echo, result: null }),
		];

		const secrets = ['the token', 'the password', 'the photo in base64', 'a piece of the photo in base64'];
		test.each(rowsFor(node, secrets))('%s', async (what) => {
			const scripts = inTask.map((place) => ({ poll: echoing(what, 200, place) }));
			expect(await leaksWith(node, scripts)).toEqual([]);
		});
	},
);
