import { createHash } from 'node:crypto';
import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Ran, Setup } from './engine';
import { tinyJpeg } from './items';
import { SERVICES } from './services';
import type { WireServer } from './wireServer';

export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse "battery" staple';

/** A photo whose bytes are unlike each other everywhere, so that each part of it can be recognised. */
export const PHOTO = distinctiveJpeg(1500);

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
		...SERVICES[setup.node ?? 'authenticateFace'].texts,
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

function distinctiveJpeg(bytes: number): Buffer {
	const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, i) =>
		createHash('sha256').update(`photo ${i}`).digest(),
	);
	const comment = Buffer.concat(blocks).subarray(0, bytes);
	const header = Buffer.from([0xff, 0xfe, (bytes + 2) >> 8, (bytes + 2) & 0xff]);
	const jpeg = tinyJpeg();
	return Buffer.concat([jpeg.subarray(0, 2), header, comment, jpeg.subarray(2)]);
}
