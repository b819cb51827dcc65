import { BinaryDataService } from 'n8n-core';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { Ran, Setup } from './engine';
import { PHOTO } from './items';
import { SERVICES } from './services';
import type { WireServer } from './wireServer';

export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse "battery" staple';

/** Returns a run of a node with one photo against a wire server. `timeout` in seconds. */
export const setupFor = (server: WireServer, timeout = 1, setup: Partial<Setup> = {}): Setup => ({
	account: {
		baseUrl: server.baseUrl,
		username: USERNAME,
		password: PASSWORD,
		accessToken: '',
		tokenMetadata: '',
	},
	items: [storedPhoto()],
	...setup,
	parameters: {
		...SERVICES[setup.node ?? 'authenticateFace'].inputs,
		options: { timeout },
		...setup.parameters,
	},
});

/** The settings of a node under which items that fail become items. */
export const CONTINUE: Partial<INode> = { onError: 'continueRegularOutput' };

/** Returns a failed item as the node writes it, with its code. */
export const failed = (code = '[A-Z_]+') => ({
	error: expect.any(String),
	message: expect.stringMatching(`^\\[${code}\\] `),
});

/** Returns each item's decision or error code, or the code of the error that ended the run. */
export const outcomesOf = ({ json, error }: Ran): string[] =>
	error === undefined
		? json.map(({ decision, message }) => String(decision ?? codeIn(message)))
		: [codeIn(error.description)];

/** Returns the same of the only item. */
export function outcomeOf(ran: Ran): string {
	const outcomes = outcomesOf(ran);
	return outcomes.length === 1 ? outcomes[0]! : `${ran.status}, ${outcomes.length} items`;
}

/** Returns the code at the start of an error's description. */
export const codeIn = (text: unknown): string =>
	/^\[([A-Z_]+)\] /.exec(String(text))?.[1] ?? `no code: ${String(text)}`;

/** Returns an item whose photo n8n keeps outside of it, so that nothing of the photo is in the item itself. */
export const storedPhoto = (): INodeExecutionData => ({
	json: {},
	binary: { data: { id: 'test:photo', data: 'test', mimeType: 'image/jpeg', fileName: 'face.jpg' } },
});

/** Lets n8n find the photo of `storedPhoto`. */
export function fakeBinaryStore(): void {
	jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockImplementation(async () => Buffer.from(PHOTO));
	jest
		.spyOn(BinaryDataService.prototype, 'getMetadata')
		.mockImplementation(async () => ({ fileSize: PHOTO.length }));
}
