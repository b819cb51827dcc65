import { ProgenyError } from './error';

const GIVE_RECEIPT = 'Give the receipt that a Submit operation returned, or that came with a timeout.';

/** What is said of a receipt, a task ID or a reference that cannot be used, before Progeny is contacted. */
export const receiptMessages = {
	noReceipt: () => new ProgenyError('INVALID_RECEIPT', 'Receipt or Task ID is empty', GIVE_RECEIPT),
	invalidReceipt: () =>
		new ProgenyError(
			'INVALID_RECEIPT',
			'The receipt is not valid here',
			'It counts only with what it was made for: this node with the parameters and options that choose its service, the same credential, Base URL and username, the same UUID or other texts, and the same Reference, or none on both sides. It may also be incomplete or changed. Submit again if it cannot be had.',
		),
	emptyReference: () =>
		new ProgenyError(
			'INVALID_RECEIPT',
			'Reference is empty',
			'Check the expression in the option Reference, or remove the option: an empty reference would let one receipt serve for several sessions.',
		),
	/** A reference that two sessions may share; `found` says what it holds. */
	unboundReference: (found: string) =>
		new ProgenyError(
			'INVALID_RECEIPT',
			`Reference holds ${found}`,
			'Nothing was sent, since one receipt would serve for several sessions. Check the expression in the option Reference: names are case-sensitive, and an ID of more than 15 digits has to be a text.',
		),
	badTaskId: (value: string) =>
		new ProgenyError('TASK_NOT_FOUND', `Receipt or Task ID is neither: ${value}`, GIVE_RECEIPT),
};
