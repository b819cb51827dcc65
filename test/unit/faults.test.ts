import { NodeApiError, UserError, type INode } from 'n8n-workflow';
import { Fault, faultFromTexts, faults, type FaultCode } from '../../nodes/shared/faults';

const node = { id: '1', name: 'Face', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

/** At least one fault of every factory; the type demands all of them. */
const SAMPLES: { [K in keyof typeof faults]: [FaultCode, ...Fault[]] } = {
	invalidUuid: ['INVALID_UUID', faults.invalidUuid(''), faults.invalidUuid('jane')],
	noImage: [
		'NO_IMAGE',
		faults.noImage('data', []),
		faults.noImage('data', ['photo', 'file']),
		faults.noImage('', []),
	],
	fileWithoutData: ['NO_IMAGE', faults.fileWithoutData([]), faults.fileWithoutData(['photo'])],
	unreadableImage: ['NO_IMAGE', faults.unreadableImage('data')],
	emptyImage: ['EMPTY_IMAGE', faults.emptyImage('data')],
	unsupportedImage: ['UNSUPPORTED_IMAGE', faults.unsupportedImage('data', 'a GIF image')],
	imageTooLarge: ['IMAGE_TOO_LARGE', faults.imageTooLarge('data', 25_000_000, 20_971_520)],
	photoRefusedAsTooLarge: ['IMAGE_TOO_LARGE', faults.photoRefusedAsTooLarge()],
	submitRejected: ['SUBMIT_REJECTED', faults.submitRejected(400, ''), faults.submitRejected(400, 'uuid: No')],
	loginRejected: ['LOGIN_REJECTED', faults.loginRejected(401, ''), faults.loginRejected(401, 'No')],
	tokenRejected: ['LOGIN_REJECTED', faults.tokenRejected(''), faults.tokenRejected('No')],
	forbidden: ['FORBIDDEN', faults.forbidden(''), faults.forbidden('No')],
	noCredential: ['FORBIDDEN', faults.noCredential()],
	notSent: ['FORBIDDEN', faults.notSent(''), faults.notSent('Domain not allowed')],
	rateLimited: ['RATE_LIMITED', faults.rateLimited(''), faults.rateLimited('Wait')],
	unreachable: ['UNREACHABLE', faults.unreachable('the connection was refused')],
	unavailable: ['UNREACHABLE', faults.unavailable(503)],
	badBaseUrl: ['UNREACHABLE', faults.badBaseUrl('is empty')],
	redirected: ['BAD_RESPONSE', faults.redirected(302)],
	badLoginResponse: ['BAD_RESPONSE', faults.badLoginResponse(200, 'an HTML page')],
	badSubmitResponse: ['BAD_RESPONSE', faults.badSubmitResponse(200, 'a list')],
	noApi: ['BAD_RESPONSE', faults.noApi(404)],
	badTaskResponse: ['BAD_RESPONSE', faults.badTaskResponse(200, 'a list')],
	outcomeUnknown: ['OUTCOME_UNKNOWN', faults.outcomeUnknown('it took too long')],
	taskFailed: ['TASK_FAILED', faults.taskFailed('REVOKED', ''), faults.taskFailed('REVOKED', 'Words')],
	badTaskId: ['TASK_NOT_FOUND', faults.badTaskId('a b')],
	noTaskId: ['TASK_NOT_FOUND', faults.noTaskId()],
	taskNotFound: ['TASK_NOT_FOUND', faults.taskNotFound(''), faults.taskNotFound('Not found')],
	timedOut: ['TIMED_OUT', faults.timedOut(120, ''), faults.timedOut(120, 'Progeny answered with HTTP 502')],
	canceled: ['CANCELED', faults.canceled()],
};

/** Every code of the contract; the type demands all of them. */
const CODES: Record<FaultCode, true> = {
	INVALID_UUID: true,
	NO_IMAGE: true,
	EMPTY_IMAGE: true,
	UNSUPPORTED_IMAGE: true,
	IMAGE_TOO_LARGE: true,
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
	samples.map((fault, i): [string, FaultCode, Fault] => [`${name} ${i + 1}`, code, fault]),
);

test('the table has every factory', () => {
	expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(faults).sort());
});

test('every code has a factory, and no factory has another code', () => {
	expect(new Set(each.map(([, , fault]) => fault.code))).toEqual(new Set(Object.keys(CODES)));
});

describe.each(each)('%s', (_, code, fault) => {
	test('has its code, at the start of the description', () => {
		expect(fault.code).toBe(code);
		expect(fault.description).toBe(`[${code}] ${fault.remedy}`);
	});

	test('says what happened, without the words that alarm and without a full stop', () => {
		expect(fault.message).toMatch(/^(n8n|[A-Z]).{5,}/);
		expect(fault.message).not.toMatch(/error|problem|failure|mistake/i);
		expect(fault.message).not.toMatch(/[.:;,\s]$/);
		expect(fault.message).not.toMatch(/undefined|null|NaN|\[object|\s\s|\(\)/);
	});

	test('says what to do, in full sentences', () => {
		expect(fault.remedy).toMatch(/^[A-Z][^\n]+[A-Za-z0-9)]\.$/);
		expect(fault.remedy.split(' ').length).toBeGreaterThan(3);
		expect(fault.remedy).not.toMatch(/error|problem|failure|mistake|undefined|\s\s/i);
	});

	test('comes back whole from the errors of n8n', () => {
		const direct = new NodeApiError(node, {}, { message: fault.message, description: fault.description });
		const asLogin = new NodeApiError(
			node,
			new UserError(fault.message, { description: fault.description }) as never,
		);
		for (const { message, description } of [direct, asLogin]) {
			const back = faultFromTexts(message, description);
			expect(back).toBeInstanceOf(Fault);
			expect(back).toMatchObject({
				code,
				message: fault.message,
				remedy: fault.remedy,
				description: fault.description,
			});
		}
	});

	test('tells its task', () => {
		const told = fault.about('task-7');
		expect(told).toMatchObject({ code, taskId: 'task-7', message: fault.message, status: fault.status });
		expect(told.description).toBe(`[${code}] Task ID task-7. ${fault.remedy}`);
		expect(faultFromTexts(told.message, told.description)?.description).toBe(told.description);
	});
});

describe('what a fault tells', () => {
	test.each<[string, Fault, number | undefined]>([
		['submitRejected', faults.submitRejected(409, ''), 409],
		['loginRejected', faults.loginRejected(401, ''), 401],
		['tokenRejected', faults.tokenRejected(''), 401],
		['forbidden', faults.forbidden(''), 403],
		['rateLimited', faults.rateLimited(''), 429],
		['taskNotFound', faults.taskNotFound(''), 404],
		['unavailable', faults.unavailable(503), 503],
		['redirected', faults.redirected(307), 307],
		['photoRefusedAsTooLarge', faults.photoRefusedAsTooLarge(), 413],
		['unreachable', faults.unreachable('x'), undefined],
		['timedOut', faults.timedOut(1, ''), undefined],
	])('%s has its HTTP status', (_, fault, status) => {
		expect(fault.status).toBe(status);
	});

	test('only what may have been taken says so', () => {
		const taken = each.filter(([, , fault]) => fault.mayBeTaken).map(([name]) => name);
		expect(taken).toEqual(['badSubmitResponse 1', 'outcomeUnknown 1']);
	});

	test('an item without that field is told which it has', () => {
		expect(faults.noImage('data', ['photo', 'file']).remedy).toContain('photo, file');
	});

	test('sizes are in MB', () => {
		expect(faults.imageTooLarge('data', 22_020_096, 20_971_520).message).toBe(
			'The file in the binary field data has 21.0 MB; at most 20.0 MB can be sent',
		);
	});

	test("Progeny's words follow a colon, or nothing does", () => {
		expect(faults.loginRejected(401, 'No active account').message).toBe(
			'Progeny did not accept the username and password: No active account',
		);
		expect(faults.loginRejected(401, '').message).toBe('Progeny did not accept the username and password');
	});

	test('it is an Error, with a name of its own', () => {
		const fault = faults.canceled();
		expect(fault).toBeInstanceOf(Error);
		expect(fault.name).toBe('ProgenyFault');
		// n8n takes a run for canceled where the message says so (n8n-core, WorkflowExecute).
		expect(fault.message).toContain('canceled');
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
])('texts that are not of a fault give none: %s', (_, description) => {
	expect(faultFromTexts('x', description)).toBeUndefined();
});
