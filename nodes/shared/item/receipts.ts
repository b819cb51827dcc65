import { messages } from '../errors/messages';
import type { CredentialSession } from '../progeny/session';
import type { ServiceCall } from '../service';
import { isTooOld, signReceipt, verifyReceipt, type ReceiptTask } from '../task/receipt';
import type { TaskOrigin } from './output';
import type { RequestedTask } from './parameters';

/** Signs and verifies receipts with the credential of a run. */
export interface Receipts {
	/** Adds a receipt to a task that was just submitted, if the key to sign it was read. Never throws: the task exists. */
	sign(task: ReceiptTask, call: ServiceCall, reference: string | undefined): Promise<TaskOrigin>;
	/**
	 * Returns the task to fetch. A valid receipt proves what was submitted and when; a bare task ID proves nothing. Throws
	 * INVALID_RECEIPT.
	 */
	verify(requested: RequestedTask, call: ServiceCall, reference: string | undefined): Promise<TaskOrigin>;
}

/** Creates the receipts of a run. */
export function createReceipts(session: CredentialSession): Receipts {
	return {
		async sign(task, call, reference) {
			const signer = await session.signer().catch(() => undefined);
			const receipt = signer?.key ? signReceipt(signer, task, boundBy(call, reference)) : undefined;
			return originOf(task, call, receipt, reference);
		},
		async verify(requested, call, reference) {
			if ('taskId' in requested) return { ...requested, echoed: {} };
			const { receipt } = requested;
			const task = verifyReceipt(await session.signer(), receipt, boundBy(call, reference));
			if (task === undefined) throw messages.invalidReceipt();
			return originOf(task, call, receipt, reference);
		},
	};
}

const boundBy = ({ path, fields = {} }: ServiceCall, reference: string | undefined) => ({
	path,
	fields,
	reference,
});

function originOf(
	task: ReceiptTask,
	{ fields = {}, echoedFields = [] }: ServiceCall,
	receipt: string | undefined,
	reference: string | undefined,
): TaskOrigin {
	const echoed = Object.fromEntries(echoedFields.map((name) => [name, fields[name]!]));
	return { ...task, echoed, receipt, reference };
}

/** Returns the reasons to turn a pass into a review: NO_RECEIPT or TOO_OLD. `now` is in ms since 1970. */
export function reviewReasonsOf({ submittedAt }: TaskOrigin, maxAgeMs: number, now: number): string[] {
	// Only this execution's own submission and a valid receipt have a time.
	if (submittedAt === undefined) return ['NO_RECEIPT'];
	return isTooOld(submittedAt, maxAgeMs, now) ? ['TOO_OLD'] : [];
}
