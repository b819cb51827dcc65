import { NodeApiError, type INode } from 'n8n-workflow';
import { ProgenyError, type ErrorCode } from '../../nodes/shared/errors/error';
import type { NameFault } from '../../nodes/shared/errors/inputMessages';
import { messages } from '../../nodes/shared/errors/messages';
import { errorFromTexts, userError } from '../../nodes/shared/errors/n8nErrors';
import type { NotAPhoto } from '../../nodes/shared/errors/photoMessages';

const node = { id: '1', name: 'Face', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

/** Every kind of file that is not a photo; the type demands all of them. */
const KINDS = Object.keys({
	base64: true,
	convertible: true,
	damaged: true,
	dataUri: true,
	document: true,
	heic: true,
	json: true,
	mangled: true,
	moving: true,
	notBase64: true,
	page: true,
	prefixed: true,
	text: true,
	unknown: true,
	unreadable: true,
	url: true,
} satisfies Record<NotAPhoto, true>) as NotAPhoto[];

/** Every kind of fault of a name; the type demands all of them. */
const NAME_FAULTS = Object.keys({
	damaged: true,
	digit: true,
	fewLetters: true,
	letterForm: true,
	marks: true,
	onlyPlaceholders: true,
	scripts: true,
	sign: true,
} satisfies Record<NameFault, true>) as NameFault[];

/** At least one error of every factory; the type demands all of them. */
const SAMPLES: { [K in keyof typeof messages]: [ErrorCode, ...ProgenyError[]] } = {
	invalidUuid: ['INVALID_UUID', messages.invalidUuid(''), messages.invalidUuid('jane')],
	noImage: [
		'NO_IMAGE',
		messages.noImage('data', []),
		messages.noImage('data', ['photo', 'file']),
		messages.noImage('', []),
	],
	severalFiles: ['NO_IMAGE', messages.severalFiles('Selfie', ['Selfie_0', 'Selfie_1'])],
	formLabel: ['NO_IMAGE', messages.formLabel('My photo', 'My_photo'), messages.formLabel('Ф', '_')],
	otherBinaryMode: ['NO_IMAGE', messages.otherBinaryMode()],
	notNumbered: ['NO_IMAGE', messages.notNumbered('Selfie_0', 'Selfie')],
	notAFile: ['NO_IMAGE', messages.notAFile('a list', ['Selfie']), messages.notAFile('nothing', [])],
	objectInText: ['NO_IMAGE', messages.objectInText(['photo']), messages.objectInText(['photo', 'file'])],
	contentInText: ['NO_IMAGE', messages.contentInText('base64 text')],
	urlInText: ['NO_IMAGE', messages.urlInText()],
	fileWithoutData: ['NO_IMAGE', messages.fileWithoutData([]), messages.fileWithoutData(['photo'])],
	fileInJson: ['NO_IMAGE', messages.fileInJson([]), messages.fileInJson(['photo'])],
	noFileInField: ['NO_IMAGE', messages.noFileInField('data', 'a Buffer')],
	unreadableImage: ['NO_IMAGE', messages.unreadableImage('data')],
	photoTooLate: ['NO_IMAGE', messages.photoTooLate(120)],
	emptyImage: ['EMPTY_IMAGE', messages.emptyImage('data'), messages.emptyImage({ label: 'Selfie' })],
	unsupportedImage: [
		'UNSUPPORTED_IMAGE',
		messages.unsupportedImage({ label: 'Input Binary Field', fileName: 'a.gif' }, 'a GIF image'),
		...KINDS.map((kind) => messages.unsupportedImage('data', 'x', kind)),
	],
	imageTooLarge: ['IMAGE_TOO_LARGE', messages.imageTooLarge('data', 25_000_000, 20_971_520)],
	invalidDocumentType: ['INVALID_DOCUMENT_TYPE', messages.invalidDocumentType()],
	sameImage: ['SAME_IMAGE', messages.sameImage('Front Binary Field', 'Back Binary Field')],
	noSuchService: ['SUBMIT_REJECTED', messages.noSuchService()],
	photoRefusedAsTooLarge: ['IMAGE_TOO_LARGE', messages.photoRefusedAsTooLarge()],
	submitRejected: [
		'SUBMIT_REJECTED',
		messages.submitRejected(400, ''),
		messages.submitRejected(400, 'uuid: No'),
		messages.submitRejected(404, 'Not found'),
	],
	loginRejected: ['LOGIN_REJECTED', messages.loginRejected(401, ''), messages.loginRejected(401, 'No')],
	tokenRejected: ['LOGIN_REJECTED', messages.tokenRejected(''), messages.tokenRejected('No')],
	loginForbidden: ['FORBIDDEN', messages.loginForbidden(''), messages.loginForbidden('Account locked')],
	noLogin: ['BAD_RESPONSE', messages.noLogin(404)],
	pageInFront: [
		'BAD_RESPONSE',
		messages.pageInFront(403),
		messages.pageInFront(400, '<h1>Bad Request (400)</h1>'),
		messages.pageInFront(400, '<center>The plain HTTP request was sent to HTTPS port</center>'),
	],
	uploadOutlastsLogin: ['UNREACHABLE', messages.uploadOutlastsLogin()],
	noToken: ['BAD_RESPONSE', messages.noToken(200, '', 'a list')],
	backlog: ['TIMED_OUT', messages.backlog(1), messages.backlog(120)],
	canceledInFlight: ['CANCELED', messages.canceledInFlight()],
	proxyRefused: ['UNREACHABLE', messages.proxyRefused(403), messages.proxyRefused(407)],
	credentialUnreadable: ['UNREACHABLE', messages.credentialUnreadable('SQLITE_BUSY')],
	credentialUnusable: ['FORBIDDEN', messages.credentialUnusable('No')],
	forbidden: ['FORBIDDEN', messages.forbidden(''), messages.forbidden('No')],
	noCredential: ['FORBIDDEN', messages.noCredential()],
	notSent: ['FORBIDDEN', messages.notSent(''), messages.notSent('Domain not allowed')],
	rateLimited: ['RATE_LIMITED', messages.rateLimited(''), messages.rateLimited('Wait')],
	unreachable: ['UNREACHABLE', messages.unreachable('the connection was refused')],
	unavailable: ['UNREACHABLE', messages.unavailable(503)],
	badBaseUrl: ['UNREACHABLE', messages.badBaseUrl('is empty')],
	redirected: ['BAD_RESPONSE', messages.redirected(302)],
	badLoginResponse: [
		'BAD_RESPONSE',
		messages.badLoginResponse(200, 'an HTML page'),
		messages.badLoginResponse(409, 'x', 'No'),
	],
	badSubmitResponse: ['BAD_RESPONSE', messages.badSubmitResponse(200, 'a list')],
	badTaskResponse: [
		'BAD_RESPONSE',
		messages.badTaskResponse(200, 'a list'),
		messages.badTaskResponse(409, 'x', 'No'),
	],
	brokenTaskJson: ['BAD_RESPONSE', messages.brokenTaskJson(200)],
	emptyTaskResult: ['BAD_RESPONSE', messages.emptyTaskResult(200)],
	outcomeUnknown: ['OUTCOME_UNKNOWN', messages.outcomeUnknown('it took too long')],
	taskFailed: ['TASK_FAILED', messages.taskFailed('REVOKED', ''), messages.taskFailed('REVOKED', 'Words')],
	badTaskId: ['TASK_NOT_FOUND', messages.badTaskId('a b')],
	noDate: ['INVALID_DATE', messages.noDate()],
	invalidDate: ['INVALID_DATE', messages.invalidDate()],
	timeOfDay: ['INVALID_DATE', messages.timeOfDay()],
	serialNumber: ['INVALID_DATE', messages.serialNumber()],
	noSuchDay: ['INVALID_DATE', messages.noSuchDay()],
	birthInTheFuture: ['INVALID_DATE', messages.birthInTheFuture()],
	birthTooLongAgo: ['INVALID_DATE', messages.birthTooLongAgo()],
	noName: ['INVALID_NAME', messages.noName('Full Name')],
	invalidName: [
		'INVALID_NAME',
		messages.invalidName('Full Name', 'damaged'),
		...NAME_FAULTS.map((fault) => messages.invalidName('Expected Name', fault)),
	],
	valuelessName: [
		'INVALID_NAME',
		messages.valuelessName('Full Name', 'nil', 'Nil'),
		messages.valuelessName('Full Name', 'nil', undefined),
	],
	fillerInName: ['INVALID_NAME', messages.fillerInName('Full Name', 'FNU')],
	plainExpression: ['INVALID_UUID', messages.plainExpression('UUID', 'INVALID_UUID')],
	tooLong: ['INVALID_UUID', messages.tooLong('UUID', 'INVALID_UUID', 100)],
	unusableOptions: ['INVALID_OPTIONS', messages.unusableOptions()],
	noReceipt: ['INVALID_RECEIPT', messages.noReceipt()],
	invalidReceipt: ['INVALID_RECEIPT', messages.invalidReceipt()],
	emptyReference: ['INVALID_RECEIPT', messages.emptyReference()],
	unboundReference: ['INVALID_RECEIPT', messages.unboundReference('a number')],
	taskNotFound: ['TASK_NOT_FOUND', messages.taskNotFound(''), messages.taskNotFound('Not found')],
	timedOut: [
		'TIMED_OUT',
		messages.timedOut(120, ''),
		messages.timedOut(120, 'Progeny answered with HTTP 502'),
		messages.timedOut(120, '', { said: 'queue is down' }),
		messages.timedOut(120, 'Progeny could not be reached', { words: 'queue is down' }),
	],
	canceled: ['CANCELED', messages.canceled()],
};

/** Every code of the contract; the type demands all of them. */
const CODES: Record<ErrorCode, true> = {
	INVALID_UUID: true,
	NO_IMAGE: true,
	EMPTY_IMAGE: true,
	UNSUPPORTED_IMAGE: true,
	IMAGE_TOO_LARGE: true,
	SAME_IMAGE: true,
	INVALID_DOCUMENT_TYPE: true,
	INVALID_NAME: true,
	INVALID_DATE: true,
	INVALID_OPTIONS: true,
	INVALID_RECEIPT: true,
	SUBMIT_REJECTED: true,
	LOGIN_REJECTED: true,
	FORBIDDEN: true,
	RATE_LIMITED: true,
	UNREACHABLE: true,
	BAD_RESPONSE: true,
	OUTCOME_UNKNOWN: true,
	TASK_FAILED: true,
	TASK_NOT_FOUND: true,
	TIMED_OUT: true,
	CANCELED: true,
};

const each = Object.entries(SAMPLES).flatMap(([name, [code, ...samples]]) =>
	samples.map((error, i): [string, ErrorCode, ProgenyError] => [`${name} ${i + 1}`, code, error]),
);

test('the table has every factory', () => {
	expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(messages).sort());
});

test('every code has a factory, and no factory has another code', () => {
	expect(new Set(each.map(([, , error]) => error.code))).toEqual(new Set(Object.keys(CODES)));
});

describe.each(each)('%s', (_, code, error) => {
	test('has its code, at the start of the description', () => {
		expect(error.code).toBe(code);
		expect(error.description).toBe(`[${code}] ${error.remedy}`);
	});

	test('says what happened, without the words that alarm and without a full stop', () => {
		expect(error.message).toMatch(/^(n8n|[A-Z]).{5,}/);
		expect(error.message).not.toMatch(/error|problem|failure|mistake/i);
		const isOneSentence = !error.message.includes('. ');
		expect(error.message).toMatch(isOneSentence ? /[^.:;,\s]$/ : /\.$/);
		expect(error.message).not.toMatch(/undefined|null|NaN|\[object|\s\s|\(\)/);
	});

	test('says what to do, in full sentences', () => {
		expect(error.remedy).toMatch(/^[A-Z][^\n]+[A-Za-z0-9)]\.$/);
		expect(error.remedy.split(' ').length).toBeGreaterThan(3);
		expect(error.remedy).not.toMatch(/error|problem|failure|mistake|undefined|\s\s/i);
	});

	test('comes back whole from the errors of n8n', () => {
		const direct = new NodeApiError(node, {}, { message: error.message, description: error.description });
		const asLogin = new NodeApiError(node, userError(error) as never);
		for (const { message, description } of [direct, asLogin]) {
			const back = errorFromTexts(message, description);
			expect(back).toBeInstanceOf(ProgenyError);
			expect(back).toMatchObject({
				code,
				message: error.message,
				remedy: error.remedy,
				description: error.description,
			});
		}
	});

	test('names its task', () => {
		const told = error.about('task-7');
		expect(told).toMatchObject({ code, taskId: 'task-7', message: error.message, status: error.status });
		expect(told.description).toBe(`[${code}] Task ID task-7. ${error.remedy}`);
		expect(errorFromTexts(told.message, told.description)?.description).toBe(told.description);
	});
});

describe('what an error says', () => {
	test.each<[string, ProgenyError, number | undefined]>([
		['submitRejected', messages.submitRejected(409, ''), 409],
		['loginRejected', messages.loginRejected(401, ''), 401],
		['tokenRejected', messages.tokenRejected(''), 401],
		['forbidden', messages.forbidden(''), 403],
		['rateLimited', messages.rateLimited(''), 429],
		['taskNotFound', messages.taskNotFound(''), 404],
		['unavailable', messages.unavailable(503), 503],
		['redirected', messages.redirected(307), 307],
		['photoRefusedAsTooLarge', messages.photoRefusedAsTooLarge(), 413],
		['unreachable', messages.unreachable('x'), undefined],
		['timedOut', messages.timedOut(1, ''), undefined],
	])('%s has its HTTP status', (_, error, status) => {
		expect(error.status).toBe(status);
	});

	test('only what may have been taken says so', () => {
		const taken = each.filter(([, , error]) => error.mayBeAccepted).map(([name]) => name);
		expect(taken).toEqual(['canceledInFlight 1', 'badSubmitResponse 1', 'outcomeUnknown 1']);
	});

	test('an item without that field is told which it has', () => {
		expect(messages.noImage('data', ['photo', 'file']).remedy).toContain('photo, file');
	});

	test('the parameter is called by its display name', () => {
		expect(messages.noImage('', [], 'Selfie Field').message).toBe('Selfie Field is empty');
		expect(messages.notAFile('a list', ['a'], 'Selfie Field').message).toContain('in Selfie Field returned');
		expect(messages.emptyImage({ label: 'Selfie Field', fileName: 'a.jpg' }).message).toBe(
			'The file a.jpg from Selfie Field is empty (0 bytes)',
		);
	});

	test('the Edit Image node is recommended for what it reads, and for nothing else', () => {
		const recommended = KINDS.filter((kind) =>
			/with the Edit Image node/.test(messages.unsupportedImage('data', 'x', kind).remedy),
		);
		expect(recommended).toEqual(['convertible']);
	});

	test('sizes are in MB', () => {
		expect(messages.imageTooLarge('data', 22_020_096, 20_971_520).message).toBe(
			'The file in the binary field data has 21.0 MB; the limit is 20.0 MB',
		);
	});

	test("Progeny's words follow a colon, or nothing does", () => {
		expect(messages.loginRejected(401, 'No active account').message).toBe(
			'Progeny did not accept the username and password: No active account',
		);
		expect(messages.loginRejected(401, '').message).toBe('Progeny did not accept the username and password');
	});

	test('it is an Error, with a name of its own', () => {
		const error = messages.canceled();
		expect(error).toBeInstanceOf(Error);
		expect(error.name).toBe('ProgenyError');
		// n8n takes a run for canceled where the message says so (n8n-core, WorkflowExecute).
		expect(error.message).toContain('canceled');
	});
});

test.each<[string, unknown]>([
	['no description', undefined],
	['null', null],
	['an object', {}],
	['an empty text', ''],
	['no code', 'Check the username.'],
	['a code in lower case', '[timed_out] x'],
	['a code later on', 'See [TIMED_OUT] x'],
	['a code that is none of these', '[WHATEVER] x'],
	['a code alone', '[TIMED_OUT]'],
])('returns undefined for other texts: %s', (_, description) => {
	expect(errorFromTexts('x', description)).toBeUndefined();
});
