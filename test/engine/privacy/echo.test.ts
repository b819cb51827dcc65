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

/** Parts of a request, as a server may repeat them in an answer; `unit/secrets` has every encoding. */
const echoes: Record<string, (seen: Seen) => string> = {
	'the Authorization header': ({ authorization }) => authorization,
	'the token': ({ authorization }) => authorization.replace('Bearer ', ''),
	'the body as text': ({ body }) => body.toString('latin1'),
	'the body in base64': ({ body }) => body.toString('base64'),
	'a piece of the photo in base64': () => PHOTO.subarray(300, 420).toString('base64'),
	'username and password as JSON': () => JSON.stringify({ username: USERNAME, password: PASSWORD }),
	'an opaque token': () => OPAQUE,
};

/** The places in which a server may echo. */
const places: Array<(echo: string) => unknown> = [
	(echo) => ({ detail: `Not accepted: ${echo}` }),
	(echo) => ({ image: [`"${echo}" is not a file.`] }),
	(echo) => ({ [echo]: ['Unknown field.'] }),
	(echo) => `<html><body>${echo}</body></html>`,
];

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

test.each(Object.keys(echoes))('nothing is left behind of an answer that echoes %s', async (what) => {
	const isOpaque = what === 'an opaque token';
	const before: Script = isOpaque ? { login: opaqueLogin } : {};
	// A refused login returned no token, so there is none to remove.
	const routes: Route[] = isOpaque ? ['submit', 'poll'] : ['submit', 'login', 'poll'];
	const statuses = IS_THOROUGH ? [200, 400, 401, 403, 404, 500] : [200, 400];
	const scripts = routes.flatMap((route) =>
		statuses.flatMap((status) =>
			places.map((place) => ({ ...before, [route]: echoing(what, status, place) })),
		),
	);
	expect(await leaksWith('authenticateFace', scripts)).toEqual([]);
});

describe.each(NODE_ROWS)(
	'%s: nothing is left behind of what the answer about a task echoes',
	(node, { good }) => {
		const task = (data: Record<string, unknown>) => answerWith(good.answer, data);
		const failure = (result: unknown) => ({ id: 1, status: 'FAILURE', result });
		const inTask: typeof places = [
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
		const secrets = ['the token', 'username and password as JSON', 'a piece of the photo in base64'];
		test.each(rowsFor(node, secrets))('%s', async (what) => {
			const scripts = inTask.map((place) => ({ poll: echoing(what, 200, place) }));
			expect(await leaksWith(node, scripts)).toEqual([]);
		});
	},
);
