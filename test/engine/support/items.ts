import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** Returns a photo of the project's own, from `photos/`. */
export const photo = (name: string): Buffer => readFileSync(join(__dirname, '../../../photos', name));

/** Returns the smallest JPEG there is whose header is whole: 8 by 8 pixels by default. */
export function tinyJpeg({ width = 8, height = 8, orientation = 1 } = {}): Buffer {
	const segment = (marker: number, body: Buffer) =>
		Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
	const exif = Buffer.from([
		...Buffer.from('Exif\0\0MM\0*', 'latin1'),
		...[0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
	]);
	const frame = Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		...(orientation === 1 ? [] : [segment(0xe1, exif)]),
		segment(0xc0, frame),
		Buffer.from([0xff, 0xd9]),
	]);
}

/** Returns an item with a file inline, as n8n's "default" binary mode has it. */
export function fileItem(file: Buffer, json: IDataObject = {}, field = 'data'): INodeExecutionData {
	return {
		json,
		binary: {
			[field]: {
				data: file.toString('base64'),
				mimeType: 'application/octet-stream',
				fileName: 'upload.bin',
			},
		},
	};
}

/** Returns so many items with a photo each, all different. */
export const photos = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, i) => fileItem(tinyJpeg({ width: 8 + i })));

/** A photo whose bytes are unlike each other everywhere, so that each part of it can be recognized. */
export const PHOTO = distinctiveJpeg(1500);

function distinctiveJpeg(bytes: number): Buffer {
	const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, i) =>
		createHash('sha256').update(`photo ${i}`).digest(),
	);
	const comment = Buffer.concat(blocks).subarray(0, bytes);
	const header = Buffer.from([0xff, 0xfe, (bytes + 2) >> 8, (bytes + 2) & 0xff]);
	const jpeg = tinyJpeg();
	return Buffer.concat([jpeg.subarray(0, 2), header, comment, jpeg.subarray(2)]);
}
