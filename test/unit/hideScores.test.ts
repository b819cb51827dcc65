import type { ProgenyError } from '../../nodes/shared/errors/error';
import { messages } from '../../nodes/shared/errors/messages';
import { errorFromTexts, userError } from '../../nodes/shared/errors/n8nErrors';
import { fitToShow } from '../../nodes/shared/result/fitToShow';
import type { DecisionResult } from '../../nodes/shared/service';
import { quote, withoutNumbers } from '../../nodes/shared/util/quote';
import { JUDGES, PLAIN, task } from './judges';

const { authenticateFace } = JUDGES;
const SHOWING = { ...PLAIN, includeProviderData: true };
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
});

const result: DecisionResult = { decision: 'fail', reasons: ['PROBABILITY_0.43', '43', 'NOT_LIVE'] };
const issue = { check: 'probability 0.43', code: 'PROBABILITY_0.43', message: '0.43 of 0.95' };
const backgroundCheck = { potentialMatch: true, riskLevel: 'at 0.43', totalMatches: 43 };

test('no number of codes, checks, messages and counts is shown', () => {
	expect(fitToShow({ ...result, issues: [issue], backgroundCheck }, { hideScores: true })).toEqual({
		decision: 'fail',
		reasons: ['PROBABILITY_…', '…', 'NOT_LIVE'],
		issues: [{ check: 'probability …', code: 'PROBABILITY_…', message: '… of …' }],
		backgroundCheck: { potentialMatch: true, riskLevel: 'at …' },
	});
});

test('without Hide Scores a result is unchanged', () => {
	const whole = { ...result, issues: [issue], backgroundCheck };
	expect(fitToShow(whole, { hideScores: false })).toEqual(whole);
	expect(fitToShow(result, { hideScores: false })).toEqual(result);
});

test('provider data goes out as Progeny sent it without it, and changes nothing else', () => {
	const extended = task({ ...JUDGES.authenticateFace.passing.result.data, extend_data: { raw: 0.0293 } });
	for (const { judge } of Object.values(JUDGES)) {
		const found = judge(extended, SHOWING);
		expect(found).toStrictEqual({ ...judge(extended), providerData: extended.result });
		expect(judge(extended)).not.toHaveProperty('providerData');
		expect(judge({ status: 'SUCCESS' }, SHOWING)).toHaveProperty('providerData', null);
	}
});

describe('in errors', () => {
	const WORDS = quote('liveness: probability 0.43 of 0.95 (HTTP 999 within 43 seconds)');
	const HIDDEN = 'liveness: probability … of … (HTTP … within … seconds)';
	const NO_UPLOAD = 'Progeny did not accept the upload (HTTP 400)';
	const NO_TASK = 'Progeny could not complete its task (FAILURE)';
	test.each<[ProgenyError, string]>([
		[messages.submitRejected(400, WORDS), `${NO_UPLOAD}: ${HIDDEN}`],
		[messages.taskFailed('FAILURE', WORDS), `${NO_TASK}: ${HIDDEN}`],
		[messages.taskNotFound(WORDS), `Progeny does not know this task: ${HIDDEN}`],
		[messages.forbidden(WORDS), `Progeny does not allow this account to do that: ${HIDDEN}`],
	])("the numbers of the server's words go, ours stay: %s", (error, hidden) => {
		expect(error.message).toContain(WORDS);
		const told = error.about('d48eac86-228e-4933-a01d-279886a9c6b5');
		const hiding = told.hidingScores();
		expect(hiding.message).toBe(hidden);
		expect(hiding).toMatchObject({ code: error.code, remedy: told.remedy, status: error.status });
		expect(hiding.description).toContain('Task ID d48eac86-228e-4933-a01d-279886a9c6b5.');
	});

	test.each<[ProgenyError]>([
		[messages.timedOut(2.5, 'Progeny answered with HTTP 502')],
		[messages.unavailable(503)],
		[messages.imageTooLarge('photo_2', 25_000_000)],
	])('our own numbers stay: %s', (error) => {
		expect(error.hidingScores().message).toBe(error.message);
		expect(error.message).toMatch(/\d/);
	});

	const SCORE = 'score 0.43';
	test.each<[ProgenyError, string]>([
		[messages.badTaskResponse(422, 'x', SCORE), 'Progeny did not accept the poll of the task (HTTP 422)'],
		[messages.badLoginResponse(409, 'x', SCORE), 'The login answered without an access token (HTTP 409)'],
		[messages.timedOut(120, 'x (HTTP 502)', { words: SCORE }), 'No result within 120 seconds; x (HTTP 502)'],
		[messages.outcomeUnknown('x', SCORE), 'The upload was sent, but no answer arrived (x)'],
	])('numbers go wherever the words are: %s', (error, sentence) => {
		expect(error.hidingScores().message).toBe(`${sentence}: score …`);
		expect(error.hidingWords().message).toBe(sentence);
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
