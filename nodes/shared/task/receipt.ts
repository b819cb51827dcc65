import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ReceiptSigner } from '../progeny/session';
import { recordFromJson } from '../util/values';

/** The readable part of a receipt. */
export interface ReceiptTask {
	taskId: string;
	/** When Progeny accepted the task: ISO 8601. */
	submittedAt: string;
}

/** The values that a receipt is bound to without revealing them. */
export interface ReceiptBinding {
	/** The service's path under the base URL. */
	path: string;
	/** The text fields that were sent, e.g. the UUID. */
	fields: Readonly<Record<string, string>>;
	/** The user's own ID of the session, order or application. */
	reference: string | undefined;
}

const VERSION = 'pgr1';
const MAX_LENGTH = 2048;

/** True for a text that starts like a receipt, valid or not, of this version or another. */
export const isReceipt = (text: string): boolean => /^pgr/i.test(text);

/**
 * Returns a signed receipt of a submitted task: `pgr1.<payload>.<mac>`. The payload shows the service, the task ID and the time, but
 * only keyed digests of the text fields and the reference. The MAC also covers the account.
 */
export function signReceipt(signer: ReceiptSigner, task: ReceiptTask, binding: ReceiptBinding): string {
	const payload = Buffer.from(
		JSON.stringify({
			path: binding.path,
			taskId: task.taskId,
			submittedAt: task.submittedAt,
			...digestsOf(signer, task.taskId, binding),
		}),
	).toString('base64url');
	return `${VERSION}.${payload}.${macOf(signer, payload)}`;
}

/**
 * Returns the task of a receipt; undefined unless this signer signed it for this very service, account, text fields and reference.
 * Compares the MAC before it parses the payload, and as text: a base64url decoder accepts several texts for the same bytes.
 */
export function verifyReceipt(
	signer: ReceiptSigner,
	receipt: string,
	binding: ReceiptBinding,
): ReceiptTask | undefined {
	if (signer.key === '' || receipt.length > MAX_LENGTH) return undefined;
	const [version, payload = '', mac = '', ...more] = receipt.split('.');
	if (version !== VERSION || more.length > 0 || !isSame(mac, macOf(signer, payload))) return undefined;
	const claims = recordFromJson(Buffer.from(payload, 'base64url').toString('utf8'));
	if (claims === undefined || claims.path !== binding.path) return undefined;
	const { taskId, submittedAt } = claims;
	if (typeof taskId !== 'string' || typeof submittedAt !== 'string') return undefined;
	const expected = digestsOf(signer, taskId, binding);
	const isBound = isSame(claims.fields, expected.fields) && isSame(claims.reference, expected.reference);
	return isBound ? { taskId, submittedAt } : undefined;
}

/** A submission may be dated this far in the future (ms), since the clocks of several workers differ. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/** True if a submission is older than `maxAgeMs` at `now` (ms since 1970), or dated too far in the future. */
export function isTooOld(submittedAt: string, maxAgeMs: number, now: number): boolean {
	const ageMs = now - Date.parse(submittedAt);
	return !(ageMs <= maxAgeMs && ageMs >= -MAX_CLOCK_SKEW_MS);
}

/** Returns digests that differ for each task, so that two receipts do not reveal whether they are about the same person. */
function digestsOf(
	signer: ReceiptSigner,
	taskId: string,
	{ fields, reference }: ReceiptBinding,
): { fields: string; reference: string } {
	const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		fields: hmac(signer.key, ['fields', taskId, sorted]),
		reference: hmac(signer.key, ['reference', taskId, reference ?? null]),
	};
}

const macOf = ({ key, baseUrl, username }: ReceiptSigner, payload: string): string =>
	hmac(key, ['receipt', VERSION, payload, baseUrl, username]);

const hmac = (key: string, message: unknown): string =>
	createHmac('sha256', key).update(JSON.stringify(message)).digest('base64url');

function isSame(given: unknown, expected: string): boolean {
	if (typeof given !== 'string') return false;
	const a = Buffer.from(given);
	const b = Buffer.from(expected);
	return a.length === b.length && timingSafeEqual(a, b);
}
