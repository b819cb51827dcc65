import type { BinaryDataService } from 'n8n-core';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, UUID, fakeProgeny, useNock } from './support/progeny';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

const jpeg = tinyJpeg({ width: 300, height: 400 });
const submit = { operation: 'submit', uuid: UUID };

test('a photo in another field is found by its name', async () => {
	const traffic = fakeProgeny();
	await runNode({
		account: ACCOUNT,
		items: [fileItem(jpeg, {}, 'selfie')],
		parameters: { ...submit, binaryPropertyName: 'selfie' },
	});
	expect(traffic.submits[0].body.includes(jpeg)).toBe(true);
});

test('an expression is read for each item', async () => {
	const traffic = fakeProgeny();
	const photos = [jpeg, tinyJpeg({ width: 500, height: 600 })];
	await runNode({
		account: ACCOUNT,
		items: photos.map((file, i) => fileItem(file, { field: `photo${i}` }, `photo${i}`)),
		parameters: { ...submit, binaryPropertyName: '={{ $json.field }}', options: { concurrency: 1 } },
	});
	expect(traffic.submits.map(({ body }, i) => body.includes(photos[i]))).toEqual([true, true]);
});

test('an expression may give the file itself', async () => {
	const traffic = fakeProgeny();
	const { error } = await runNode({
		account: ACCOUNT,
		items: [fileItem(jpeg, {}, 'selfie')],
		parameters: { ...submit, binaryPropertyName: '={{ $binary.selfie }}' },
	});
	expect(error).toBeUndefined();
	expect(traffic.submits[0].body.includes(jpeg)).toBe(true);
});

test('of two files that look alike, an expression cannot tell which one it means: none is sent', async () => {
	const traffic = fakeProgeny();
	const { binary } = fileItem(jpeg, {}, 'selfie');
	const { error } = await runNode({
		account: ACCOUNT,
		items: [
			{
				json: {},
				binary: { selfie: binary!.selfie, other: { ...binary!.selfie, data: tinyJpeg().toString('base64') } },
			},
		],
		parameters: { ...submit, binaryPropertyName: '={{ $binary.selfie }}' },
	});
	expect(error!.description).toMatch(/^\[NO_IMAGE\].*selfie, other/);
	expect(traffic.submits).toEqual([]);
});

test('in the combined binary mode, files are found in the JSON of the item, by name or path', async () => {
	const traffic = fakeProgeny();
	const json = { _files: { data: { data: jpeg.toString('base64'), mimeType: 'image/jpeg' } } };
	for (const binaryPropertyName of ['data', '_files.data', '={{ $json._files.data }}']) {
		const { error } = await runNode({
			account: ACCOUNT,
			items: [{ json }],
			parameters: { ...submit, binaryPropertyName },
			workflowSettings: { binaryMode: 'combined' },
		});
		expect(error).toBeUndefined();
	}
	expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true, true, true]);
});

test('in the filesystem binary mode, files are read from where n8n keeps them', async () => {
	const traffic = fakeProgeny();
	const service = await filesystemStorage();
	const stored = await service.store({ type: 'execution', workflowId: 'workflow', executionId: '1' }, jpeg, {
		data: '',
		mimeType: 'text/plain',
		fileName: 'x',
	});
	expect(stored.id).toMatch(/^filesystem/);
	for (const binaryPropertyName of ['data', '={{ $binary.data }}']) {
		const { error } = await runNode({
			account: ACCOUNT,
			items: [{ json: {}, binary: { data: stored } }],
			parameters: { ...submit, binaryPropertyName },
		});
		expect(error).toBeUndefined();
	}
	expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true, true]);
});

test('a stored file that is too large is refused without being read', async () => {
	fakeProgeny();
	const service = await filesystemStorage();
	const stored = await service.store(
		{ type: 'execution', workflowId: 'workflow', executionId: '2' },
		Buffer.alloc(21 * 1024 * 1024),
		{ data: '', mimeType: 'image/jpeg' },
	);
	const read = jest.spyOn(service, 'getAsBuffer');
	const { error } = await runNode({
		account: ACCOUNT,
		items: [{ json: {}, binary: { data: stored } }],
		parameters: submit,
	});
	expect(error!.description).toMatch(/^\[IMAGE_TOO_LARGE\]/);
	expect(read).not.toHaveBeenCalled();
});

test('a stored file that is gone is named as such', async () => {
	fakeProgeny();
	await filesystemStorage();
	const gone = {
		id: 'filesystem-v2:workflows/workflow/executions/1/binary_data/gone',
		data: 'filesystem-v2',
		mimeType: 'image/jpeg',
	};
	const { error } = await runNode({
		account: ACCOUNT,
		items: [{ json: {}, binary: { data: gone } }],
		parameters: submit,
	});
	expect(error!.description).toMatch(/^\[NO_IMAGE\]/);
	expect(error!.message).toMatch(/could not be read/);
});

describe('hints', () => {
	const tall = tinyJpeg({ height: 1081 });
	const turned = tinyJpeg({ orientation: 6 });

	test('photos that are fine give none', async () => {
		fakeProgeny();
		const { hints } = await runNode({
			account: ACCOUNT,
			items: [fileItem(tinyJpeg({ height: 1080 }))],
			parameters: submit,
		});
		expect(hints).toEqual([]);
	});

	test('tall and turned photos are sent, with one hint for the whole run', async () => {
		const traffic = fakeProgeny();
		const { hints } = await runNode({
			account: ACCOUNT,
			items: [tall, turned, tall, jpeg].map((file) => fileItem(file)),
			parameters: submit,
		});
		expect(traffic.submits).toHaveLength(4);
		expect(hints).toHaveLength(1);
		expect(hints[0].message).toMatch(
			/^2 photos are higher than the 1080 pixels.*1 photo is stored turned.*Edit Image/,
		);
	});
});

/** n8n's storage of binary data in files, of the engine's own copies of the classes. */
async function filesystemStorage(): Promise<BinaryDataService> {
	const core = createRequire(require.resolve('n8n-core'));
	const { Container } = core('@n8n/di') as { Container: { get<T>(type: new (...args: never[]) => T): T } };
	const { BinaryDataConfig, BinaryDataService: Service } = core('n8n-core') as typeof import('n8n-core');
	Object.assign(Container.get(BinaryDataConfig), {
		mode: 'filesystem',
		localStoragePath: mkdtempSync(join(tmpdir(), 'progeny-files-')),
	});
	const service = Container.get(Service as never) as BinaryDataService;
	await service.init();
	return service;
}
