import type { ProgenyError } from '../../nodes/shared/errors/error';
import { messages } from '../../nodes/shared/errors/messages';
import { errorFromTexts, userError } from '../../nodes/shared/errors/n8nErrors';
import { quote, withoutNumbers } from '../../nodes/shared/util/quote';
import { JUDGES, PLAIN, task } from './judges';

const { authenticateFace, faceLiveness, registerFace } = JUDGES;
const HIDING = { ...PLAIN, hideScores: true, includeProviderData: true };

describe('in results', () => {
	const SCORES = ['87654.321', '76.5439', '2.71828', '0.61803', '0.57721'];
	const [matchScore, scorePercent, score, quality, probability] = SCORES;
	const liveness = {
		result: false,
		data: {
			score: Number(score),
			quality: Number(quality),
			probability: Number(probability),
			error: `Probability ${probability} is below 0.95`,
			error_code: 'PROBABILITY_TOO_SMALL',
			raw: { engine: { probability } },
		},
	};
	const answer = task({
		authentication: { result: true, data: { matchScore, scorePercent, distance: 0.123456 } },
		liveness,
		issues: { liveness: { LOW_SCORE: `Score ${score}, quality ${quality}, 57,721 of 100000` } },
		error: `Quality ${quality}`,
		error_code: `Too low: ${score}`,
	});

	test('leaves no digit of any score anywhere', () => {
		for (const { judge } of Object.values(JUDGES)) {
			const output = JSON.stringify(judge(answer, HIDING));
			expect(output).not.toMatch(/\d/);
			expect(output).toContain('PROBABILITY_TOO_SMALL');
		}
	});

	test('keeps the decision, the reasons and the words', () => {
		expect(authenticateFace.judge(answer, HIDING)).toStrictEqual({
			authenticated: false,
			decision: 'fail',
			reasons: ['LOW_SCORE', 'PROBABILITY_TOO_SMALL', 'NOT_LIVE'],
			issues: [
				{ check: 'liveness', code: 'LOW_SCORE', message: 'Score …, quality …, … of …' },
				{ check: 'liveness', code: 'PROBABILITY_TOO_SMALL', message: 'Probability … is below …' },
				{ check: 'task', code: 'Too low: …', message: 'Quality …' },
			],
			authentication: { result: true },
			liveness: { result: false },
		});
	});

	test('the same answer shows every score without it', () => {
		const output = JSON.stringify(authenticateFace.judge(answer));
		for (const each of SCORES) expect(output).toContain(each);
	});

	test('a minimum still counts, and a UUID is still given', () => {
		const live = task({ liveness: { result: true, data: { probability: 0.5 } } });
		const parameters = { ...HIDING, minimums: { minLivenessProbability: 0.6 } };
		expect(faceLiveness.judge(live, parameters)).toStrictEqual({
			live: false,
			decision: 'review',
			reasons: ['LIVENESS_BELOW_MINIMUM'],
			liveness: { result: true },
		});
		const uuid = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
		expect(registerFace.judge(task({ uuid }), HIDING)).toMatchObject({ registered: true, uuid });
	});
});

test('provider data goes out as Progeny sent it without it, and changes nothing else', () => {
	const extended = task({ ...JUDGES.authenticateFace.passing.result.data, extend_data: { raw: 0.0293 } });
	for (const { judge } of Object.values(JUDGES)) {
		const found = judge(extended, { ...PLAIN, includeProviderData: true });
		expect(found).toStrictEqual({ ...judge(extended), providerData: extended.result });
		expect(judge(extended)).not.toHaveProperty('providerData');
		expect(judge({ status: 'SUCCESS' }, { ...PLAIN, includeProviderData: true })).toHaveProperty(
			'providerData',
			null,
		);
	}
});

describe('in errors', () => {
	const WORDS = quote('liveness: probability 0.43 of 0.95 (HTTP 999 within 43 seconds)');
	const HIDDEN = 'liveness: probability … of … (HTTP … within … seconds)';
	test.each<[string, ProgenyError, string]>([
		[
			'a refused upload',
			messages.submitRejected(400, WORDS),
			`Progeny did not accept the upload (HTTP 400): ${HIDDEN}`,
		],
		[
			'a failed task',
			messages.taskFailed('FAILURE', WORDS),
			`Progeny could not complete its task (FAILURE): ${HIDDEN}`,
		],
		['an unknown task', messages.taskNotFound(WORDS), `Progeny does not know this task: ${HIDDEN}`],
		[
			'a forbidden service',
			messages.forbidden(WORDS),
			`Progeny does not allow this account to do that: ${HIDDEN}`,
		],
	])("the numbers of the server's words go, ours stay: %s", (_, error, hidden) => {
		expect(error.message).toContain(WORDS);
		const hiding = error.about('d48eac86-228e-4933-a01d-279886a9c6b5').hidingScores();
		expect(hiding.message).toBe(hidden);
		expect(hiding).toMatchObject({ code: error.code, remedy: error.remedy, status: error.status });
		expect(hiding.description).toContain('Task ID d48eac86-228e-4933-a01d-279886a9c6b5.');
	});

	test.each<[string, ProgenyError]>([
		['a timeout', messages.timedOut(2.5, 'Progeny answered with HTTP 502')],
		['a timeout of a second', messages.timedOut(1, '')],
		['an HTTP status', messages.unavailable(503)],
		['the address of an API', messages.badBaseUrl('has no /api/v3')],
		['the size of a photo', messages.imageTooLarge('photo_2', 25_000_000, 20_971_520)],
		['the name of a file', messages.emptyImage('photo_2')],
		['a connection', messages.outcomeUnknown('HTTP 500')],
		['a login', messages.badLoginResponse(404, 'a text')],
	])('our own numbers stay: %s', (_, error) => {
		expect(error.hidingScores().message).toBe(error.message);
		expect(error.message).toMatch(/\d/);
	});

	test.each<[string, ProgenyError, string]>([
		[
			'in the answer to a poll',
			messages.badTaskResponse(422, 'a list', 'score 0.43'),
			'Progeny did not accept the poll of the task (HTTP 422): score …',
		],
		[
			'in the answer to a login',
			messages.badLoginResponse(409, 'a list', 'score 0.43'),
			'The login answered without an access token (HTTP 409): score …',
		],
		[
			'in the trouble of the last poll',
			messages.timedOut(120, 'it failed (HTTP 502)', { words: 'score 0.43' }),
			'No result within 120 seconds; it failed (HTTP 502): score …',
		],
		[
			"in n8n's own error",
			messages.outcomeUnknown('the connection failed', 'score 0.43'),
			'The upload was sent, but no answer arrived (the connection failed): score …',
		],
	])('numbers go wherever the words are: %s', (_, error, hidden) => {
		expect(error.hidingScores().message).toBe(hidden);
		expect(error.hidingWords().message).toBe(hidden.replace(': score …', ''));
	});

	test('of an error that n8n passed on only the words change; a text that n8n changed counts as words', () => {
		const thrown = userError(messages.badLoginResponse(409, 'a list', 'blocked for 300 s'));
		const { message, description } = thrown;
		expect(errorFromTexts(message, description)?.hidingScores().message).toMatch(
			/HTTP 409.*blocked for … s$/,
		);
		const changed = errorFromTexts(`Error: ${message}`, description)!;
		expect(changed.message).toContain('(HTTP 409): blocked for 300 s');
		expect(changed.hidingScores().serverWords).not.toMatch(/\d/);
		expect(changed.hidingWords().message).toBe('n8n could not use the Progeny credential');
	});
});

test.each([
	['0.43', '…'],
	['1,234.5 and 7', '… and …'],
	['٠٫٤٣', '…'],
	['４３ percent', '… percent'],
	['½ sure', '… sure'],
	['none', 'none'],
])('withoutNumbers(%j) is %j', (text, shown) => {
	expect(withoutNumbers(text)).toBe(shown);
});
