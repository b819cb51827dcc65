import sharp from 'sharp';
import { inspectImage } from '../../nodes/shared/photo/imageFacts';
import {
	scenarioPhoto,
	scenarios,
	scenarioUuid,
	startSandbox,
	type Sandbox,
	type Scenario,
} from '../../sandbox';
import { share } from '../support/thorough';
import { JUDGES } from '../unit/judges';
import { authenticate, login, look, photo, post, run, send, upload, type Answer } from './support/client';

type Service = 'authenticate_face' | 'face_liveness' | 'register_face';
type Conclusion = Scenario['conclusion'];

const stranger = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

const pictures = new Map<string, Promise<Buffer>>();

/** The scenario's photo, made once. */
function pictureOf(name: string): Promise<Buffer> {
	if (!pictures.has(name)) pictures.set(name, scenarioPhoto(name));
	return pictures.get(name)!;
}

const judges: Record<Service, (task: Record<string, unknown>) => Conclusion> = {
	authenticate_face: (task) => JUDGES.authenticateFace.judge(task).decision,
	face_liveness: (task) => JUDGES.faceLiveness.judge(task).decision,
	register_face: (task) => (JUDGES.registerFace.judge(task).decision === 'pass' ? 'pass' : 'fail'),
};

/** What the shipped nodes make of an answer: `error` where the upload was refused or the job failed, else what they judge. */
function conclude(service: Service, { json }: Answer): Conclusion {
	return json?.status === 'SUCCESS' ? judges[service](json) : 'error';
}

/** Scenarios whose only fault is one of the match, which the other services do not make. */
const ofTheMatch = ['another-person', 'another-person-with-issue', 'unregistered', 'no-authentication'];

function expected(service: Service, { name, conclusion }: Scenario): Conclusion {
	if (service === 'authenticate_face') return conclusion;
	if (ofTheMatch.includes(name)) return 'pass';
	return service === 'register_face' && conclusion === 'review' ? 'fail' : conclusion;
}

const isSlow = ({ takes = 0 }: Scenario) => takes === 'never' || takes > 5_000;
const soon = scenarios.filter((scenario) => !isSlow(scenario));

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
});
afterAll(async () => await sandbox.close());

/** Uploads a picture as the nodes do: under a name that says nothing. */
async function submit(service: Service, picture: Buffer, uuid = stranger): Promise<Answer> {
	const person: Record<string, string> = service === 'authenticate_face' ? { uuid } : {};
	return await run(sandbox, token, service, upload(picture, 'photo.png'), person);
}

/** Every second one in `npm test`: those of Authenticate Face. */
const ways: Array<[Service, 'photo' | 'UUID']> = [
	['authenticate_face', 'UUID'],
	['face_liveness', 'photo'],
	['authenticate_face', 'photo'],
	['register_face', 'photo'],
];

describe.each(share(ways, 2))('%s, forced by the %s', (service, by) => {
	const inputOf = async (name: string): Promise<[Buffer, string]> =>
		by === 'UUID' ? [Buffer.from('not a picture'), scenarioUuid(name)] : [await pictureOf(name), stranger];

	let answers: Map<string, Answer>;
	beforeAll(async () => {
		// All at once, since some take a second.
		const pairs = soon.map(
			async ({ name }) => [name, await submit(service, ...(await inputOf(name)))] as const,
		);
		answers = new Map(await Promise.all(pairs));
	});

	it.each(soon.map((scenario) => [scenario.name, expected(service, scenario), scenario] as const))(
		'concludes from %s: %s',
		(name, conclusion, { refuse, answer }) => {
			const { status } = answers.get(name)!;
			expect(status).toBe(refuse?.status ?? answer?.httpStatus ?? 200);
			expect(conclude(service, answers.get(name)!)).toBe(conclusion);
		},
	);

	it.each(scenarios.filter(isSlow))('does not finish $name soon', async ({ name, unfinished }) => {
		const [picture, uuid] = await inputOf(name);
		const fields = { image: upload(picture, 'photo.png'), uuid };
		const { json } = await post(sandbox, `/services/${service}/`, fields, token);
		await new Promise((resolve) => setTimeout(resolve, 50));
		const answer = await look(sandbox, json.id, token);
		expect(answer.status).toBe(unfinished === 'notFound' ? 404 : 200);
		expect(answer.json.status).not.toBe('SUCCESS');
		const task = sandbox.tasks.find(({ taskId }) => taskId === json.id);
		expect(task).toMatchObject({ service, scenario: name });
		expect(task).not.toHaveProperty('finishedAt');
	});
});

describe('shapes', () => {
	const numbers = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
	const live = { data: numbers, result: true };
	const matched = { result: true, data: { matchScore: '20.0', scorePercent: '100.0' } };
	const tooSmall = {
		data: {
			liveness: { result: false, error: 'Absolute face size is too small', error_code: 'FACE_TOO_SMALL' },
			issues: { liveness: { FACE_TOO_SMALL: 'Absolute face size is too small' } },
		},
		status: 400,
	};
	const notFound = {
		data: {
			liveness: { data: { error: 'Failed to detect face', error_code: 'FACE_NOT_FOUND' }, result: false },
			issues: { liveness: { FACE_NOT_FOUND: 'Failed to detect face' } },
		},
		status: 200,
	};

	it.each<[Service, string, unknown]>([
		['authenticate_face', 'pass', { status: 200, data: { authentication: matched, liveness: live } }],
		['authenticate_face', 'face-too-small-a', tooSmall],
		['authenticate_face', 'face-not-found-b', notFound],
		['face_liveness', 'pass', { data: { liveness: live }, status: 200 }],
		['face_liveness', 'face-too-small-a', tooSmall],
		['face_liveness', 'face-not-found-b', notFound],
		['register_face', 'pass', { status: 200, data: { uuid: scenarioUuid('pass') } }],
	])('%s, %s: to the letter of the documented sample', async (service, name, result) => {
		const { text, json } = await submit(service, await pictureOf(name));
		// As text, so that key order and the kinds of numbers count too.
		expect(text).toBe(JSON.stringify({ id: json.id, status: 'SUCCESS', result }));
	});

	it.each<[Service, string, unknown]>([
		['face_liveness', 'another-person-with-issue', { liveness: live }],
		['register_face', 'no-checks', {}],
		[
			'register_face',
			'contradictory-issues',
			{
				uuid: scenarioUuid('contradictory-issues'),
				issues: { liveness: { FACE_TOO_SMALL: 'Absolute face size is too small' } },
			},
		],
	])('%s, %s', async (service, name, data) => {
		expect((await submit(service, await pictureOf(name))).json.result.data).toEqual(data);
	});

	it('a refusal names a field that the service has', async () => {
		const refused = async (service: Service) =>
			Object.keys((await submit(service, await scenarioPhoto('refused-400'))).json);
		expect(await refused('authenticate_face')).toEqual(['uuid']);
		expect(await refused('face_liveness')).toEqual(['image']);
		expect(await refused('register_face')).toEqual(['image']);
	});
});

it.each<[string, Conclusion]>([
	['pass', 'pass'],
	['another-person', 'fail'],
	['low-match', 'pass'],
	['unregistered', 'fail'],
])(
	'a face registered by a photo of %s is checked as that scenario later, whatever its photo shows: %s',
	async (name, conclusion) => {
		const { uuid } = (await submit('register_face', await pictureOf(name))).json.result.data;
		const later = await authenticate(sandbox, token, uuid, upload(photo('cat.png')));
		expect([uuid, conclude('authenticate_face', later)]).toEqual([scenarioUuid(name), conclusion]);
	},
);

describe('the photo', () => {
	it.each(scenarios.map(({ name }) => name))('of %s is one that the nodes take', async (name) => {
		const file = await pictureOf(name);
		expect(inspectImage(file)).toEqual({
			facts: expect.objectContaining({ format: 'png', width: 480, height: 600 }),
		});
		expect(file.length).toBeLessThan(30_000);
	});

	it('is served beside the list', async () => {
		const { status, headers } = await send(sandbox, '/sandbox/scenarios/spoof.png');
		expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
		const { json } = await send(sandbox, '/sandbox/scenarios');
		const { photo: path } = json.find(({ name }: Scenario) => name === 'spoof');
		const served = Buffer.from(await (await fetch(sandbox.origin + path)).arrayBuffer());
		expect(served).toEqual(await scenarioPhoto('spoof'));
		expect((await send(sandbox, '/sandbox/scenarios/nothing.png')).status).toBe(404);
	});

	it('keeps its scenario where it is made anew with its description', async () => {
		const changed = await sharp(await scenarioPhoto('spoof'))
			.resize(300)
			.keepMetadata()
			.jpeg()
			.toBuffer();
		expect(conclude('face_liveness', await submit('face_liveness', changed))).toBe('fail');
		expect(sandbox.tasks.at(-1)).toMatchObject({ scenario: 'spoof' });
	});

	it('has less to say than a reserved UUID', async () => {
		const answer = await submit('authenticate_face', await scenarioPhoto('spoof'), scenarioUuid('pass'));
		expect(conclude('authenticate_face', answer)).toBe('pass');
	});

	it('of a scenario that is not there is refused in so many words', async () => {
		const file = Buffer.from('Progeny sandbox scenario: perfect');
		const { status, json } = await submit('register_face', file);
		expect([status, json]).toEqual([400, { image: ['There is no scenario "perfect".'] }]);
	});

	it('needs no face engine', async () => {
		expect((await send(sandbox, '/sandbox/overview')).json.engine).toEqual({ started: false, busy: 0 });
	});
});

it('has no photo of another name', async () => {
	await expect(scenarioPhoto('nothing')).rejects.toThrow('nothing');
});
