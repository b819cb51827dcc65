import { CHECK_BASE_URL } from './connectionMessages';
import { ProgenyError } from './error';
import { MAKE_SMALLER, secondsOf } from './photoMessages';

const FETCH_LATER =
	'Progeny may still finish it: fetch the result with the operation Get Task Result and the receipt.';

const WAIT_LONGER = 'To wait longer, raise Timeout under Options.';

/** Statuses that concern what was sent: Bad Request, Conflict, Unsupported Media Type, Unprocessable Content (RFC 9110). */
const ABOUT_THE_UPLOAD = new Set([400, 409, 415, 422]);

function rejectedRemedy(status: number, words: string): string {
	if (!ABOUT_THE_UPLOAD.has(status))
		return `Ask Progeny whether the account has this service. ${CHECK_BASE_URL}`;
	if (!/\buuid\b/i.test(words)) return 'Check what was sent.';
	return 'Check that Progeny returned this UUID when the face was registered.';
}

/** Errors of an upload and its task. `words` is server text sanitized by `quote`, or an empty string. */
export const taskMessages = {
	photoRefusedAsTooLarge: () =>
		new ProgenyError('IMAGE_TOO_LARGE', 'Progeny refused the photo because of its size', MAKE_SMALLER, {
			status: 413,
		}),
	submitRejected: (status: number, words: string) =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			`Progeny did not accept the upload (HTTP ${status})`,
			`Nothing was submitted. ${rejectedRemedy(status, words)}`,
			{ status, serverWords: words },
		),
	noSuchService: () =>
		new ProgenyError(
			'SUBMIT_REJECTED',
			'Progeny has no such service for this account (HTTP 404)',
			[
				'Nothing was submitted.',
				'The account may not have this service: ask Progeny, or turn off the option that needs it.',
			],
			{ status: 404 },
		),
	badSubmitResponse: (status: number, found: string) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny answered the upload with ${found} instead of a task ID (HTTP ${status})`,
			`Progeny may still have accepted it, so it was not resent. ${CHECK_BASE_URL}`,
			{ status, mayBeAccepted: true },
		),
	/** `found` is the kind of answer in our own words, for an answer without `words`. */
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
			`Progeny reported the task as finished, but without a result (HTTP ${status})`,
			`This counts as no result. Contact Progeny with the task ID. ${FETCH_LATER}`,
			{ status },
		),
	brokenTaskJson: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny's answer about the task is not valid JSON (HTTP ${status})`,
			`This counts as no result. Contact Progeny with the task ID. ${FETCH_LATER}`,
			{ status },
		),
	/** `words` is n8n's or the HTTP client's text, for a `reason` that we do not know. */
	outcomeUnknown: (reason: string, words = '') =>
		new ProgenyError(
			'OUTCOME_UNKNOWN',
			`The upload was sent, but no answer arrived (${reason})`,
			[
				'Progeny may or may not have accepted it, so it was not resent.',
				'Running this item again may be billed twice.',
				'A refusal that was lost on its way back (an expired login, too many requests) looks the same.',
			],
			{ mayBeAccepted: true, serverWords: words },
		),
	/** `isOver`: no result can follow this state. */
	taskFailed: (state: string, words: string, isOver = false) =>
		new ProgenyError(
			'TASK_FAILED',
			`Progeny could not complete its task (${state})`,
			'There is no result. If it fails again, contact Progeny with the task ID.',
			{ isOver, serverWords: words },
		),
	taskNotFound: (words: string) =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			'Progeny does not know this task',
			[
				'Check the task ID, and that the credential belongs to the account that submitted it.',
				'Progeny may also have removed an old result.',
			],
			{ status: 404, serverWords: words },
		),
	backlog: (seconds: number) =>
		new ProgenyError(
			'TIMED_OUT',
			`No result within ${secondsOf(seconds)}; Progeny did not know the task yet (HTTP 404)`,
			['Progeny may have a backlog, and may not know a task before it has ended.', FETCH_LATER, WAIT_LONGER],
			{ status: 404 },
		),
	/** `failure` is that of the last poll in our own words, `words` n8n's text about it, `said` Progeny's last text about the task. */
	timedOut: (seconds: number, failure = '', { words = '', said = '' } = {}) =>
		new ProgenyError(
			'TIMED_OUT',
			[`No result within ${secondsOf(seconds)}`, failure].filter(Boolean).join('; '),
			`${FETCH_LATER} ${WAIT_LONGER}`,
			{
				serverWords: [words, said && `Progeny last said: ${said}`].filter(Boolean).join('; '),
				leadIn: words === '' ? '; ' : ': ',
			},
		),
	/** An upload that was in flight and may have been accepted. */
	canceledInFlight: () =>
		new ProgenyError(
			'CANCELED',
			'The item was canceled',
			'The execution was stopped during the upload. Progeny may or may not have accepted it.',
			{ mayBeAccepted: true },
		),
	canceled: () =>
		new ProgenyError(
			'CANCELED',
			'The item was canceled',
			'The execution was stopped. No further request was sent to Progeny.',
		),
};
