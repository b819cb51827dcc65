import { backgroundCheck } from '../../nodes/BackgroundCheck/service';
import { pollOutcome } from '../../nodes/shared/task/outcomes';
import {
	documentScenarios,
	scenarioPhoto,
	scenarios,
	startSandbox,
	type Sandbox,
	type Scenario,
} from '../../sandbox';
import { summarize } from '../../sandbox/admin/summarize';
import { specOf, type Service } from '../../sandbox/api/paths';
import { DocumentReader, type Reading } from '../../sandbox/document/reader';
import { FaceEngine } from '../../sandbox/face/engine';
import { share } from '../support/thorough';
import { JUDGES } from '../unit/judges';
import { anyFile, login, look, post, runForm, send, upload, type Answer } from './support/client';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
});
afterAll(async () => await sandbox.close());

const readers = ['ocr_passport', 'ocr_card'] as const;
const verifiers = [
	'kyc_passport',
	'kyc_card',
	'kyc_passport_with_background_check',
	'kyc_card_with_background_check',
] as const;
const background = 'background_check';
const badImage = [
	'Upload a valid image. The file you uploaded was either not an image or a corrupted image.',
];

test('too many bytes that wait for the reader are refused, until they are read', async () => {
	let finish!: (reading: Reading) => void;
	const reading = new Promise<Reading>((resolve) => (finish = resolve));
	const mocks = [
		jest.spyOn(DocumentReader.prototype, 'read').mockReturnValue(reading),
		jest.spyOn(FaceEngine.prototype, 'look').mockResolvedValue({ readable: true, faces: [], tookMs: 0 }),
	];
	const small = await startSandbox({ taskTime: 0, maxWaitingBytes: 1 });
	try {
		const { access } = await login(small);
		const submit = () =>
			post(small, '/services/ocr_passport/', { passport_image: anyFile(), extend_data: 'false' }, access);
		const first = await submit();
		const { status, json } = await submit();
		expect([status, json.detail]).toEqual([503, 'Too many pictures are waiting. Try again later.']);
		finish({ error: 'DOCUMENT_NOT_FOUND' });
		while ((await look(small, first.json.id, access)).json.status !== 'SUCCESS');
		expect((await submit()).json).toEqual({ id: expect.any(String) });
	} finally {
		await small.close();
		for (const mock of mocks) mock.mockRestore();
	}
});

describe('background_check', () => {
	it.each([
		['Jane Doe', '1990-09-04', false],
		['Vera Nemo', '1969-07-03', true],
		['Vera Nemo', '1969-7-3', true],
	])('checks %s born on %s', async (fullname, birth_date, isHit) => {
		const { json } = await runForm(sandbox, token, background, { fullname, birth_date });
		const { potential_match, risk_level, total_matches, hits } = json.result.data.background_check;
		expect(json.result.status).toBe(200);
		expect([potential_match, risk_level, total_matches, hits.length]).toEqual(
			isHit ? [true, 'high', 1, 1] : [false, 'unknown', 0, 0],
		);
		expect(JSON.stringify([sandbox.requests, (await send(sandbox, '/sandbox/overview')).json])).not.toMatch(
			/nemo|doe/i,
		);
	});
});

/** Forces a scenario on a service: by the last of its files, beside ones that say nothing, or by the name. */
async function force(service: Service, name: string): Promise<Answer> {
	const { files } = specOf(service);
	if (files.length === 0) {
		const fullname = `Progeny sandbox scenario: ${name}`;
		return await runForm(sandbox, token, service, { fullname, birth_date: '1990-09-04' });
	}
	const picture = upload(Buffer.from(`Progeny sandbox scenario: ${name}`));
	const pictures = files.map((field, at) => [field, at === files.length - 1 ? picture : anyFile()]);
	return await runForm(sandbox, token, service, { ...Object.fromEntries(pictures), extend_data: 'false' });
}

describe('scenarios', () => {
	const document = {
		is_valid: true,
		is_expired: false,
		dateOfBirth: '1990-9-4',
		age: expect.any(Number),
		firstName: 'JANE',
		lastName: 'DOE',
		dateOfIssue: 'None-None-None',
		dateOfExpiry: expect.stringMatching(/^20\d\d-\d\d?-1$/),
		documentNumber: 'XX000000',
		sex: 'F',
		nationality: 'UKRAINIAN',
		portrait: expect.stringMatching(/^images\/services\//),
		portrait_url: expect.stringMatching(/^https:/),
	};
	const clear = { potential_match: false, risk_level: 'unknown', total_matches: 0, hits: [] };
	const holder = { compare: true, liveness: true };
	const notFound = { document: { DOCUMENT_NOT_FOUND: 'No machine-readable zone found' } };
	const ok = (data: object) => ({ status: 200, data });
	const bad = (data: object) => ({ status: 400, data });

	it.each<[string, Service, unknown]>([
		['pass', 'ocr_passport', ok({ document })],
		['pass', 'ocr_card', ok({ document })],
		['pass', 'kyc_card', ok({ document, ...holder })],
		['pass', 'kyc_passport_with_background_check', ok({ document, ...holder, background_check: clear })],
		['pass', 'background_check', ok({ background_check: clear })],
		['another-person', 'kyc_passport', ok({ document, compare: false, liveness: true })],
		['spoof', 'kyc_passport', ok({ document, compare: true, liveness: false })],
		['spoof', 'ocr_passport', ok({ document: { ...document, is_valid: false } })],
		['no-authentication', 'kyc_card', ok({ document, liveness: true })],
		['no-liveness', 'kyc_card', ok({ document, compare: true })],
		['no-liveness', 'ocr_card', ok({})],
		['no-checks', 'kyc_card', ok({})],
		['string-booleans', 'kyc_card', ok({ document, compare: 'true', liveness: 'true' })],
		[
			'another-person-with-issue',
			'kyc_card',
			bad({
				document,
				compare: false,
				liveness: true,
				issues: { compare: { FACES_DO_NOT_MATCH: 'Faces do not match' } },
			}),
		],
		[
			'face-too-small-a',
			'ocr_card',
			bad({ issues: { document: { FACE_TOO_SMALL: 'Absolute face size is too small' } } }),
		],
		['document-invalid', 'kyc_card', ok({ document: { ...document, is_valid: false }, ...holder })],
		[
			'document-expired',
			'ocr_card',
			ok({ document: { ...document, is_expired: true, dateOfExpiry: '2019-4-15' } }),
		],
		['document-not-read', 'kyc_card', bad({ ...holder, issues: notFound })],
		['document-not-read', 'ocr_passport', bad({ issues: notFound })],
		[
			'document-without-dates',
			'ocr_card',
			ok({
				document: {
					...document,
					is_expired: null,
					age: -1,
					dateOfBirth: 'None-None-None',
					dateOfExpiry: 'None-None-None',
				},
			}),
		],
		['document-contradictory', 'ocr_card', ok({ document: { ...document, dateOfExpiry: '2019-4-15' } })],
		[
			'background-check-hit',
			'kyc_card_with_background_check',
			ok({
				document,
				...holder,
				background_check: {
					potential_match: true,
					risk_level: 'high',
					total_matches: 1,
					hits: [expect.any(Object)],
				},
			}),
		],
		['background-check-hit', 'kyc_card', ok({ document, ...holder })],
		['background-check-risk', background, ok({ background_check: { ...clear, risk_level: 'high' } })],
		['background-check-missing', background, ok({})],
		['background-check-missing', 'kyc_card_with_background_check', ok({ document, ...holder })],
		[
			'background-check-bare',
			'kyc_card_with_background_check',
			ok({ document, ...holder, background_check: clear }),
		],
		['document-expired', background, ok({ background_check: clear })],
		['result-null', 'kyc_card', null],
	])('%s, %s', async (name, service, result) => {
		const answer = await force(service, name);
		expect(answer.json.result).toEqual(result);
		expect(sandbox.tasks.at(-1)).toMatchObject({ service, scenario: name });
	});

	it('tell ages and expiry from today', async () => {
		const ages = (await force('ocr_card', 'document-of-a-child')).json.result.data.document;
		expect([ages.age, ages.is_valid, ages.is_expired]).toEqual([10, true, false]);
		const { dateOfExpiry, is_expired } = (await force('ocr_card', 'document-expires-soon')).json.result.data
			.document;
		const [year, month, day] = dateOfExpiry.split('-').map(Number);
		const days = (Date.UTC(year, month - 1, day) - Date.now()) / 86_400_000;
		expect([Math.ceil(days), is_expired]).toEqual([20, false]);
	});

	it('background-check-bare is to the letter of the documented sample', async () => {
		const fields = {
			fullname: 'Progeny sandbox scenario: background-check-bare',
			birth_date: '1990-09-04',
		};
		const { json } = await post(sandbox, `/services/${background}/`, fields, token);
		expect((await look(sandbox, json.id, token)).text).toBe(JSON.stringify({ background_check: clear }));
	});

	it.each(documentScenarios.filter(({ name }) => name.startsWith('background-check-')))(
		'$name comes to $conclusion in the shipped node',
		async ({ name, conclusion }) => {
			const fields = { fullname: `Progeny sandbox scenario: ${name}`, birth_date: '1990-09-04' };
			const { json } = await post(sandbox, `/services/${background}/`, fields, token);
			const { status, json: body } = await look(sandbox, json.id, token);
			const outcome = pollOutcome({ kind: 'answer', status, body }, 0, backgroundCheck.unwrappedField);
			const task = outcome.kind === 'finished' ? outcome.task : {};
			expect(JUDGES.backgroundCheck.judge(task).decision).toBe(conclusion);
			expect(outcome.kind).toBe('finished');
		},
	);

	/** Scenarios whose only fault is one of the match, which a service that only reads a document does not make. */
	const ofTheMatch = ['another-person', 'another-person-with-issue', 'unregistered', 'no-authentication'];

	function isPass(service: Service, { name, conclusion }: Pick<Scenario, 'name' | 'conclusion'>): boolean {
		const { files, backgroundCheck } = specOf(service);
		const isOfAnother =
			(files[0] !== 'selfie_image' && ofTheMatch.includes(name)) ||
			(!backgroundCheck && name.startsWith('background-check-'));
		// Plain booleans are what the passport sample has, and the page does not compare dates.
		const others = ['plain-booleans', 'document-contradictory'];
		return conclusion === 'pass' || isOfAnother || others.includes(name);
	}

	it.each<Service>(share([...readers, ...verifiers], 3))(
		'%s passes by those alone that pass',
		async (service) => {
			const soon = [...scenarios, ...documentScenarios].filter(({ takes }) => takes === undefined);
			// All at once, since some take a second.
			await Promise.all(soon.map(({ name }) => force(service, name)));
			const passed = soon.map(({ name }) => {
				const task = sandbox.tasks.findLast((other) => other.service === service && other.scenario === name);
				return [name, task?.answer !== undefined && summarize(service, task.answer).verdict === 'pass'];
			});
			expect(passed).toEqual(soon.map((scenario) => [scenario.name, isPass(service, scenario)]));
		},
	);

	it.each<[Service, object]>([
		['kyc_card', { selfie_image: badImage }],
		['ocr_passport', { passport_image: badImage }],
		[background, { fullname: ['Not a valid string.'] }],
	])('a refusal of %s names a field that it has', async (service, body) => {
		expect((await force(service, 'refused-400')).json).toEqual(body);
	});

	it('the first photo that is made for one decides', async () => {
		const { json } = await runForm(sandbox, token, 'kyc_card', {
			selfie_image: anyFile(),
			front_id: upload(await scenarioPhoto('spoof')),
			back_id: upload(await scenarioPhoto('pass')),
			extend_data: 'true',
		});
		expect(json.result.data.liveness).toBe(false);
		expect(json.result.data.extend_data).toEqual({ ocr_card: { provider: 'sandbox', scenario: 'spoof' } });
	});

	it('of documents are refused by the face services, and ones that are not there by all', async () => {
		const image = upload(await scenarioPhoto('document-expired'));
		const fields = { image, extend_data: 'false' };
		expect(await runForm(sandbox, token, 'face_liveness', fields)).toMatchObject({
			status: 400,
			json: { image: ['The scenario "document-expired" is one of the document services.'] },
		});
		const back_id = upload(Buffer.from('Progeny sandbox scenario: perfect'));
		const card = { front_id: anyFile(), back_id, extend_data: 'false' };
		expect(await runForm(sandbox, token, 'ocr_card', card)).toMatchObject({
			status: 400,
			json: { back_id: ['There is no scenario "perfect".'] },
		});
	});

	it('need no face engine', async () => {
		expect((await send(sandbox, '/sandbox/overview')).json.engine.started).toBe(false);
	});
});
