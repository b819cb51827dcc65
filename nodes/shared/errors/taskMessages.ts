import { ProgenyError } from './error';
import { CHECK_BASE_URL, LAST_WORDS, saying, serverWords, withStatus } from './serverWords';

const FETCH_LATER =
	'Progeny may still finish it: fetch the result with the operation Get Task Result and the receipt.';

const secondsOf = (seconds: number): string => (seconds === 1 ? '1 second' : `${seconds} seconds`);

/** Statuses that are about what was sent: Bad Request, Conflict, Unsupported Media Type, Unprocessable Content (RFC 9110). */
const ABOUT_THE_UPLOAD = new Set([400, 409, 415, 422]);

function rejectedRemedy(status: number, words: string): string {
	if (!ABOUT_THE_UPLOAD.has(status))
		return `Ask Progeny whether the account has this service. ${CHECK_BASE_URL}`;
	if (!/\buuid\b/i.test(words)) return 'Check what was sent.';
	return 'Check that the UUID is one that it returned when the face was registered.';
}

/** What is said of an upload and of its task. `words` is server text already sanitized by `quote`, or an empty string. */
export const taskMessages = {
	photoRefusedAsTooLarge: () =>
		new ProgenyError(
			'IMAGE_TOO_LARGE',
			'Progeny refused the photo because of its size',
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
			withStatus(413),
		),
	submitRejected: (status: number, words: string) =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			`Progeny did not accept the upload (HTTP ${status})${saying(words)}`,
			`Progeny took nothing. ${rejectedRemedy(status, words)}`,
			withStatus(status),
		),
	noSuchService: () =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			'Progeny has no such service for this account (HTTP 404)',
			'Progeny took nothing. This account may not have the service: ask Progeny, or turn off the option that asks for it.',
			withStatus(404),
		),
	badSubmitResponse: (status: number, found: string) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny answered the upload with ${serverWords(found)} instead of a task ID (HTTP ${status})`,
			`It may have been accepted all the same, so it was not sent again. ${CHECK_BASE_URL}`,
			{ status, mayBeAccepted: true },
		),
	badTaskResponse: (status: number, found: string) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny answered the poll of the task with ${serverWords(found)} (HTTP ${status})`,
			`${FETCH_LATER} ${CHECK_BASE_URL}`,
			withStatus(status),
		),
	emptyTaskResult: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny says that the task has ended, but not what it found (HTTP ${status})`,
			`It counts as no result. Ask Progeny with the task ID. ${FETCH_LATER}`,
			withStatus(status),
		),
	brokenTaskJson: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny's answer about the task is not valid JSON (HTTP ${status})`,
			`It counts as no result. Ask Progeny with the task ID. ${FETCH_LATER}`,
			withStatus(status),
		),
	outcomeUnknown: (reason: string) =>
		new ProgenyError(
			'OUTCOME_UNKNOWN',
			`The upload was sent, but no answer arrived (${reason})`,
			'Progeny may or may not have taken it, so it was not sent again. Running this item again may be billed twice. A refusal that got lost on its way (of a login that ended, or of too many requests) looks like this, too.',
			{ mayBeAccepted: true },
		),
	/** `isOver` tells that the state is a final one of Celery's, after which nothing of the task can come. */
	taskFailed: (state: string, words: string, isOver = false) =>
		new ProgenyError(
			'TASK_FAILED',
			`Progeny could not complete its task (${state})${saying(words)}`,
			'There is no result. If another submission fails as well, ask Progeny with the task ID.',
			{ isOver },
		),
	taskNotFound: (words: string) =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			`Progeny does not know this task${saying(words)}`,
			'Check the task ID and that the credential is of the account that submitted it. Progeny may also have removed an old result.',
			withStatus(404),
		),
	backlog: (seconds: number) =>
		new ProgenyError(
			'TIMED_OUT',
			`No result within ${secondsOf(seconds)}; Progeny did not show the task yet (HTTP 404)`,
			`Progeny may have a backlog: it may show a task only when it has ended. ${FETCH_LATER} A longer Timeout under Options waits longer.`,
			withStatus(404),
		),
	timedOut: (seconds: number, trouble: string, said = '') =>
		new ProgenyError(
			'TIMED_OUT',
			[
				`No result within ${secondsOf(seconds)}`,
				...(trouble === '' ? [] : [trouble]),
				...(said === '' ? [] : [`${LAST_WORDS}${serverWords(said)}`]),
			].join('; '),
			`${FETCH_LATER} A longer Timeout under Options waits longer.`,
		),
	/** The same for an upload that was on its way: it may have been accepted. */
	canceledInFlight: () =>
		new ProgenyError(
			'CANCELED',
			'The item was canceled',
			'The execution was stopped during the upload. Progeny may or may not have taken it.',
			{ mayBeAccepted: true },
		),
	canceled: () =>
		new ProgenyError(
			'CANCELED',
			'The item was canceled',
			'The execution was stopped. Nothing further was asked of Progeny.',
		),
};
