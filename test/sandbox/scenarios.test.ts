import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundCheck } from '../../nodes/BackgroundCheck/service';
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import { faceScenarios, scenarioPhoto, scenarios, scenarioUuid, type Scenario } from '../../sandbox';
import { specOf, type SandboxService } from '../../sandbox/api/paths';
import { isUsable, usableWith } from '../../sandbox/tasks/scenarios';
import { IS_THOROUGH } from '../support/thorough';
import * as documented from '../unit/documented';
import { JUDGES, PLAIN, type NodeName } from '../unit/judges';
import { anyFile, sandboxForFile, upload, type Answer, type Fields } from './support/client';

const client = sandboxForFile();
const stranger = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const marked = (name: string) => upload(Buffer.from(`Progeny sandbox scenario: ${name}`));

/** Returns a form that forces a scenario: by the last of the service's files, or by the name. */
function formOf(service: SandboxService, name: string, extend_data = 'false'): Fields {
	const { files } = specOf(service);
	if (files.length === 0) return { fullname: `Progeny sandbox scenario: ${name}`, birth_date: '1990-09-04' };
	const pictures = files.map((field, at) => [field, at === files.length - 1 ? marked(name) : anyFile()]);
	return { ...Object.fromEntries(pictures), extend_data, uuid: stranger };
}

const nodeOf = (service: SandboxService): NodeName => {
	if (service === 'authenticate_face') return 'authenticateFace';
	if (service === 'face_liveness') return 'faceLiveness';
	if (service === 'register_face') return 'registerFace';
	if (service === 'background_check') return 'backgroundCheck';
	return service.startsWith('ocr_') ? 'readDocument' : 'verifyIdentity';
};

/** Returns what the shipped node concludes from the answer to a submit or a poll of this service: `error` if no check was made. */
function conclude(service: SandboxService, { status, json }: Answer): Scenario['conclusion'] {
	if (status !== 200 && json?.status === undefined) return 'error';
	const reply = { kind: 'answer' as const, status, body: json };
	const outcome = pollOutcome(reply, 0, backgroundCheck.unwrappedField, hasNoContent);
	if (outcome.kind !== 'finished') return 'error';
	const today = new Date();
	const day = today.toISOString().slice(0, 10);
	const parameters = {
		...PLAIN,
		days: [day],
		now: [today.getTime()],
		includesBackgroundCheck: service.endsWith('_with_background_check'),
	};
	return JUDGES[nodeOf(service)].judge(outcome.task, parameters).decision;
}

const force = (service: SandboxService, name: string) => client.run(service, formOf(service, name));

describe('the list', () => {
	it('has unique names, and UUIDs that never change', () => {
		const names = scenarios.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(faceScenarios.map(({ uuid }) => uuid)).size).toBe(faceScenarios.length);
		const pinned = { pass: 101, 'failed-to-read-image-b': 226, revoked: 404, never: 501, 'refused-502': 604 };
		for (const [name, number] of Object.entries(pinned))
			expect(scenarioUuid(name)).toBe(`00000000-0000-1000-8000-000000000${number}`);
		expect(() => scenarioUuid('nothing')).toThrow('nothing');
	});

	it('is in scenarios.md', () => {
		const page = readFileSync(join(__dirname, '../../sandbox/scenarios.md'), 'utf8');
		const rows = page.split('\n').filter((line) => /^\| (`?0|document-|background-)/.test(line));
		const uuids = new Map(faceScenarios.map(({ name, uuid }) => [name, `\`${uuid}\` | `]));
		const expected = scenarios.map((scenario) => {
			const { name, does, conclusion } = scenario;
			const uuid = uuids.get(name);
			return `| ${uuid ?? ''}${name} | ${does} |${uuid ? ` ${usableWith(scenario)} |` : ''} ${conclusion} |`;
		});
		expect(rows).toEqual(expected);
	});
});

const isSlow = ({ takes = 0 }: Scenario) => takes === 'never' || takes > 5_000;

describe.each(['authenticate_face', 'kyc_card_with_background_check'] as const)('with %s', (service) => {
	it('the shipped node concludes what each scenario promises', async () => {
		const soon = scenarios.filter((scenario) => !isSlow(scenario) && isUsable(scenario, service));
		// All at once, since some take a second.
		const answers = await Promise.all(soon.map(({ name }) => force(service, name)));
		const conclusions = answers.map((answer, at) => [soon[at]!.name, conclude(service, answer)]);
		expect(conclusions).toEqual(soon.map(({ name, conclusion }) => [name, conclusion]));
		answers.forEach(({ status }, at) => {
			const { refuse, name } = soon[at]!;
			expect(status).toBe(refuse?.status ?? (name === 'http-400-result' ? 400 : 200));
		});
	});

	it('slow scenarios do not finish soon', async () => {
		for (const { name, unfinished } of scenarios.filter(isSlow)) {
			const { json } = await client.submit(service, formOf(service, name));
			const answer = await client.look(json.id);
			expect(answer.status).toBe(unfinished === 'notFound' ? 404 : 200);
			expect(answer.json.status).not.toBe('SUCCESS');
			expect(client.sandbox.tasks.at(-1)).toMatchObject({ service, scenario: name });
		}
	});
});

it('a reserved UUID forces its scenario too, whatever the photo shows', async () => {
	const soon = faceScenarios.filter(({ takes }, i) => takes === undefined && (IS_THOROUGH || i % 4 === 0));
	const answers = await Promise.all(soon.map(({ uuid }) => client.authenticate(uuid)));
	expect(answers.map((answer) => conclude('authenticate_face', answer))).toEqual(
		soon.map(({ conclusion }) => conclusion),
	);
	const answer = await client.authenticate(scenarioUuid('pass'), marked('spoof'));
	expect(conclude('authenticate_face', answer)).toBe('pass');
});

const { AUTHENTICATED, BACKGROUND_CHECK, FACE_NOT_FOUND, FACE_TOO_SMALL, LIVE, REGISTERED } = documented;
describe('as the documented samples', () => {
	it.each<[SandboxService, string, object]>([
		['authenticate_face', 'pass', AUTHENTICATED],
		['authenticate_face', 'face-too-small-a', FACE_TOO_SMALL],
		['face_liveness', 'pass', LIVE],
		['face_liveness', 'face-not-found-b', FACE_NOT_FOUND],
		[
			'register_face',
			'pass',
			{ ...REGISTERED, result: { status: 200, data: { uuid: scenarioUuid('pass') } } },
		],
	])('%s, %s', async (service, name, sample) => {
		const { json } = await force(service, name);
		expect(json).toEqual({ ...sample, id: json.id });
	});

	it('background_check, without the envelope', async () => {
		const bare = formOf('background_check', 'background-check-bare');
		const { json } = await client.submit('background_check', bare);
		expect((await client.look(json.id)).json).toEqual(BACKGROUND_CHECK);
	});
});

describe("a scenario's photo", () => {
	it('is served, with the name in it', async () => {
		const { status, headers } = await client.send('/sandbox/scenarios/spoof.png');
		expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
		const image = upload(await scenarioPhoto('spoof'), 'photo.png');
		const answer: Answer = await client.run('face_liveness', { image, extend_data: 'false' });
		expect(conclude('face_liveness', answer)).toBe('fail');
		expect(client.sandbox.tasks.at(-1)).toMatchObject({ scenario: 'spoof' });
		expect((await client.send('/sandbox/scenarios/nothing.png')).status).toBe(404);
		await expect(scenarioPhoto('nothing')).rejects.toThrow('nothing');
	});
});
