import { CHECK_BASE_URL } from './connectionMessages';
import { ProgenyError } from './error';

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

/** What is said of an upload and of its task. 'words' is server text already sanitized by 'quote', or an empty string. */
export const taskMessages = {
	photoRefusedAsTooLarge: () =>
		new ProgenyError(
			'IMAGE_TOO_LARGE',
			'Progeny refused the photo because of its size',
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
			{ status: 413 },
		),
	submitRejected: (status: number, words: string) =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			`Progeny did not accept the upload (HTTP ${status})`,
			`Progeny took nothing. ${rejectedRemedy(status, words)}`,
			{ status, serverWords: words },
		),
	noSuchService: () =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			'Progeny has no such service for this account (HTTP 404)',
			'Progeny took nothing. This account may not have the service: ask Progeny, or turn off the option that asks for it.',
			{ status: 404 },
		),
	badSubmitResponse: (status: number, found: string) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny answered the upload with ${found} instead of a task ID (HTTP ${status})`,
			`It may have been accepted all the same, so it was not sent again. ${CHECK_BASE_URL}`,
			{ status, mayBeAccepted: true },
		),
	/** 'found' is the kind of answer, in our words; it is told if the answer has no words of its own. */
	badTaskResponse: (status: number, found: string, words = '') =>
		new ProgenyError(
			'BAD_RESPONSE',
			words === ''
				? `Progeny answered the poll of the task with ${found} (HTTP ${status})`
				: `Progeny did not accept the poll of the task (HTTP ${status})`,
			`${FETCH_LATER} ${CHECK_BASE_URL}`,
			{ status, serverWords: words },
		),
	emptyTaskResult: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny says that the task has ended, but not what it found (HTTP ${status})`,
			`It counts as no result. Ask Progeny with the task ID. ${FETCH_LATER}`,
			{ status },
		),
	brokenTaskJson: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny's answer about the task is not valid JSON (HTTP ${status})`,
			`It counts as no result. Ask Progeny with the task ID. ${FETCH_LATER}`,
			{ status },
		),
	/** 'words' is n8n's or the HTTP client's text, if 'reason' does not say it all. */
	outcomeUnknown: (reason: string, words = '') =>
		new ProgenyError(
			'OUTCOME_UNKNOWN',
			`The upload was sent, but no answer arrived (${reason})`,
			'Progeny may or may not have taken it, so it was not sent again. Running this item again may be billed twice. A refusal that got lost on its way (of a login that ended, or of too many requests) looks like this, too.',
			{ mayBeAccepted: true, serverWords: words },
		),
	/** 'isOver' tells that the state is a final one of Celery's, after which nothing of the task can come. */
	taskFailed: (state: string, words: string, isOver = false) =>
		new ProgenyError(
			'TASK_FAILED',
			`Progeny could not complete its task (${state})`,
			'There is no result. If another submission fails as well, ask Progeny with the task ID.',
			{ isOver, serverWords: words },
		),
	taskNotFound: (words: string) =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			'Progeny does not know this task',
			'Check the task ID and that the credential is of the account that submitted it. Progeny may also have removed an old result.',
			{ status: 404, serverWords: words },
		),
	backlog: (seconds: number) =>
		new ProgenyError(
			'TIMED_OUT',
			`No result within ${secondsOf(seconds)}; Progeny did not show the task yet (HTTP 404)`,
			`Progeny may have a backlog: it may show a task only when it has ended. ${FETCH_LATER} A longer Timeout under Options waits longer.`,
			{ status: 404 },
		),
	/**
	 * 'trouble' is what went wrong with the last poll, in our words, and 'words' what n8n said of it. 'said' is what Progeny said last
	 * of the task; only that is told if there are both.
	 */
	timedOut: (seconds: number, trouble = '', { words = '', said = '' } = {}) =>
		new ProgenyError(
			'TIMED_OUT',
			[`No result within ${secondsOf(seconds)}`, trouble].filter(Boolean).join('; '),
			`${FETCH_LATER} A longer Timeout under Options waits longer.`,
			said === '' ? { serverWords: words } : { serverWords: said, leadIn: '; Progeny said last: ' },
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
