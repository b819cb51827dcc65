import { LoggerProxy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import pMap from 'p-map';
import { AuthenticateFace, FaceLiveness, RegisterFace } from '../../index';
import type { TaskAnswer } from '../unit/documented';
import { runNode, type NodeName, type Ran, type Setup } from './support/engine';
import { leakFinder, textsIn } from './support/leaks';
import {
	PASSWORD,
	PHOTO,
	USERNAME,
	leaksIn,
	leaksOf,
	outcomeOf,
	fakeBinaryStore,
	recordLogs,
	setupFor,
} from './faultMatrix/run';
import { NODES, UUID } from './support/services';
import { WireServer, fakeResolver, type Act, type Script, type Seen } from './support/wireServer';

jest.mock('../../nodes/shared/limits', () =>
	jest.requireActual('./support/fastTime').fastLimits(jest.requireActual('../../nodes/shared/limits')),
);
jest.mock('../../nodes/shared/task/schedule', () =>
	jest
		.requireActual('./support/fastTime')
		.fastSchedule(jest.requireActual('../../nodes/shared/task/schedule')),
);

/** A token that cannot be told by its look, and the login that gives it. */
const OPAQUE = 'opaque-8f14e45fceea167a5a36dedd4bea2543';
const opaqueLogin = (): Act => ({ do: 'answer', status: 200, body: { access: OPAQUE, refresh: 'r' } });

const logged: Array<{ path: string; text: string }> = [];
const contexts: IExecuteFunctions[] = [];
let restoreResolver: () => void;

beforeAll(() => {
	restoreResolver = fakeResolver();
	fakeBinaryStore();
	recordLogs((texts) => logged.push(...texts));
	for (const { prototype } of [AuthenticateFace, FaceLiveness, RegisterFace]) {
		const { execute } = prototype;
		jest.spyOn(prototype, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
			contexts.push(this);
			return await execute.call(this);
		});
	}
});
afterAll(() => restoreResolver());
beforeEach(forget);

function forget(): void {
	logged.length = 0;
	contexts.length = 0;
}

/** Runs against a server that follows the script, and gives what of the secrets was found in all that the run stored. */
async function leaksAfter(
	script: Script,
	setup: Partial<Setup> = {},
	task?: unknown,
): Promise<{ ran: Ran; leaks: string[]; tokens: string[] }> {
	const server = await WireServer.start(script, { task });
	try {
		const ran = await runNode(setupFor(server, 1, setup));
		expect(server.tokens.length + server.seen.length).toBeGreaterThan(0);
		const tokens = [...server.tokens, OPAQUE];
		return { ran, leaks: leaksOf(ran, { tokens }), tokens };
	} finally {
		await server.close();
	}
}

/** The same for all that was logged since the test began, and all that n8n keeps for the nodes that ran in it. */
function leaksElsewhere(tokens: string[]): string[] {
	const kept = contexts.map((context) => [
		context.getWorkflowStaticData('node'),
		context.getWorkflowStaticData('global'),
		context.getContext('node'),
		context.getContext('flow'),
	]);
	const logs = { path: 'the logs', text: logged.map(({ text }) => text).join('\n') };
	return leaksIn([logs, ...textsIn(kept)], tokens);
}

describe('what is searched for is found', () => {
	const find = leakFinder({ texts: { password: PASSWORD }, photo: PHOTO });
	const part = PHOTO.subarray(501, 560);
	const hidden = Object.defineProperty(new Error('x'), 'request', { value: { headers: [PASSWORD] } });
	const places: Record<string, [unknown, string]> = {
		'a text': [`x${PASSWORD}x`, 'password'],
		'a key': [{ [PASSWORD]: 1 }, 'password'],
		"an error's hidden property": [hidden, 'password'],
		"an error's cause": [new Error('x', { cause: new Error(PASSWORD) }), 'password'],
		'a map': [new Map([['a', new Set([PASSWORD])]]), 'password'],
		bytes: [{ body: Buffer.from(part) }, 'photo, raw'],
		'bytes as text': [part.toString('latin1'), 'photo, raw'],
		base64: [`data:image/jpeg;base64,${part.toString('base64')}`, 'photo, base64'],
		'base64 of a piece that begins elsewhere': [PHOTO.subarray(7, 40).toString('base64'), 'photo, base64'],
		base64url: [PHOTO.toString('base64url'), 'photo, base64url'],
		hex: [part.toString('hex'), 'photo, hex'],
		'upper-case hex': [part.toString('hex').toUpperCase(), 'photo, HEX'],
		'hex as the console writes it': [
			part.toString('hex').replace(/..(?!$)/g, '$& '),
			'photo, hex with blanks',
		],
		"JSON's form of a Buffer": [JSON.stringify(part), 'photo, numbers'],
	};
	test.each(Object.entries(places))('in %s', (_, [value, name]) => {
		expect(textsIn(value).flatMap(({ text }) => find(text))).toContain(name);
	});

	test('23 bytes of the photo are not called a leak, 24 are', () => {
		expect(find(PHOTO.subarray(100, 123).toString('hex'))).toEqual([]);
		expect(find(PHOTO.subarray(100, 124).toString('hex'))).toEqual(['photo, hex']);
	});

	test('in both loggers, at every level', async () => {
		await leaksAfter({});
		logged.length = 0;
		for (const level of ['error', 'warn', 'info', 'debug'] as const) {
			contexts[0].logger[level](`node ${level}`, { token: 'abc' });
			LoggerProxy[level](`engine ${level}`);
		}
		const texts = logged.map(({ text }) => text);
		for (const level of ['error', 'warn', 'info', 'debug'])
			expect(texts).toEqual(expect.arrayContaining([`node ${level}`, `engine ${level}`, 'abc']));
	});
});

describe.each(NODES)(
	'%s: a run that succeeds leaves neither a secret nor any of the photo behind',
	(node, service) => {
		const extended = answerWith(service.good.answer, { extend_data: { a: 1 } });
		const setups: Record<string, IDataObject> = {
			'its own operation': {},
			submit: { operation: 'submit' },
			'get result': { operation: 'getResult', receipt: 'd48eac86-228e-4933-a01d-279886a9c6b5' },
			'with everything': {
				options: {
					routeByDecision: true,
					timeout: 1,
					includeInput: true,
					extendData: true,
					minMatchPercent: 50,
				},
			},
			'without scores': { options: { timeout: 1, hideScores: true, extendData: true } },
		};
		test.each(Object.entries(setups))('%s', async (_, parameters) => {
			const { ran, leaks, tokens } = await leaksAfter({}, { node, parameters }, extended);
			expect({ status: ran.status, leaks }).toEqual({ status: 'success', leaks: [] });
			expect(leaksElsewhere(tokens)).toEqual([]);
			expect(logged.length).toBeGreaterThan(0);
		});
	},
);

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

/** Where a server may put what it echoes. */
const places: Record<string, (echo: string) => unknown> = {
	'a detail': (echo) => ({ detail: `Not accepted: ${echo}` }),
	'a field message': (echo) => ({ image: [`"${echo}" is not a file.`] }),
	'a field name': (echo) => ({ [echo]: ['Unknown field.'] }),
	'an HTML page': (echo) => `<html><body>${echo}</body></html>`,
};

/** How many runs go on at the same time. */
const AT_ONCE = 12;
const STATUSES = [200, 400, 401, 403, 404, 500];

/** Where it does so. What n8n is told of an upload goes through each node; what comes before and after it is the same for all. */
const scriptsOf = (node: NodeName, act: (status: number) => Script['submit']) =>
	STATUSES.flatMap((status) => [
		{ script: { submit: act(status) }, at: `submit ${status}` },
		...(node === 'authenticateFace'
			? [
					{ script: { login: act(status) }, at: `login ${status}` },
					{ script: { poll: act(status) }, at: `poll ${status}` },
				]
			: []),
	]);

describe.each(NODES)('%s: a server that echoes', (node, { good }) => {
	const inDetail = Object.keys(echoes).map((what) => [what, 'a detail'] as const);
	const elsewhere = ['the password', 'a piece of the photo in base64'].flatMap((what) =>
		Object.keys(places).flatMap((where) => (where === 'a detail' ? [] : [[what, where] as const])),
	);
	const task = (data: Record<string, unknown>) => answerWith(good.answer, data);
	const inTask: Record<string, (echo: string) => unknown> = {
		"a check's data": (echo) => task({ liveness: { result: true, data: { echo } } }),
		'a list': (echo) => task({ liveness: { result: true, data: { echo: [echo, [echo]] } } }),
		'an issue': (echo) => task({ issues: { liveness: { FACE_TOO_SMALL: echo } } }),
		'an error code': (echo) => task({ liveness: { result: false, error_code: echo, error: echo } }),
		'a field name': (echo) => task({ liveness: { result: true, data: { [echo]: 1 } } }),
		'the UUID': (echo) => task({ uuid: echo }),
		"the providers' data": (echo) => task({ extend_data: { echo } }),
		'the message of a failure': (echo) => ({
			id: 1,
			status: 'FAILURE',
			result: { exc_type: 'E', exc_message: [echo] },
		}),
		'the text of a failure': (echo) => ({ id: 1, status: 'FAILURE', result: echo }),
		'the state': (echo) => ({ id: 1, status: echo, result: null }),
	};
	const echoing =
		(what: string, status: number, place: (echo: string) => unknown) =>
		(_n: number, seen?: Seen): Act | undefined =>
			seen === undefined ? undefined : { do: 'answer', status, body: place(echoes[what](seen)) };
	const rows = [
		...[...inDetail, ...elsewhere].flatMap(([what, where]) =>
			scriptsOf(node, (status) => echoing(what, status, places[where])).map(({ script, at }) => ({
				name: `${what} in ${where}`,
				at,
				script: what === 'an opaque token' ? { login: opaqueLogin, ...script } : script,
			})),
		),
		...['the token', 'the password', 'the photo in base64', 'a piece of the photo in base64'].flatMap(
			(what) =>
				Object.entries(inTask).map(([where, place]) => ({
					name: `${what} in the answer about a task`,
					at: where,
					script: { poll: echoing(what, 200, place) },
				})),
		),
	];
	let found: string[][];
	let foundElsewhere: string[];

	beforeAll(async () => {
		forget();
		const results = await pMap(
			rows,
			async ({ at, script }) => {
				const { ran, leaks, tokens } = await leaksAfter(script, {
					node,
					parameters: { options: { timeout: 1, extendData: true } },
				});
				return { leaks: leaks.map((leak) => `${at}: ${outcomeOf(ran)}: ${leak}`), tokens };
			},
			{ concurrency: AT_ONCE },
		);
		found = results.map(({ leaks }) => leaks);
		foundElsewhere = leaksElsewhere([...new Set(results.flatMap(({ tokens }) => tokens))]);
	}, 60_000);

	test.each([...new Set(rows.map(({ name }) => name))])('%s: nothing of it is left behind', (name) => {
		expect(rows.flatMap((row, i) => (row.name === name ? found[i] : []))).toEqual([]);
	});

	test('nothing of any of these is logged or kept by n8n', () => {
		expect(foundElsewhere).toEqual([]);
	});
});

/** The answer with more under `result.data`. */
function answerWith({ result, ...rest }: TaskAnswer, data: Record<string, unknown>): unknown {
	return { ...rest, result: { ...result, data: { ...result.data, ...data } } };
}

describe('a photo that was put into the wrong parameter as text is not repeated in full', () => {
	const base64 = PHOTO.toString('base64');
	const rows: Record<string, IDataObject> = {
		UUID: { uuid: '={{ $json.photo }}' },
		'Input Binary Field': { binaryPropertyName: '={{ $json.photo }}' },
		'Receipt or Task ID': { operation: 'getResult', receipt: '={{ $json.photo }}' },
	};
	test.each(Object.entries(rows))('%s', async (_, parameters) => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const server = await WireServer.start({ poll: () => ({ do: 'answer', status: 404, body: {} }) });
			const ran = await runNode({
				...setupFor(server, 1, { parameters, settings: { onError } }),
				items: [{ json: { photo: base64 } }],
			});
			await server.close();
			const { message, description } = ran.error ?? { message: '' };
			expect(leaksIn(textsIn([message, description, ran.outputs, ran.hints]), server.tokens)).toEqual([]);
		}
	});
});

describe('with Hide Scores, no score comes out in any form', () => {
	const scores = {
		matchScore: '17.3125',
		scorePercent: '86.5625',
		score: 2.5943651,
		quality: 0.8175214,
		probability: 0.930498,
	};
	const { matchScore, scorePercent, score, quality, probability } = scores;
	const said = `probability ${probability}, below ${scorePercent} %`;
	const data = (authenticated: boolean, live: boolean, more: Record<string, unknown> = {}) => ({
		authentication: { result: authenticated, data: { matchScore, scorePercent } },
		liveness: { result: live, data: { score, quality, probability } },
		uuid: UUID,
		...more,
	});
	const task = (data: unknown, status = 200) => ({ id: 1, status: 'SUCCESS', result: { status, data } });
	const tasks: Record<string, unknown> = {
		'a pass': task(data(true, true)),
		'another person': task(data(false, true)),
		'a fake': task(data(true, false)),
		'a contradiction': task(data(true, true), 400),
		'scores in an issue': task(data(true, false, { issues: { liveness: { SPOOF: said } } })),
		'scores in an error': task(
			data(true, false, { liveness: { result: false, error: said, error_code: 'SPOOF' } }),
		),
		'scores in an error in the data': task(
			data(true, false, { liveness: { result: false, data: { error: said, error_code: 'SPOOF' } } }),
		),
		'scores beside the checks': task(data(true, true, { score, extend_data: { score } })),
		'scores in a failure': { id: 1, status: 'FAILURE', result: said },
		'scores in a failure’s exception': {
			id: 1,
			status: 'FAILURE',
			result: { exc_type: 'E', exc_message: [said] },
		},
	};
	const needles = Object.values(scores).flatMap((value) => [String(value), String(Number(value))]);

	const cases = NODES.flatMap(([node]) =>
		Object.entries(tasks).map(([name, body]) => [node, name, body] as const),
	);
	test.each(cases)('%s: %s', async (node, _, body) => {
		const { ran } = await leaksAfter(
			{},
			{ node, parameters: { options: { timeout: 1, hideScores: true, extendData: true } } },
			body,
		);
		const texts = [...textsIn(ran.run), ...textsIn(ran.hints), ...logged].map(({ text }) => text);
		expect(needles.filter((needle) => texts.some((text) => text.includes(needle)))).toEqual([]);
	});

	test.each<[NodeName, unknown[]]>([
		['authenticateFace', [matchScore, scorePercent, score, quality, probability]],
		['registerFace', [score, quality, probability]],
		['faceLiveness', [score, quality, probability]],
	])('%s: and without it they are there, so that the test can see them', async (node, shown) => {
		const { ran } = await leaksAfter({}, { node }, tasks['a pass']);
		const text = JSON.stringify(ran.json);
		expect(shown.map(Number).filter((value) => !text.includes(String(value)))).toEqual([]);
	});
});

test('the person whose UUID was given, or was registered, is named in the output; nobody is by a check of liveness', async () => {
	const uuids = await Promise.all(
		NODES.map(async ([node]) => (await leaksAfter({}, { node })).ran.json[0].uuid),
	);
	expect(uuids).toEqual([UUID, UUID, undefined]);
});
