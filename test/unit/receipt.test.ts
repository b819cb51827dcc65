import type { ReceiptSigner } from '../../nodes/shared/progeny/session';
import { isReceipt, isTooOld, signReceipt, verifyReceipt } from '../../nodes/shared/task/receipt';

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const SIGNER: ReceiptSigner = {
	key: 'k'.repeat(43),
	baseUrl: 'https://be.progeny.tech/api/v3',
	username: 'kyc',
};
const TASK = { taskId: 'd48eac86-228e-4933-a01d-279886a9c6b5', submittedAt: '2026-01-01T00:00:00.000Z' };
const BINDING = { path: '/services/authenticate_face/', fields: { uuid: UUID }, reference: 'order-4711' };
const RECEIPT = signReceipt(SIGNER, TASK, BINDING);
const [version, payload, mac] = RECEIPT.split('.');
const shown = () => JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string>;

test('a receipt returns its task if everything is as it was', () => {
	expect(verifyReceipt(SIGNER, RECEIPT, BINDING)).toEqual(TASK);
	expect(RECEIPT).toMatch(/^pgr1\.[\w-]+\.[\w-]{43}$/);
	expect(RECEIPT.length).toBeLessThan(2048);
});

test('shows the service, the task and the time, and no UUID, reference or account', () => {
	const hash = expect.any(String);
	expect(shown()).toEqual({ path: BINDING.path, ...TASK, fields: hash, reference: hash });
	for (const secret of [UUID, 'order-4711', 'kyc', SIGNER.key])
		expect(Buffer.from(payload, 'base64url').toString()).not.toContain(secret);
});

test('two receipts about the same person do not show that they are', () => {
	const other = signReceipt(SIGNER, { ...TASK, taskId: 'another' }, BINDING);
	const { fields, reference } = JSON.parse(Buffer.from(other.split('.')[1], 'base64url').toString());
	expect(fields).not.toBe(shown().fields);
	expect(reference).not.toBe(shown().reference);
});

describe('is invalid', () => {
	const changed = Buffer.from(JSON.stringify({ ...shown(), taskId: 'another' })).toString('base64url');
	/** The last character of 32 bytes in base64url has two bits that a decoder ignores. */
	const twin = (text: string) =>
		text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);

	test.each<[string, Partial<ReceiptSigner>, Partial<typeof BINDING> | { reference: undefined }]>([
		['another key', { key: 'l'.repeat(43) }, {}],
		['no key', { key: '' }, {}],
		['another base URL', { baseUrl: 'https://be.progeny.tech/api/v4' }, {}],
		['another username', { username: 'kyd' }, {}],
		['another service', {}, { path: '/services/face_liveness/' }],
		['another UUID', {}, { fields: { uuid: UUID.replace('d', 'e') } }],
		['another reference', {}, { reference: 'order-4712' }],
		['no reference', {}, { reference: undefined }],
	])('for %s', (_, signer, binding) => {
		expect(verifyReceipt({ ...SIGNER, ...signer }, RECEIPT, { ...BINDING, ...binding })).toBeUndefined();
	});

	test('with a reference if none was given', () => {
		const without = { ...BINDING, reference: undefined };
		const receipt = signReceipt(SIGNER, TASK, without);
		expect(verifyReceipt(SIGNER, receipt, without)).toEqual(TASK);
		expect(verifyReceipt(SIGNER, receipt, { ...BINDING, reference: '' })).toBeUndefined();
	});

	test.each([
		['a changed payload', `${version}.${changed}.${mac}`],
		['another text of the same MAC bytes', `${version}.${payload}.${twin(mac)}`],
		['another version', `pgr2.${payload}.${mac}`],
		['a part too many', `${RECEIPT}.`],
		['no MAC', `${version}.${payload}.`],
		['no payload', `${version}..${mac}`],
		['nothing but its name', 'pgr1'],
		['a receipt that is too long', `${version}.${'A'.repeat(3000)}.${mac}`],
	])('as %s', (_, receipt) => {
		expect(verifyReceipt(SIGNER, receipt, BINDING)).toBeUndefined();
		expect(isReceipt(receipt)).toBe(true);
	});

	test.each<[string, object]>([
		['is not a receipt', { taskId: 7 }],
		['is longer than 2 KB', { ...TASK, taskId: 'x'.repeat(2000) }],
	])('if a signed payload %s', (_, task) => {
		const signed = signReceipt(SIGNER, task as typeof TASK, BINDING);
		expect(verifyReceipt(SIGNER, signed, BINDING)).toBeUndefined();
	});
});

describe('too old', () => {
	const now = Date.parse(TASK.submittedAt);
	test.each([
		[0, false],
		[3_600_000, false],
		[3_600_001, true],
		[-300_000, false],
		[-300_001, true],
	])('%i ms after the submission: %p', (ageMs, expected) => {
		expect(isTooOld(TASK.submittedAt, 3_600_000, now + ageMs)).toBe(expected);
	});

	test('if the limit or the date cannot be read', () => {
		expect(isTooOld(TASK.submittedAt, NaN, now)).toBe(true);
		expect(isTooOld('yesterday', 3_600_000, now)).toBe(true);
	});
});
