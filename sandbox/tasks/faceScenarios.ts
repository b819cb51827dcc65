import {
	authenticationBlock,
	dataAnswer,
	exception,
	faceErrorAnswer,
	faceErrors,
	failureAnswer,
	livenessBlock,
	livenessNumbers,
	type FaceErrorCode,
	type FailureShape,
	type FinishedAnswer,
	unregisteredAnswer,
} from './answers';
import type { Unfinished } from './unfinished';

/** An outcome that is forced, whatever a picture shows. */
export interface ForcedOutcome {
	/** Its heading in lists. */
	group: string;
	/** A short name that never changes. */
	name: string;
	/** A description in one sentence. */
	does: string;
	/** The conclusion of a careful client: a decision, or `error` if no check was made. */
	conclusion: 'pass' | 'review' | 'fail' | 'error';
	/** The time of the task in ms, in place of the task time; `never` if it does not finish. */
	takes?: number | 'never';
	/** The task's answer before it has finished, in place of the setting. */
	unfinished?: Unfinished;
	/** The answer to the POST; no task is made then. */
	refuse?: { status: number; body: unknown; headers?: Record<string, string> };
}

/** The checks of a service that compares a selfie with a document, as in the passport sample. */
export interface SelfieChecks {
	compare?: unknown;
	liveness?: unknown;
	issues?: Record<string, Record<string, string>>;
	/** `result.status`, 200 if absent. */
	status?: number;
}

/** An outcome that a reserved UUID forces on authenticate_face, and a scenario photo on other services. */
export interface FaceScenario extends ForcedOutcome {
	/** The UUID that forces it. */
	uuid: string;
	/** The finished task of authenticate_face. The other face services answer the same without the match. */
	answer?: FinishedAnswer;
	/** The checks in the answer of services with a selfie and a document. If absent, the scenario is for the face services only. */
	selfie?: SelfieChecks;
}

type Plain = Omit<FaceScenario, 'uuid' | 'group'>;

// The numbers of Progeny's own sample.
const sampleNumbers = { score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const matched = authenticationBlock(true, 1);
const live = livenessBlock(true, sampleNumbers);
const passing = {
	answer: dataAnswer({ authentication: matched, liveness: live }),
	selfie: { compare: true, liveness: true },
};

const verdicts: Plain[] = [
	{ name: 'pass', does: 'Live and the registered person.', conclusion: 'pass', ...passing },
	{
		name: 'another-person',
		does: 'Live, but not the registered person.',
		conclusion: 'fail',
		answer: dataAnswer({ authentication: authenticationBlock(false, 0.19), liveness: live }),
		selfie: { compare: false, liveness: true },
	},
	{
		name: 'another-person-with-issue',
		does: 'Not the registered person, with a code in `issues.authentication` and `result.status` 400.',
		conclusion: 'fail',
		answer: dataAnswer(
			{
				authentication: { result: false, error: 'Faces do not match', error_code: 'FACES_DO_NOT_MATCH' },
				liveness: live,
				issues: { authentication: { FACES_DO_NOT_MATCH: 'Faces do not match' } },
			},
			400,
		),
		selfie: {
			compare: false,
			liveness: true,
			issues: { compare: { FACES_DO_NOT_MATCH: 'Faces do not match' } },
			status: 400,
		},
	},
	{
		name: 'spoof',
		does: 'The registered person on a photo of a photo: not live, numbers but no code.',
		conclusion: 'fail',
		answer: dataAnswer({
			authentication: matched,
			liveness: livenessBlock(false, livenessNumbers(0.07, 0.61)),
		}),
		selfie: { compare: true, liveness: false },
	},
	{
		name: 'spoof-without-authentication',
		does: 'Not live, and the faces were not compared.',
		conclusion: 'fail',
		answer: dataAnswer({ liveness: livenessBlock(false, livenessNumbers(0.07, 0.61)) }),
	},
	{
		name: 'low-match',
		does: 'Passes with a score of 55.0 percent: for minimum-match rules.',
		conclusion: 'pass',
		answer: dataAnswer({ authentication: authenticationBlock(true, 0.55), liveness: live }),
	},
	{
		name: 'low-liveness',
		does: 'Passes with a liveness probability of 0.52: for minimum-liveness rules.',
		conclusion: 'pass',
		answer: dataAnswer({
			authentication: matched,
			liveness: livenessBlock(true, livenessNumbers(0.52, 0.4)),
		}),
	},
	{
		name: 'unregistered',
		does: 'Live, but no one is registered under the UUID.',
		conclusion: 'fail',
		answer: unregisteredAnswer(live),
	},
];

const oddAnswers: Plain[] = [
	{
		name: 'contradictory-issues',
		does: 'Both checks true, yet a code in `issues`.',
		conclusion: 'review',
		answer: dataAnswer({
			authentication: matched,
			liveness: live,
			issues: { liveness: { FACE_TOO_SMALL: faceErrors.FACE_TOO_SMALL } },
		}),
		selfie: {
			compare: true,
			liveness: true,
			issues: { liveness: { FACE_TOO_SMALL: faceErrors.FACE_TOO_SMALL } },
		},
	},
	{
		name: 'contradictory-status',
		does: 'Both checks true, yet `result.status` 400.',
		conclusion: 'review',
		answer: dataAnswer({ authentication: matched, liveness: live }, 400),
		selfie: { compare: true, liveness: true, status: 400 },
	},
	{
		name: 'no-authentication',
		does: 'Live; the match is missing.',
		conclusion: 'fail',
		answer: dataAnswer({ liveness: live }),
		selfie: { liveness: true },
	},
	{
		name: 'no-liveness',
		does: 'Matched; the liveness check is missing.',
		conclusion: 'fail',
		answer: dataAnswer({ authentication: matched }),
		selfie: { compare: true },
	},
	{ name: 'no-checks', does: '`data` is an empty object.', conclusion: 'error', answer: dataAnswer({}) },
	{
		name: 'string-booleans',
		does: 'Both results are the text `"true"`.',
		conclusion: 'fail',
		answer: dataAnswer({
			authentication: { ...matched, result: 'true' },
			liveness: { ...live, result: 'true' },
		}),
		selfie: { compare: 'true', liveness: 'true' },
	},
	{
		name: 'number-booleans',
		does: 'Both results are the number 1.',
		conclusion: 'fail',
		answer: dataAnswer({ authentication: { ...matched, result: 1 }, liveness: { ...live, result: 1 } }),
	},
	{
		name: 'plain-booleans',
		does: 'Both checks are plain `true`, as in the passport sample.',
		conclusion: 'fail',
		answer: dataAnswer({ authentication: true, liveness: true }),
	},
	{
		name: 'no-scores',
		does: 'Passes without any numbers.',
		conclusion: 'pass',
		answer: dataAnswer({ authentication: { result: true }, liveness: { result: true } }),
	},
	{
		name: 'odd-scores',
		does: 'Passes with scores that are not finite numbers.',
		conclusion: 'pass',
		answer: dataAnswer({
			authentication: { result: true, data: { matchScore: 'nan', scorePercent: '' } },
			liveness: { result: true, data: { score: 'inf', quality: null, probability: 'high' } },
		}),
	},
	{
		name: 'unknown-code',
		does: 'Not live, with a code that is in no list.',
		conclusion: 'fail',
		answer: dataAnswer(
			{
				authentication: matched,
				liveness: { result: false, error: 'Eyes are closed', error_code: 'EYES_CLOSED' },
				issues: { liveness: { EYES_CLOSED: 'Eyes are closed' } },
			},
			400,
		),
	},
	{
		name: 'result-null',
		does: '`SUCCESS` with a null `result`.',
		conclusion: 'error',
		answer: { status: 'SUCCESS', result: null },
	},
	{
		name: 'result-text',
		does: '`SUCCESS` with a text in place of `result`.',
		conclusion: 'fail',
		answer: { status: 'SUCCESS', result: 'done' },
	},
	{
		name: 'result-list',
		does: '`SUCCESS` with a list in place of `data`.',
		conclusion: 'error',
		answer: dataAnswer([]),
	},
	{
		name: 'result-absent',
		does: '`SUCCESS` without `result`.',
		conclusion: 'error',
		answer: { status: 'SUCCESS' },
	},
	{
		name: 'http-400-result',
		does: 'The finished `FACE_TOO_SMALL` answer comes with HTTP 400.',
		conclusion: 'fail',
		answer: { ...faceErrorAnswer('FACE_TOO_SMALL', 'A'), httpStatus: 400 },
	},
];

const failedJobs: Plain[] = [
	{
		name: 'failure',
		does: '`FAILURE` with an exception and its message.',
		conclusion: 'error',
		answer: failureAnswer(exception('ConnectionError', 'Provider did not answer', 'requests.exceptions')),
	},
	{
		name: 'failure-text',
		does: '`FAILURE` with a plain text.',
		conclusion: 'error',
		answer: failureAnswer('Provider did not answer'),
	},
	{
		name: 'failure-without-message',
		does: '`FAILURE` with a null `result`.',
		conclusion: 'error',
		answer: failureAnswer(null),
	},
	{
		name: 'revoked',
		does: '`REVOKED`: the job was canceled.',
		conclusion: 'error',
		answer: { status: 'REVOKED', result: null },
	},
];

const waits: Plain[] = [
	{
		name: 'never',
		does: 'Stays `PENDING` forever.',
		conclusion: 'error',
		takes: 'never',
		unfinished: 'pending',
	},
	{
		name: 'never-found',
		does: 'Answers 404 forever.',
		conclusion: 'error',
		takes: 'never',
		unfinished: 'notFound',
	},
	{ name: 'at-once', does: 'Passes at the first poll.', conclusion: 'pass', takes: 0, ...passing },
	{ name: 'slow-10s', does: 'Passes after 10 seconds.', conclusion: 'pass', takes: 10_000, ...passing },
	{ name: 'slow-60s', does: 'Passes after 60 seconds.', conclusion: 'pass', takes: 60_000, ...passing },
	...(
		[
			['started', '`STARTED`'],
			['retry', '`RETRY`'],
			['invented', 'a state of its own, `PROGRESS`,'],
			['notFound', '404'],
			['empty', '`{}`'],
			['null', '`null`'],
			['list', '`[]`'],
		] as [Unfinished, string][]
	).map(
		([unfinished, words]): Plain => ({
			name: `unfinished-${unfinished.toLowerCase()}`,
			does: `Answers ${words} for a second, then passes.`,
			conclusion: 'pass',
			takes: 1_000,
			unfinished,
			...passing,
		}),
	),
];

const refusals: Plain[] = [
	{
		name: 'refused-400',
		does: 'The POST is answered 400: no one is registered under the UUID.',
		conclusion: 'error',
		refuse: { status: 400, body: { uuid: ['Object with this uuid does not exist.'] } },
	},
	{
		name: 'refused-403',
		does: 'The POST is answered 403: the service is not enabled.',
		conclusion: 'error',
		refuse: { status: 403, body: { detail: 'You do not have permission to perform this action.' } },
	},
	{
		name: 'refused-429',
		does: 'The POST is always answered 429, with `Retry-After: 90`.',
		conclusion: 'error',
		refuse: {
			status: 429,
			body: { detail: 'Request was throttled. Expected available in 90 seconds.' },
			headers: { 'retry-after': '90' },
		},
	},
	{
		name: 'refused-502',
		does: 'The POST is answered 502 with an HTML page, as by a proxy in front.',
		conclusion: 'error',
		refuse: {
			status: 502,
			body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
			headers: { 'content-type': 'text/html' },
		},
	},
];

function codeScenarios(shape: FailureShape): Plain[] {
	return (Object.keys(faceErrors) as FaceErrorCode[]).map((code) => ({
		name: `${code.toLowerCase().replaceAll('_', '-')}-${shape.toLowerCase()}`,
		does: `No usable face: \`${code}\` in shape ${shape}.`,
		conclusion: 'fail',
		answer: faceErrorAnswer(code, shape),
		selfie: {
			liveness: false,
			issues: { liveness: { [code]: faceErrors[code] } },
			status: 400,
		},
	}));
}

// Each row has its own range of numbers. Append new scenarios to a row, so that no UUID ever changes.
const rows: [group: string, first: number, scenarios: Plain[]][] = [
	['Verdicts', 101, verdicts],
	['Error codes', 201, codeScenarios('A')],
	['Error codes', 221, codeScenarios('B')],
	['Odd answers', 301, oddAnswers],
	['Failed jobs', 401, failedJobs],
	['Waiting', 501, waits],
	['Refused uploads', 601, refusals],
];

/** Every face scenario, in the order of its UUID. */
export const faceScenarios: readonly FaceScenario[] = rows.flatMap(([group, first, plain]) =>
	plain.map((scenario, index) => ({ uuid: reservedUuid(first + index), group, ...scenario })),
);

// Version 1, as Progeny's own UUIDs are, but with a time and a machine that cannot exist: Progeny never issues one.
function reservedUuid(number: number): string {
	return `00000000-0000-1000-8000-${String(number).padStart(12, '0')}`;
}
