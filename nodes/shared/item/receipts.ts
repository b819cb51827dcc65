import type { IExecuteFunctions } from 'n8n-workflow';
import { messages } from '../errors/messages';
import type { Session } from '../progeny/session';
import type { Service } from '../service';
import { signReceipt, verifyReceipt, type ReceiptTask } from '../task/receipt';
import type { TaskOrigin } from './output';
import { readRequestedTask } from './parameters';
import { readFields } from './readSubmission';

/** The receipts of one service, for one node run and its credential. */
export interface Receipts {
	/** A receipt for a task that was submitted just now. Never throws, since the task exists. */
	sign(
		task: ReceiptTask,
		fields: Readonly<Record<string, string>>,
		reference: string | undefined,
	): Promise<string>;
	/**
	 * The task that Get Task Result is asked for. With a valid receipt it is known whom it is about and when it was submitted;
	 * of a bare task ID nothing is known. Throws INVALID_RECEIPT, TASK_NOT_FOUND, or what is wrong with a text field.
	 */
	requested(
		context: IExecuteFunctions,
		itemIndex: number,
		service: Pick<Service<never>, 'fields'>,
		reference: string | undefined,
	): Promise<TaskOrigin>;
}

/** Opens the receipts of the service at `path`. */
export function openReceipts(session: Session, path: string): Receipts {
	return {
		async sign(task, fields, reference) {
			return signReceipt(await session.signer(), task, { path, fields, reference });
		},
		async requested(context, itemIndex, service, reference) {
			const requested = readRequestedTask(context, itemIndex);
			const fields = readFields(context, itemIndex, service);
			if ('taskId' in requested) return { ...requested, fields: {} };
			const { receipt } = requested;
			const task = verifyReceipt(await session.signer(), receipt, { path, fields, reference });
			if (task === undefined) throw messages.invalidReceipt();
			return { ...task, fields, receipt, ...(reference === undefined ? {} : { reference }) };
		},
	};
}
