import { messages } from '../errors/messages';
import type { Session } from '../progeny/session';
import type { DecisionResult, ServiceCall } from '../service';
import { isTooOld, signReceipt, verifyReceipt, type ReceiptTask } from '../task/receipt';
import type { TaskOrigin } from './output';
import type { RequestedTask } from './parameters';

/** The receipts of one node run and its credential. */
export interface Receipts {
	/** A task that was submitted just now, with its receipt. Never throws, since the task exists. */
	sign(
		task: ReceiptTask,
		call: ServiceCall<DecisionResult>,
		reference: string | undefined,
	): Promise<TaskOrigin>;
	/**
	 * The task that Get Task Result is asked for. With a valid receipt it is known what it is about and when it was submitted;
	 * of a bare task ID nothing is known. Throws INVALID_RECEIPT.
	 */
	verify(
		requested: RequestedTask,
		call: ServiceCall<DecisionResult>,
		reference: string | undefined,
	): Promise<TaskOrigin>;
}

/** Opens the receipts of a run. */
export function createReceipts(session: Session): Receipts {
	return {
		async sign(task, { path, fields, shownFields }, reference) {
			const receipt = signReceipt(await session.signer(), task, { path, fields, reference });
			return { ...task, shownFields, receipt, ...(reference === undefined ? {} : { reference }) };
		},
		async verify(requested, { path, fields, shownFields }, reference) {
			if ('taskId' in requested) return { ...requested, shownFields: {} };
			const { receipt } = requested;
			const task = verifyReceipt(await session.signer(), receipt, { path, fields, reference });
			if (task === undefined) throw messages.invalidReceipt();
			return { ...task, shownFields, receipt, ...(reference === undefined ? {} : { reference }) };
		},
	};
}

/**
 * The reason why a task must not pass by itself, if any: without a receipt nobody knows what was submitted, and it may be too
 * old at `now` (ms since 1970).
 */
export function doubtsAbout({ submittedAt }: TaskOrigin, maxAgeMs: number, now: number): string[] {
	// Only this execution's own submission or a valid receipt tells when a task was submitted.
	if (submittedAt === undefined) return ['NO_RECEIPT'];
	return isTooOld(submittedAt, maxAgeMs, now) ? ['TOO_OLD'] : [];
}
