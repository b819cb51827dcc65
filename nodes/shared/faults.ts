import { withoutNumbers } from './quote';

/** The stable codes of everything that can keep an item from its result. Workflows may branch on them. */
export const FAULT_CODES = [
	'INVALID_UUID',
	'NO_IMAGE',
	'EMPTY_IMAGE',
	'UNSUPPORTED_IMAGE',
	'IMAGE_TOO_LARGE',
	'SUBMIT_REJECTED',
	'LOGIN_REJECTED',
	'FORBIDDEN',
	'RATE_LIMITED',
	'UNREACHABLE',
	'BAD_RESPONSE',
	'OUTCOME_UNKNOWN',
	'TASK_FAILED',
	'TASK_NOT_FOUND',
	'TIMED_OUT',
	'CANCELED',
] as const;

/** One of the stable codes. */
export type FaultCode = (typeof FAULT_CODES)[number];

interface FaultDetails {
	/** Progeny's task ID, where one is known: the result can still be fetched with it. */
	taskId?: string;
	/** The HTTP status that led here. */
	status?: number;
	/** Whether Progeny may have taken the upload all the same: it must not be sent again. */
	mayBeTaken?: boolean;
}

/** Why an item has no result: a stable code, a sentence that says what happened, and a remedy that says what to do. */
export class Fault extends Error {
	readonly taskId: string | undefined;
	readonly status: number | undefined;
	readonly mayBeTaken: boolean;

	constructor(
		readonly code: FaultCode,
		what: string,
		readonly remedy: string,
		details: FaultDetails = {},
	) {
		super(what);
		this.name = 'ProgenyFault';
		this.taskId = details.taskId;
		this.status = details.status;
		this.mayBeTaken = details.mayBeTaken ?? false;
	}

	/** The code, the task ID where one is known, and the remedy: what n8n shows below the message. */
	get description(): string {
		const task = this.taskId === undefined ? '' : `Task ID ${this.taskId}. `;
		return `[${this.code}] ${task}${this.remedy}`;
	}

	/** Whether Progeny may have done its work, or a part of it, without giving its result. */
	get isUncertain(): boolean {
		return this.mayBeTaken || this.code === 'TASK_FAILED';
	}

	/** The same fault without numbers in what Progeny said of its task, for people who should not learn a score. */
	hidingScores(): Fault {
		if (this.taskId === undefined || this.code === 'TIMED_OUT') return this;
		return this.with({ message: withoutNumbers(this.message) });
	}

	/** The same fault, told of the task it concerns. */
	about(taskId: string): Fault {
		return this.with({ taskId });
	}

	/** The same fault with a sentence more in its remedy. */
	adding(sentence: string): Fault {
		return this.with({ remedy: `${this.remedy} ${sentence}` });
	}

	private with(changes: { message?: string; remedy?: string; taskId?: string }): Fault {
		const { code, status, mayBeTaken } = this;
		const taskId = changes.taskId ?? this.taskId;
		return new Fault(code, changes.message ?? this.message, changes.remedy ?? this.remedy, {
			mayBeTaken,
			...(taskId === undefined ? {} : { taskId }),
			...(status === undefined ? {} : { status }),
		});
	}
}

const FETCH_LATER =
	'Progeny may still finish it: fetch the result with the operation Get Result and this task ID.';
const CHECK_BASE_URL =
	"Check the Base URL in the Progeny credential; it should end in /api/v3, with Progeny's own host name.";

const withStatus = (status: number): FaultDetails => ({ status });
const saying = (words: string): string => (words === '' ? '' : `: ${words}`);
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/**
 * Every sentence the nodes and the credential say when there is no result. `words` is text of Progeny's,
 * already made safe by `quote`, or an empty string.
 */
export const faults = {
	invalidUuid: (value: string) =>
		value === ''
			? new Fault(
					'INVALID_UUID',
					'UUID is empty',
					'Give the UUID that Progeny returned when the face was registered.',
				)
			: new Fault(
					'INVALID_UUID',
					`UUID is not a valid UUID: ${value}`,
					'Give the UUID that Progeny returned when the face was registered, e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002.',
				),
	noImage: (field: string, available: string[]) =>
		new Fault(
			'NO_IMAGE',
			field === '' ? 'Input Binary Field is empty' : `This item has no binary field called ${field}`,
			available.length === 0
				? 'The item carries no files at all. Let a node before this one provide the photo, e.g. a form, a webhook or an HTTP request that returns a file. A Progeny node passes its photo on with Include Input only; an expression such as {{ $("Form").item.binary.Photo }} reaches a file of any node before.'
				: `The item does have: ${available.join(', ')}. Set Input Binary Field to one of these.`,
		),
	fileWithoutData: (available: string[]) =>
		new Fault(
			'NO_IMAGE',
			'The expression in Input Binary Field gave a file without its data',
			available.length === 0
				? 'Let the file come with the item, and give the name of its field instead.'
				: `Give the name of the field instead: ${available.join(', ')}.`,
		),
	unreadableImage: (field: string) =>
		new Fault(
			'NO_IMAGE',
			`The file in the binary field ${field} could not be read from n8n's storage`,
			'Its data may have been removed meanwhile. Run the workflow again from the node that provides the photo.',
		),
	emptyImage: (field: string) =>
		new Fault(
			'EMPTY_IMAGE',
			`The file in the binary field ${field} is empty (0 bytes)`,
			'Check the node that provides the photo.',
		),
	unsupportedImage: (field: string, found: string) =>
		new Fault(
			'UNSUPPORTED_IMAGE',
			`The file in the binary field ${field} is ${found}`,
			'Progeny takes JPEG and PNG photos. Convert the file first, e.g. with the Edit Image node.',
		),
	imageTooLarge: (field: string, bytes: number, limit: number) =>
		new Fault(
			'IMAGE_TOO_LARGE',
			`The file in the binary field ${field} has ${megabytes(bytes)}; at most ${megabytes(limit)} can be sent`,
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
		),
	photoRefusedAsTooLarge: () =>
		new Fault(
			'IMAGE_TOO_LARGE',
			'Progeny refused the photo because of its size',
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
			withStatus(413),
		),
	submitRejected: (status: number, words: string) =>
		new Fault(
			'SUBMIT_REJECTED',
			`Progeny did not take the photo (HTTP ${status})${saying(words)}`,
			/\buuid\b/i.test(words)
				? 'Progeny took nothing. Check that the UUID is one that it returned when the face was registered.'
				: 'Progeny took nothing. Check the photo.',
			withStatus(status),
		),
	loginRejected: (status: number, words: string) =>
		new Fault(
			'LOGIN_REJECTED',
			`Progeny did not accept the username and password${saying(words)}`,
			'Check the username and password in the Progeny credential.',
			withStatus(status),
		),
	tokenRejected: (words: string) =>
		new Fault(
			'LOGIN_REJECTED',
			`Progeny logged in but then did not accept its own access token${saying(words)}`,
			'Check with Progeny that the account is active, and that the Base URL belongs to it.',
			withStatus(401),
		),
	forbidden: (words: string) =>
		new Fault(
			'FORBIDDEN',
			`Progeny does not allow this account to do that${saying(words)}`,
			'Ask Progeny to enable this service for the account in the credential.',
			withStatus(403),
		),
	noCredential: () =>
		new Fault(
			'FORBIDDEN',
			'The node has no Progeny credential',
			'Nothing was sent. Choose one under Credential in the node, or create it there with the username and password that Progeny issued.',
		),
	notSent: (words: string) =>
		new Fault(
			'FORBIDDEN',
			`n8n did not send the request${saying(words)}`,
			"Nothing was sent. Check that the credential's Allowed HTTP Request Domains include its Base URL.",
		),
	rateLimited: (words: string) =>
		new Fault(
			'RATE_LIMITED',
			`Progeny asks for fewer requests${saying(words)}`,
			'Lower Max Concurrent Faces, or send fewer items at a time, and try again later.',
			withStatus(429),
		),
	unreachable: (reason: string) =>
		new Fault(
			'UNREACHABLE',
			`Progeny could not be reached (${reason})`,
			'Nothing was sent. Check the Base URL in the Progeny credential and the network, and try again later.',
		),
	unavailable: (status: number) =>
		new Fault(
			'UNREACHABLE',
			`Progeny is not available at the moment (HTTP ${status})`,
			'Progeny took nothing. Try again later.',
			withStatus(status),
		),
	badBaseUrl: (why: string) =>
		new Fault(
			'UNREACHABLE',
			`The Base URL in the Progeny credential ${why}`,
			'The default is https://be.progeny.tech/api/v3.',
		),
	redirected: (status: number) =>
		new Fault(
			'BAD_RESPONSE',
			`Progeny sent a redirect (HTTP ${status}), which is never followed`,
			CHECK_BASE_URL,
			withStatus(status),
		),
	badLoginResponse: (status: number, found: string) =>
		new Fault(
			'BAD_RESPONSE',
			`The login answered with ${found} instead of an access token (HTTP ${status})`,
			CHECK_BASE_URL,
			withStatus(status),
		),
	badSubmitResponse: (status: number, found: string) =>
		new Fault(
			'BAD_RESPONSE',
			`Progeny answered the upload with ${found} instead of a task ID (HTTP ${status})`,
			`The photo may have been taken all the same, so it was not sent again. ${CHECK_BASE_URL}`,
			{ status, mayBeTaken: true },
		),
	noApi: (status: number) =>
		new Fault(
			'BAD_RESPONSE',
			`The upload was answered with an HTML page instead of by the Progeny API (HTTP ${status})`,
			`Progeny took nothing. ${CHECK_BASE_URL}`,
			withStatus(status),
		),
	badTaskResponse: (status: number, found: string) =>
		new Fault(
			'BAD_RESPONSE',
			`Progeny answered the question about the task with ${found} (HTTP ${status})`,
			`${FETCH_LATER} ${CHECK_BASE_URL}`,
			withStatus(status),
		),
	outcomeUnknown: (reason: string) =>
		new Fault(
			'OUTCOME_UNKNOWN',
			`The photo was sent, but no answer arrived (${reason})`,
			'Progeny may or may not have taken it, so it was not sent again. Running this item again may be billed twice.',
			{ mayBeTaken: true },
		),
	taskFailed: (state: string, words: string) =>
		new Fault(
			'TASK_FAILED',
			`Progeny could not complete its task (${state})${saying(words)}`,
			'There is no result. Where another submission of the photo fails as well, ask Progeny with the task ID.',
		),
	badTaskId: (value: string) =>
		new Fault(
			'TASK_NOT_FOUND',
			`Task ID is not a task ID: ${value}`,
			'Give the task ID that the operation Submit returned, e.g. d48eac86-228e-4933-a01d-279886a9c6b5.',
		),
	noTaskId: () =>
		new Fault('TASK_NOT_FOUND', 'Task ID is empty', 'Give the task ID that the operation Submit returned.'),
	taskNotFound: (words: string) =>
		new Fault(
			'TASK_NOT_FOUND',
			`Progeny does not know this task${saying(words)}`,
			'Check the task ID and that the credential is of the account that submitted it. Progeny may also have removed an old result.',
			withStatus(404),
		),
	timedOut: (seconds: number, trouble: string) =>
		new Fault(
			'TIMED_OUT',
			`No result within ${seconds === 1 ? '1 second' : `${seconds} seconds`}${trouble === '' ? '' : `; ${trouble}`}`,
			`${FETCH_LATER} A longer Timeout under Options waits longer.`,
		),
	canceled: () =>
		new Fault(
			'CANCELED',
			'The item was canceled',
			'The execution was stopped. Nothing further was asked of Progeny.',
		),
};

const CODED = /^\[([A-Z_]+)\] (.*)$/s;

/**
 * Recovers a fault from the message and description that n8n kept of it. n8n wraps what a credential's login throws in an
 * error of its own, which carries over only these two texts (n8n-core 1.122 and 2.41).
 */
export function faultFromTexts(message: string, description: unknown): Fault | undefined {
	const match = typeof description === 'string' ? CODED.exec(description) : null;
	const code = FAULT_CODES.find((known) => known === match?.[1]);
	return code === undefined ? undefined : new Fault(code, message, match?.[2] ?? '');
}
