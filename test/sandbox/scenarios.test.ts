import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarios, scenarioUuid, startSandbox, type Sandbox, type Scenario } from '../../sandbox';
import { anyFile, authenticate, login, look, post, send, type Answer } from './support/client';

const numbers = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };

let sandbox: Sandbox;
let token: string;
let answers: Map<string, Answer>;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
	// All at once, since some take a second.
	const pairs = soon.map(async ({ name }) => [name, await force(name)] as const);
	answers = new Map(await Promise.all(pairs));
});
afterAll(async () => await sandbox.close());

async function force(name: string): Promise<Answer> {
	return await authenticate(sandbox, token, scenarioUuid(name));
}

/** What a careful client makes of a finished answer: explicit truth passes, a contradiction is for a human. */
function conclude({ status, json }: Answer): Scenario['conclusion'] {
	if (json?.status !== 'SUCCESS') return 'error';
	const { result } = json;
	const { authentication, liveness, issues } = result?.data ?? {};
	if (authentication?.result !== true || liveness?.result !== true) return 'fail';
	return status >= 400 || result.status >= 400 || Object.keys(issues ?? {}).length > 0 ? 'review' : 'pass';
}

const slow = (scenario: Scenario) => scenario.takes === 'never' || (scenario.takes ?? 0) > 5_000;

const soon = scenarios.filter((scenario) => !slow(scenario));

it.each(soon.map(({ name, conclusion }) => [name, conclusion] as const))(
	'%s leads to %s',
	(name, conclusion) => {
		expect(conclude(answers.get(name)!)).toBe(conclusion);
	},
);

it.each(soon.flatMap(({ name, refuse }) => (refuse ? [[name, refuse] as const] : [])))(
	'%s is answered at the POST',
	(name, { status, body, headers }) => {
		const answer = answers.get(name)!;
		expect([answer.status, answer.json ?? answer.text]).toEqual([status, body]);
		expect(Object.fromEntries(answer.headers)).toMatchObject(headers ?? {});
	},
);

it.each(
	scenarios
		.filter(slow)
		.map(({ name, unfinished }) => [name, unfinished === 'notFound' ? 404 : 200] as const),
)('%s does not finish soon', async (name, status) => {
	const fields = { image: anyFile(), uuid: scenarioUuid(name) };
	const { json } = await post(sandbox, '/services/authenticate_face/', fields, token);
	await new Promise((resolve) => setTimeout(resolve, 50));
	const answer = await look(sandbox, json.id, token);
	expect(answer.status).toBe(status);
	expect(answer.json.status).not.toBe('SUCCESS');
});

describe('shapes, to the letter of the documented samples', () => {
	const documented: [string, unknown][] = [
		[
			'pass',
			{
				status: 200,
				data: {
					authentication: { result: true, data: { matchScore: '20.0', scorePercent: '100.0' } },
					liveness: { data: numbers, result: true },
				},
			},
		],
		[
			'face-too-small-a',
			{
				data: {
					liveness: { result: false, error: 'Absolute face size is too small', error_code: 'FACE_TOO_SMALL' },
					issues: { liveness: { FACE_TOO_SMALL: 'Absolute face size is too small' } },
				},
				status: 400,
			},
		],
		[
			'face-not-found-b',
			{
				data: {
					liveness: {
						data: { error: 'Failed to detect face', error_code: 'FACE_NOT_FOUND' },
						result: false,
					},
					issues: { liveness: { FACE_NOT_FOUND: 'Failed to detect face' } },
				},
				status: 200,
			},
		],
	];

	it.each(documented)('%s', async (name, result) => {
		const { text, json } = await force(name);
		// As text, so that key order and the kinds of numbers count too.
		expect(text).toBe(JSON.stringify({ id: json.id, status: 'SUCCESS', result }));
	});

	it.each<[string, unknown]>([
		[
			'failure',
			{
				exc_type: 'ConnectionError',
				exc_message: ['Provider did not answer'],
				exc_module: 'requests.exceptions',
			},
		],
		['failure-text', 'Provider did not answer'],
		['failure-without-message', null],
		['result-null', null],
		['result-absent', undefined],
	])('%s', async (name, result) => {
		expect((await force(name)).json.result).toEqual(result);
	});

	it('http-400-result comes with HTTP 400', async () => {
		const answer = await force('http-400-result');
		expect([answer.status, answer.json.status]).toEqual([400, 'SUCCESS']);
	});
});

it('keeps to its UUIDs: none twice, all version 1, the names pinned', () => {
	expect(new Set(scenarios.map(({ uuid }) => uuid)).size).toBe(scenarios.length);
	expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
	for (const { uuid } of scenarios) expect(uuid).toMatch(/^0{8}-0000-1000-8000-0{9}\d{3}$/);
	const pinned = {
		pass: 101,
		'another-person': 102,
		spoof: 104,
		'low-match': 106,
		'low-liveness': 107,
		unregistered: 108,
		'face-not-found-a': 201,
		'failed-to-read-image-a': 206,
		'face-not-found-b': 221,
		'failed-to-read-image-b': 226,
		'contradictory-issues': 301,
		'contradictory-status': 302,
		'no-authentication': 303,
		'no-liveness': 304,
		'string-booleans': 306,
		'http-400-result': 316,
		failure: 401,
		'failure-without-message': 403,
		revoked: 404,
		never: 501,
		'slow-10s': 504,
		'slow-60s': 505,
		'unfinished-started': 506,
		'refused-400': 601,
		'refused-502': 604,
	};
	for (const [name, number] of Object.entries(pinned))
		expect(scenarioUuid(name)).toMatch(new RegExp(`${number}$`));
});

it('lists them all at /sandbox/scenarios', async () => {
	const { json } = await send(sandbox, '/sandbox/scenarios');
	expect(json).toEqual(
		scenarios.map(({ uuid, group, name, does, conclusion }) => {
			return { uuid, photo: `/sandbox/scenarios/${name}.png`, group, name, does, conclusion };
		}),
	);
});

it('lists them all in the README', () => {
	const readme = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8');
	const [, table = ''] = /<!-- scenarios -->\n([^]*)<!-- \/scenarios -->/.exec(readme) ?? [];
	const [, , ...rows] = table.trim().split('\n');
	expect(rows).toEqual(
		scenarios.map(
			({ uuid, name, does, conclusion }) => `| \`${uuid}\` | ${name} | ${does} | ${conclusion} |`,
		),
	);
});

it('has no scenario of another name', () => expect(() => scenarioUuid('nothing')).toThrow('nothing'));

it('needs no face engine', async () => {
	const { engine } = (await send(sandbox, '/sandbox/overview')).json;
	expect(answers.size).toBeGreaterThan(40);
	expect(engine).toEqual({ started: false, busy: 0 });
});
