import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	documentScenarios,
	scenarios,
	scenarioUuid,
	startSandbox,
	type Sandbox,
	type Scenario,
} from '../../sandbox';
import { authenticate, login, send, type Answer } from './support/client';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
});
afterAll(async () => await sandbox.close());

async function force(name: string): Promise<Answer> {
	return await authenticate(sandbox, token, scenarioUuid(name));
}

it.each(scenarios.flatMap(({ name, refuse }) => (refuse ? [[name, refuse] as const] : [])))(
	'%s is answered at the POST',
	async (name, { status, body, headers }) => {
		const answer = await force(name);
		expect([answer.status, answer.json ?? answer.text]).toEqual([status, body]);
		expect(Object.fromEntries(answer.headers)).toMatchObject(headers ?? {});
	},
);

describe('results of tasks that made no check', () => {
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
	const names = [...scenarios, ...documentScenarios].map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
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
	const listed = (scenario: Omit<Scenario, 'uuid'> & { uuid?: string }) => {
		const { uuid, group, name, does, conclusion } = scenario;
		return { uuid, photo: `/sandbox/scenarios/${name}.png`, group, name, does, conclusion };
	};
	expect(json).toEqual([...scenarios, ...documentScenarios].map(listed));
});

it('lists them all in scenarios.md', () => {
	const readme = readFileSync(join(__dirname, '../../sandbox/scenarios.md'), 'utf8');
	const rowsOf = (name: string) => {
		const [, table = ''] = new RegExp(`<!-- ${name} -->\n([^]*)<!-- /${name} -->`).exec(readme) ?? [];
		return table.trim().split('\n').slice(2);
	};
	expect(rowsOf('scenarios')).toEqual(
		scenarios.map(
			({ uuid, name, does, conclusion }) => `| \`${uuid}\` | ${name} | ${does} | ${conclusion} |`,
		),
	);
	expect(rowsOf('document scenarios')).toEqual(
		documentScenarios.map(({ name, does, conclusion }) => `| ${name} | ${does} | ${conclusion} |`),
	);
});

it('has no scenario of another name', () => expect(() => scenarioUuid('nothing')).toThrow('nothing'));
