import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Ran, Setup } from './engine';
import { PHOTO } from './items';
import { SERVICES } from './services';
import type { WireServer } from './wireServer';

export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse "battery" staple';

/** A run of a node with one photo against a wire server. `timeout` in seconds. */
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

/** What the only item says (pass, review or fail), or the code in the error's description. */
export function outcomeOf({ status, json, error }: Ran): string {
	if (status === 'success' && json.length === 1) return String(json[0].decision ?? codeIn(json[0].message));
	return error === undefined ? `${status}, ${json.length} items` : codeIn(error.description);
}

const codeIn = (text: unknown) => /^\[([A-Z_]+)\] /.exec(String(text))?.[1] ?? `no code: ${String(text)}`;

/** An item whose photo n8n keeps outside of it, so that nothing of the photo is in the item itself. */
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
