import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { ERROR_CODES, ProgenyError, type ErrorCode } from '../../nodes/shared/errors/error';
import { NAME_FAULTS, type NameFault } from '../../nodes/shared/errors/inputMessages';
import { messages } from '../../nodes/shared/errors/messages';
import { errorFromTexts, errorTexts, nodeError, userError } from '../../nodes/shared/errors/n8nErrors';
import { NOT_A_PHOTO, type NotAPhoto } from '../../nodes/shared/errors/photoMessages';
import { each, words } from '../support/words';
import { ANY_NODE } from '../support/anyNode';

const LABEL = 'Input Binary Field';
const KINDS = Object.keys(NOT_A_PHOTO) as NotAPhoto[];
const FAULTS = Object.keys(NAME_FAULTS).map((fault) => ['Name', fault] as [string, NameFault]);

type Messages = typeof messages;
/** The code of every factory, and arguments of at least one error; the type demands all of them. */
const SAMPLES: { [K in keyof Messages]: [ErrorCode, ...Array<Parameters<Messages[K]>>] } = {
	invalidUuid: ['INVALID_UUID', [''], ['jane']],
	noImage: ['NO_IMAGE', ['data', [], LABEL], ['data', ['photo', 'file'], LABEL], ['', [], LABEL]],
	severalFiles: ['NO_IMAGE', ['Selfie', ['Selfie_0', 'Selfie_1']]],
	formLabel: ['NO_IMAGE', ['My photo', 'My_photo'], ['Ф', '_']],
	otherBinaryMode: ['NO_IMAGE', [LABEL]],
	notNumbered: ['NO_IMAGE', ['Selfie_0', 'Selfie']],
	notAFile: ['NO_IMAGE', ['a list', ['Selfie'], LABEL], ['nothing', [], LABEL]],
	objectInText: ['NO_IMAGE', [['photo'], LABEL], [['photo', 'file'], LABEL]],
	contentInText: ['NO_IMAGE', ['base64 text', LABEL]],
	urlInText: ['NO_IMAGE', [LABEL]],
	fileWithoutData: ['NO_IMAGE', [[], LABEL], [['photo'], LABEL]],
	fileInJson: ['NO_IMAGE', [[], LABEL], [['photo'], LABEL]],
	noFileInField: ['NO_IMAGE', ['data', 'a Buffer']],
	unreadableImage: ['NO_IMAGE', ['data']],
	photoTooLate: ['NO_IMAGE', [120]],
	emptyImage: ['EMPTY_IMAGE', ['data'], [{ label: 'Selfie' }]],
	unsupportedImage: [
		'UNSUPPORTED_IMAGE',
		[{ label: LABEL, fileName: 'a.gif' }, 'a GIF image', 'convertible'],
		...KINDS.map((kind): Parameters<Messages['unsupportedImage']> => ['data', 'x', kind]),
	],
	imageTooLarge: ['IMAGE_TOO_LARGE', ['data', 25_000_000]],
	invalidDocumentType: ['INVALID_DOCUMENT_TYPE', []],
	sameImage: ['SAME_IMAGE', ['Front Binary Field', 'Back Binary Field']],
	noSuchService: ['SUBMIT_REJECTED', []],
	photoRefusedAsTooLarge: ['IMAGE_TOO_LARGE', []],
	submitRejected: ['SUBMIT_REJECTED', [400, ''], [400, 'uuid: No'], [404, 'Not found']],
	loginRejected: ['LOGIN_REJECTED', [401, ''], [401, 'No']],
	tokenRejected: ['LOGIN_REJECTED', [''], ['No']],
	loginForbidden: ['FORBIDDEN', [''], ['Account locked']],
	noLogin: ['BAD_RESPONSE', [404]],
	pageInFront: [
		'BAD_RESPONSE',
		[403, ''],
		[400, '<h1>Bad Request (400)</h1>'],
		[400, '<center>The plain HTTP request was sent to HTTPS port</center>'],
	],
	uploadOutlastsLogin: ['UNREACHABLE', []],
	noToken: ['BAD_RESPONSE', [200, '', 'a list']],
	backlog: ['TIMED_OUT', [1], [120]],
	canceledInFlight: ['CANCELED', []],
	proxyRefused: ['UNREACHABLE', [403], [407]],
	credentialUnreadable: ['UNREACHABLE', ['SQLITE_BUSY']],
	credentialUnusable: ['FORBIDDEN', ['No']],
	forbidden: ['FORBIDDEN', [''], ['No']],
	noCredential: ['FORBIDDEN', []],
	hostNotAllowed: ['FORBIDDEN', ['the list names none']],
	notSent: ['FORBIDDEN', [''], ['Domain not allowed']],
	rateLimited: ['RATE_LIMITED', [''], ['Wait']],
	unreachable: ['UNREACHABLE', ['the connection was refused']],
	unavailable: ['UNREACHABLE', [503]],
	badBaseUrl: ['UNREACHABLE', ['is empty']],
	redirected: ['BAD_RESPONSE', [302]],
	badLoginResponse: ['BAD_RESPONSE', [200, 'an HTML page'], [409, 'x', 'No']],
	badSubmitResponse: ['BAD_RESPONSE', [200, 'a list']],
	badTaskResponse: ['BAD_RESPONSE', [200, 'a list'], [409, 'x', 'No']],
	brokenTaskJson: ['BAD_RESPONSE', [200]],
	emptyTaskResult: ['BAD_RESPONSE', [200]],
	outcomeUnknown: ['OUTCOME_UNKNOWN', ['it took too long']],
	taskFailed: ['TASK_FAILED', ['REVOKED', ''], ['REVOKED', 'Words']],
	badTaskId: ['TASK_NOT_FOUND', ['a b']],
	noDate: ['INVALID_DATE', []],
	invalidDate: ['INVALID_DATE', []],
	timeOfDay: ['INVALID_DATE', []],
	serialNumber: ['INVALID_DATE', []],
	noSuchDay: ['INVALID_DATE', []],
	birthInTheFuture: ['INVALID_DATE', []],
	birthTooLongAgo: ['INVALID_DATE', []],
	noName: ['INVALID_NAME', ['Full Name']],
	invalidName: ['INVALID_NAME', ['Full Name', 'damaged'], ...FAULTS],
	valuelessName: ['INVALID_NAME', ['Full Name', 'nil', 'Nil'], ['Full Name', 'nil', undefined]],
	fillerInName: ['INVALID_NAME', ['Full Name', 'FNU']],
	plainExpression: ['INVALID_UUID', ['UUID', 'INVALID_UUID']],
	tooLong: ['INVALID_UUID', ['UUID', 'INVALID_UUID', 100]],
	unusableOptions: ['INVALID_OPTIONS', []],
	noReceipt: ['INVALID_RECEIPT', []],
	invalidReceipt: ['INVALID_RECEIPT', []],
	emptyReference: ['INVALID_RECEIPT', []],
	unboundReference: ['INVALID_RECEIPT', ['a number']],
	taskNotFound: ['TASK_NOT_FOUND', [''], ['Not found']],
	timedOut: ['TIMED_OUT', [120, ''], [120, '', { said: 'Busy' }], [120, 'HTTP 502', { words: 'Odd' }]],
	canceled: ['CANCELED', []],
};

const samples = Object.entries(SAMPLES).flatMap(([name, [code, ...calls]]) =>
	calls.map((args, i): [string, ErrorCode, ProgenyError] => {
		const error = (messages[name as keyof Messages] as (...args: unknown[]) => ProgenyError)(...args);
		return [`${name} ${i + 1}`, code, error];
	}),
);

/** Errors of what was put in, about which Progeny was not asked. */
const INPUT = words(`
	INVALID_UUID NO_IMAGE EMPTY_IMAGE UNSUPPORTED_IMAGE IMAGE_TOO_LARGE SAME_IMAGE INVALID_DOCUMENT_TYPE INVALID_NAME
	INVALID_DATE INVALID_OPTIONS INVALID_RECEIPT`);
const OTHERS = words(`
	SUBMIT_REJECTED LOGIN_REJECTED FORBIDDEN RATE_LIMITED UNREACHABLE BAD_RESPONSE OUTCOME_UNKNOWN TASK_FAILED TASK_NOT_FOUND
	TIMED_OUT CANCELED`);

test('every code of the contract has a factory', () => {
	expect([...ERROR_CODES].sort()).toEqual([...INPUT, ...OTHERS].sort());
	expect(new Set(samples.map(([, code]) => code))).toEqual(new Set([...INPUT, ...OTHERS]));
});

describe.each(samples)('%s', (_, code, error) => {
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

	test('becomes an error of n8n with its item and HTTP code, and comes back whole', () => {
		const direct = nodeError(ANY_NODE, error, 4);
		const isOfInput = INPUT.includes(code);
		expect(direct).toBeInstanceOf(isOfInput ? NodeOperationError : NodeApiError);
		expect([direct.context.itemIndex, direct.node]).toEqual([4, ANY_NODE]);
		const httpCode = isOfInput ? undefined : error.status === undefined ? null : String(error.status);
		expect((direct as NodeApiError).httpCode).toBe(httpCode);
		const asLogin = new NodeApiError(ANY_NODE, userError(error) as never);
		for (const { message, description } of [direct, asLogin]) {
			const back = errorFromTexts(message, description);
			expect(back).toBeInstanceOf(ProgenyError);
			const { remedy } = error;
			expect(back).toMatchObject({ code, remedy, message: error.message, description: error.description });
		}
	});

	test('names its task', () => {
		const told = error.about('task-7');
		expect(told).toMatchObject({ code, taskId: 'task-7', message: error.message, status: error.status });
		const remedy = error.remedy.replace(/^Nothing was (sent|submitted)\. /, '');
		expect(told.description).toBe(`[${code}] Task ID task-7. ${remedy}`);
		const { message, description } = userError(told);
		expect(errorFromTexts(message, description)?.description).toBe(told.description);
	});
});

describe('what an error says', () => {
	test('if an answer of Progeny led here, it has its HTTP status', () => {
		const known = samples.flatMap(([name, , { status }]) =>
			status === undefined ? [] : [`${name.split(' ')[0]}:${status}`],
		);
		expect(new Set(known)).toEqual(
			new Set(
				words(`
					backlog:404 badLoginResponse:200 badLoginResponse:409 badSubmitResponse:200 badTaskResponse:200 badTaskResponse:409
					brokenTaskJson:200 emptyTaskResult:200 forbidden:403 loginForbidden:403 loginRejected:401 noLogin:404 noSuchService:404
					noToken:200 pageInFront:400 pageInFront:403 photoRefusedAsTooLarge:413 proxyRefused:403 proxyRefused:407 rateLimited:429
					redirected:302 submitRejected:400 submitRejected:404 taskNotFound:404 tokenRejected:401 unavailable:503
					uploadOutlastsLogin:401`),
			),
		);
	});

	test('only an upload that may have been accepted says so', () => {
		const taken = samples.filter(([, , error]) => error.mayBeAccepted).map(([name]) => name);
		expect(taken).toEqual(['canceledInFlight 1', 'badSubmitResponse 1', 'outcomeUnknown 1']);
	});

	test('of an item with very many files 20 are named', () => {
		const fields = Array.from({ length: 100_000 }, (_, i) => `f${i}`);
		const errors = [messages.noImage('data', fields, LABEL), messages.notAFile('a list', fields, LABEL)];
		for (const { description } of [...errors, messages.fileInJson(fields, LABEL)])
			expect(description).toMatch(/f0, f1, .*, f19, …/);
		expect(messages.severalFiles('f', fields).message).toMatch(/ 100000 files: f0, .*, f19, …$/);
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
		expect(messages.imageTooLarge('data', 22_020_096).message).toBe(
			'The file in the binary field data has 21.0 MB; the limit is 20.0 MB',
		);
	});

	test('a canceled item says so: by that word n8n recognizes a canceled run (n8n-core, WorkflowExecute)', () => {
		expect(messages.canceled().message).toContain('canceled');
	});
});

test.each<unknown>([
	...[undefined, null, {}, '', 'Check the username.', '[timed_out] x', 'See [TIMED_OUT] x', '[WHATEVER] x'],
	...['[TIMED_OUT]', '[TIMED_OUT] Pay a stranger.'],
])('another text is not an error of ours: %j', (description) => {
	expect(errorFromTexts('x', description)).toBeUndefined();
});

describe('nodeError', () => {
	test('another error is passed on with its words and the item', () => {
		const made = nodeError(ANY_NODE, new Error('Cannot read that'), 2);
		expect(made).toBeInstanceOf(NodeOperationError);
		expect(made.message).toBe('Cannot read that');
		expect(made.context.itemIndex).toBe(2);
	});

	test('an error of n8n stays the same one', () => {
		const thrown = new NodeOperationError(ANY_NODE, 'x', { itemIndex: 1 });
		expect(nodeError(ANY_NODE, thrown, 1)).toBe(thrown);
	});
});

describe('errorTexts', () => {
	test('of an error are its sentence, and below it the code, the task and the remedy', () => {
		const { message, remedy } = messages.timedOut(60, '');
		const texts = { error: message, message: `[TIMED_OUT] Task ID t-1. ${remedy}` };
		expect(errorTexts(messages.timedOut(60, '').about('t-1'))).toStrictEqual(texts);
	});

	const OTHER = 'The item could not be processed';
	const described = (description: unknown) => Object.assign(new Error('x'), { description });
	test.each<[unknown, object]>([
		[new Error('x'), { error: 'x' }],
		[described('d\n\u0000e'), { error: 'x', message: 'd e' }],
		[described(''), { error: 'x' }],
		[described({}), { error: 'x' }],
		[new Error('a\n\u0000b'), { error: 'a b' }],
		[new Error('x'.repeat(9999)), { error: `${'x'.repeat(299)}…` }],
		...each([new Error(''), null, undefined, {}, 5, [], Object.create(null)], { error: OTHER }),
	])('of %p', (thrown, texts) => {
		expect(errorTexts(thrown)).toStrictEqual(texts);
	});
});
