import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { ImageFacts } from '../../nodes/shared/photo/imageFacts';
import { inspectImage } from '../../nodes/shared/photo/imageFormat';
import { photo } from '../engine/support/items';
import { cases, runs } from '../support/thorough';

const HOPPER = photo('grace-hopper.jpg');
const COLLINS = photo('eileen-collins.png');

const file = (name: string) => readFileSync(join(__dirname, 'files', name));

const JPEG = { format: 'jpeg', mimeType: 'image/jpeg', extension: 'jpg', endsEarly: false } as const;
const PNG = { format: 'png', mimeType: 'image/png', extension: 'png', endsEarly: false } as const;

const inspected = (bytes: Buffer) =>
	inspectImage(bytes) as { facts?: ImageFacts; found?: string; kind?: string };
/** Returns the format of the bytes, which are not a photo, and the kind of its remedy. */
const foundIn = (bytes: Buffer) => [inspected(bytes).found, inspected(bytes).kind];
const factsOf = (bytes: Buffer): ImageFacts => inspected(bytes).facts!;

const bytesOf = (...parts: Array<number[] | string | Buffer>) =>
	Buffer.concat(
		parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
	);

/** Returns a JPEG segment: its marker, its length, its body. */
const segment = (marker: number, body: Buffer | number[]) =>
	bytesOf([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff], Buffer.from(body));

/** Returns the body of a JPEG frame header with one component. */
const frame = (width: number, height: number) =>
	[8, height >> 8, height & 255, width >> 8, width & 255].concat([1, 1, 17, 0]);

const CUT_OFF = 'a JPEG image that is cut off in its header';
const START = [0xff, 0xd8];
const END = [0xff, 0xd9];

const long = (value: number) => [24, 16, 8, 0].map((bits) => (value >>> bits) & 255);
/** Returns a PNG chunk; its checksum is not looked at. */
const chunk = (kind: string, body: Buffer) => bytesOf(long(body.length), kind, body, long(0));

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const header = (width: number, height: number) =>
	chunk('IHDR', bytesOf(long(width), long(height), Buffer.alloc(5)));

/** Returns a TIFF block with one directory entry: Orientation. */
function tiff(order: 'II' | 'MM', orientation: number, { tag = 0x0112, entries = 1 } = {}): Buffer {
	const isLittle = order === 'II';
	const shorts = [42, ...(isLittle ? [8, 0] : [0, 8]), entries, tag, 3, 0, 0, orientation, 0, 0, 0];
	return bytesOf(
		order,
		shorts.flatMap((value) => (isLittle ? [value & 255, value >> 8] : [value >> 8, value & 255])),
	);
}

const exif = (block: Buffer) => segment(0xe1, bytesOf('Exif\0\0', block));

describe('real photos', () => {
	test.each([
		['grace-hopper.jpg', { ...JPEG, width: 512, height: 600, orientation: 1 }],
		['eileen-collins.png', { ...PNG, width: 512, height: 512, orientation: 1 }],
		['cat.png', { ...PNG, width: 451, height: 300, orientation: 1 }],
	])('%s', (name, expected) => {
		expect(factsOf(photo(name))).toStrictEqual(expected);
	});

	const small = () => sharp(HOPPER).resize(64, 75);

	test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i, in JPEG and PNG', async (orientation) => {
		const turned = small().withMetadata({ orientation });
		const expected = { width: 64, height: 75, orientation };
		for (const progressive of [false, true]) {
			const jpeg = await turned.clone().jpeg({ progressive }).toBuffer();
			expect(factsOf(jpeg)).toEqual({ ...JPEG, ...expected });
		}
		expect(factsOf(await turned.clone().png().toBuffer())).toEqual({ ...PNG, ...expected });
	});

	test.each<[string, () => Sharp, object]>([
		['a grey JPEG', () => small().greyscale().jpeg(), JPEG],
		['a CMYK JPEG', () => small().toColourspace('cmyk').jpeg(), JPEG],
		['a JPEG with a color profile', () => small().withIccProfile('p3').jpeg(), JPEG],
		['an interlaced PNG', () => small().png({ progressive: true }), PNG],
		['a PNG with a palette', () => small().png({ palette: true }), PNG],
		['a PNG of 16 bits with transparency', () => small().ensureAlpha(0.5).toColourspace('rgb16').png(), PNG],
	])('%s', async (_, make, kind) => {
		expect(factsOf(await make().toBuffer())).toEqual({ ...kind, width: 64, height: 75, orientation: 1 });
	});

	test.each<['webp' | 'gif' | 'avif' | 'tiff', string]>([
		['webp', 'a WebP image'],
		['gif', 'a GIF image'],
		['avif', 'an AVIF image'],
		['tiff', 'a TIFF image'],
	])('%s is told by its name', async (format, found) => {
		expect(foundIn(await small().toFormat(format).toBuffer())[0]).toBe(found);
	});
});

describe('made-up headers', () => {
	const FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
	test.each(FRAMES)('the frame marker %i has the size', (marker) => {
		const bytes = bytesOf(START, segment(marker, frame(320, 200)), END);
		expect(factsOf(bytes)).toEqual({ ...JPEG, width: 320, height: 200, orientation: 1 });
	});

	test.each<[string, Buffer, number, number]>([
		...[0xc4, 0xc8, 0xcc].map((marker): [string, Buffer, number, number] => [
			`a segment ${marker}, which is not a frame`,
			bytesOf(START, segment(marker, frame(320, 200)), segment(0xc0, frame(3, 2)), END),
			3,
			2,
		]),
		['filling bytes', bytesOf(START, [0xff, 0xff, 0xff, 1, 0xff, 0xd3], segment(0xc0, frame(9, 8))), 9, 8],
		['the largest JPEG', bytesOf(START, segment(0xc0, frame(65535, 65535))), 65535, 65535],
		['the widest PNG', bytesOf(SIGNATURE, header(4294967295, 1)), 4294967295, 1],
	])('%s', (_, bytes, width, height) => {
		expect(factsOf(bytes)).toMatchObject({ width, height });
	});

	const NO_FRAME = 'a JPEG image without a frame header';
	const DAMAGED = 'a PNG image with a damaged header';
	test.each<[string, Buffer, string]>([
		['no frame before the scan', bytesOf(START, segment(0xda, [1, 2, 3])), NO_FRAME],
		['no frame at all', bytesOf(START, END), NO_FRAME],
		['stray bytes after a segment', bytesOf(START, segment(0xe0, [1]), [0, 1, 2]), CUT_OFF],
		['a frame after the end', bytesOf(START, END, START, segment(0xc0, frame(3, 2)), END), NO_FRAME],
		['a short frame', bytesOf(START, segment(0xc0, [8, 0, 9])), 'a JPEG image with a damaged header'],
		['a length beyond the end', bytesOf(START, [0xff, 0xe0, 0xff, 0xff, 1]), CUT_OFF],
		['the first two bytes alone', bytesOf(START), CUT_OFF],
		['no width', bytesOf(START, segment(0xc0, frame(0, 5))), 'a JPEG image without any pixels'],
		['no height', bytesOf(START, segment(0xc0, frame(5, 0))), 'a JPEG image without any pixels'],
		['a PNG without width', bytesOf(SIGNATURE, header(0, 5)), 'a PNG image without any pixels'],
		['a PNG without height', bytesOf(SIGNATURE, header(5, 0)), 'a PNG image without any pixels'],
		['another first chunk', bytesOf(SIGNATURE, chunk('IDAT', Buffer.alloc(13))), DAMAGED],
		['a longer first chunk', bytesOf(SIGNATURE, chunk('IHDR', Buffer.alloc(14))), DAMAGED],
	])('%s', (_, bytes, found) => {
		expect(inspectImage(bytes)).toEqual({ found, kind: 'damaged' });
	});
});

const jpegWith = (...segments: Buffer[]) => bytesOf(START, ...segments, segment(0xc0, frame(4, 3)), END);
const XMP = segment(0xe1, bytesOf('http://ns.adobe.com/xap/1.0/\0'));
const pngWith = (...chunks: Buffer[]) =>
	bytesOf(SIGNATURE, header(4, 3), ...chunks, chunk('IDAT', Buffer.alloc(4)));

test.each<[string, Buffer, number]>([
	['little-endian', jpegWith(exif(tiff('II', 6))), 6],
	['big-endian', jpegWith(exif(tiff('MM', 8))), 8],
	['an orientation of 0', jpegWith(exif(tiff('MM', 0))), 1],
	['an orientation of 9', jpegWith(exif(tiff('II', 9))), 1],
	['another tag', jpegWith(exif(tiff('II', 6, { tag: 0x0110 }))), 1],
	['no entries', jpegWith(exif(tiff('II', 6, { entries: 0 }))), 1],
	['more entries promised than there are', jpegWith(exif(tiff('II', 6, { entries: 65535, tag: 1 }))), 1],
	['a block cut off', jpegWith(exif(tiff('II', 6).subarray(0, 18))), 1],
	['a block without its order', jpegWith(exif(bytesOf('XX', tiff('II', 6).subarray(2)))), 1],
	['a block of nothing', jpegWith(exif(Buffer.alloc(0))), 1],
	['XMP in the same kind of segment', jpegWith(XMP), 1],
	['after XMP', jpegWith(XMP, exif(tiff('MM', 3))), 3],
	['the first of two blocks counts', jpegWith(exif(tiff('MM', 6)), exif(tiff('MM', 1))), 6],
	['the first block counts, also without a turn', jpegWith(exif(tiff('MM', 0)), exif(tiff('MM', 6))), 1],
	['in a segment of another kind', jpegWith(segment(0xe2, bytesOf('Exif\0\0', tiff('II', 6)))), 1],
	['PNG', pngWith(chunk('eXIf', tiff('MM', 5))), 5],
	['PNG, after other chunks', pngWith(chunk('pHYs', Buffer.alloc(9)), chunk('eXIf', tiff('II', 7))), 7],
	['PNG, after the pixels', bytesOf(pngWith(), chunk('eXIf', tiff('II', 7))), 1],
	['PNG, a chunk longer than the file', bytesOf(SIGNATURE, header(4, 3), [255, 255, 255, 255], 'tEXt'), 1],
])('orientation: %s', (_, bytes, orientation) => {
	expect(factsOf(bytes)).toMatchObject({ width: 4, height: 3, orientation });
});

const HEIC = 'a HEIC image (the format of iPhone cameras)';
const JPEG_2000 = 'a JPEG 2000 image (as the chip of a passport has it)';
const BASE64 = 'an image as base64 text, not as a file';
const DECODED = 'a data URI that was decoded together with its prefix';
const MANGLED = 'image that was changed by reading it as text';
const PREFIXED = 'with other bytes in front of it';
const PART = '--x\r\nContent-Type: image/jpeg\r\n\r\n';
const DATA_URI = `data:image/jpeg;base64,${HOPPER.toString('base64')}`;
test.each<[string, Buffer | string, string, string]>([
	['HEIC', '\0\0\0\x18ftypheic\0\0\0\0', HEIC, 'heic'],
	['HEIC by a compatible brand', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic', HEIC, 'heic'],
	['HEIF', '\0\0\0\x18ftypmif1\0\0\0\0miafXXXX', 'a HEIF image', 'unreadable'],
	['HEIF of H.264', '\0\0\0\x18ftypavci\0\0\0\0', 'a HEIF image', 'unreadable'],
	['AVIF', '\0\0\0\x18ftypavif\0\0\0\0', 'an AVIF image', 'unreadable'],
	['a brand behind the box', '\0\0\0\x10ftypisom\0\0\0\0avifavif', 'a video', 'moving'],
	['CR3', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'a raw photo of a Canon camera (CR3)', 'unreadable'],
	['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', JPEG_2000, 'unreadable'],
	['a JPEG 2000 codestream', '\xff\x4f\xff\x51\0\x29', JPEG_2000, 'unreadable'],
	['JPEG XL', '\xff\x0a\x80\x90', 'a JPEG XL image', 'unreadable'],
	['MP4', '\0\0\0\x18ftypisom\0\0\0\0', 'a video', 'moving'],
	['WebM', bytesOf([0x1a, 0x45, 0xdf, 0xa3], 'x'), 'a video', 'moving'],
	['GIF', 'GIF87a', 'a GIF image', 'convertible'],
	['WebP', 'RIFF\x10\0\0\0WEBPVP8 ', 'a WebP image', 'convertible'],
	['a sound', 'RIFF\x10\0\0\0WAVEfmt \0', 'of an unknown kind', 'unknown'],
	['BMP', `BM${'\0'.repeat(30)}`, 'a BMP image', 'convertible'],
	['TIFF, little-endian', 'II*\0', 'a TIFF image', 'convertible'],
	['TIFF, big-endian', 'MM\0*', 'a TIFF image', 'convertible'],
	['a PDF with a JPEG inside', bytesOf('%PDF-1.7\n', HOPPER), 'a PDF document', 'document'],
	['ZIP', 'PK\x03\x04\0\0', 'a ZIP archive or Office document', 'document'],
	['gzip', '\x1f\x8b\x08\0', 'a gzip archive', 'document'],
	['SVG', '<svg xmlns="x">', 'an SVG image', 'unreadable'],
	['SVG later on', '<?xml version="1.0"?>\n<!-- made\nby hand -->\n<svg>', 'an SVG image', 'unreadable'],
	['HTML', '<!DOCTYPE html><title>x', 'an HTML page', 'page'],
	['HTML behind a byte order mark and a comment', '\xef\xbb\xbf\n<!-- x --><html>', 'an HTML page', 'page'],
	['a fragment of HTML', '<div class="login">', 'an HTML page', 'page'],
	['XML', '<Error><Code>AccessDenied</Code></Error>', 'an XML document', 'page'],
	['JPEG as base64', '/9j/4AAQSkZJRg', BASE64, 'base64'],
	['JPEG without JFIF as base64', '/9j/2wBDAAYEBQ', BASE64, 'base64'],
	['PNG as base64, quoted', '"iVBORw0KGgoAAAA"', BASE64, 'base64'],
	['a data URI', 'data:image/png;base64,iVBO', BASE64, 'dataUri'],
	['a data URI of a JPEG, decoded whole', Buffer.from(DATA_URI, 'base64'), DECODED, 'dataUri'],
	['JSON', '{"image": "x"}', 'JSON text', 'json'],
	['a file read as UTF-8', file('read-as-utf8.jpg'), `a JPEG or PNG ${MANGLED}`, 'mangled'],
	['PNG as UTF-8', Buffer.from(COLLINS.toString('utf8')), `a JPEG or PNG ${MANGLED}`, 'mangled'],
	['JPEG as Latin-1', Buffer.from(HOPPER.toString('latin1')), `a JPEG or PNG ${MANGLED}`, 'mangled'],
	['PNG as Latin-1', Buffer.from(COLLINS.toString('latin1')), `a PNG ${MANGLED}`, 'mangled'],
	['PNG with its line ends changed', bytesOf([0x89], 'PNG\n\x1a\n\0'), `a PNG ${MANGLED}`, 'mangled'],
	['JPEG with bytes in front', bytesOf(PART, HOPPER), `a JPEG image ${PREFIXED}`, 'prefixed'],
	['PNG with bytes in front', bytesOf(PART, COLLINS), `a PNG image ${PREFIXED}`, 'prefixed'],
	['a URL', 'https://example.com/photo.jpg\n', 'the address of a file, not the file', 'url'],
	['text', 'hello, this is a photo', 'text', 'text'],
	['text as UTF-16', '\xff\xfeh\0i\0', 'text', 'text'],
	['zeros', '\0'.repeat(100), 'of an unknown kind', 'unknown'],
])('%s is told by its name, with the kind of its remedy', (_, bytes, found, kind) => {
	expect(foundIn(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)).toEqual([found, kind]);
});

describe('a photo that is cut off', () => {
	/** Returns the end of the header with the size, found without the code under test. */
	const endOfFrame = (bytes: Buffer) => {
		const places = [0xc0, 0xc2].map((marker) => bytes.indexOf(bytesOf([0xff, marker, 0, 17, 8])));
		const at = Math.min(...places.filter((found) => found >= 0));
		return at + 2 + 17;
	};
	const END_OF_IHDR = 33;

	test.each<[string, Buffer, number]>([
		['JPEG', HOPPER, endOfFrame(HOPPER)],
		['PNG', COLLINS, END_OF_IHDR],
	])('%s, at every length up to 1,000 bytes: no facts while the header is cut', (name, whole, end) => {
		expect(end).toBeLessThan(900);
		const facts = { facts: { ...factsOf(whole), endsEarly: true } };
		const tooShort = { found: expect.any(String), kind: expect.any(String) };
		const cutOff = { found: `a ${name} image that is cut off in its header`, kind: 'damaged' };
		for (let length = 0; length <= 1000; length++) {
			const expected = length >= end ? facts : length >= 4 ? cutOff : tooShort;
			expect(inspectImage(whole.subarray(0, length))).toEqual(expected);
		}
	});

	test('progressive JPEG with EXIF, at every length of its header', async () => {
		const turned = sharp(HOPPER).resize(64).withMetadata({ orientation: 6 });
		const whole = await turned.jpeg({ progressive: true }).toBuffer();
		const end = endOfFrame(whole);
		for (let length = 2; length < end; length++) expect(foundIn(whole.subarray(0, length))[0]).toBe(CUT_OFF);
		expect(factsOf(whole.subarray(0, end))).toMatchObject({ width: 64, orientation: 6 });
	});

	test('anywhere in its pixels: the file ends early', () => {
		for (const whole of [HOPPER, COLLINS])
			for (let part = 1; part <= 20; part++)
				expect(factsOf(whole.subarray(0, Math.floor((whole.length * part) / 20))).endsEarly).toBe(part < 20);
	});
});

describe('JPEG as people have it', () => {
	const small = () => sharp(HOPPER).resize(64, 75);
	const expected = { ...JPEG, width: 64, height: 75, orientation: 1 };
	/** Puts bytes behind SOI. */
	const opened = (whole: Buffer, ...parts: Array<number[] | string | Buffer>) =>
		bytesOf(START, ...parts, whole.subarray(2));
	const thumbnail = bytesOf(exif(tiff('MM', 1)), START, segment(0xc0, frame(9, 9)), END);

	const PROFILE = segment(0xe2, bytesOf('ICC_PROFILE\0\x01\x08', Buffer.alloc(65000, 0xc0)));
	const MUCH_XMP = segment(0xe1, bytesOf('http://ns.adobe.com/xmp/extension/\0', Buffer.alloc(65000, 0x20)));
	test.each<[string, (whole: Buffer) => Buffer]>([
		['stray bytes before a segment', (whole) => opened(whole, [0, 10, 10, 0xff, 0, 13])],
		['a stray byte before every segment', (whole) => everySegmentAfter(whole, [0])],
		['filling bytes before every segment', (whole) => everySegmentAfter(whole, [0xff, 0xff])],
		['segments of length 0 and 1', (whole) => opened(whole, [0xff, 0xe5, 0, 0, 0xff, 0xfe, 0, 1])],
		['a second picture behind it (MPO)', (whole) => bytesOf(whole, whole)],
		['a video behind it (motion photo)', (whole) => bytesOf(whole, '\0\0\0\x18ftypmp42', Buffer.alloc(5000))],
		['text behind it', (whole) => bytesOf(whole, '\r\n--boundary--\r\n')],
		['a picture inside EXIF', (whole) => opened(whole, exif(thumbnail.subarray(10)))],
		['a color profile of 500 KB, in parts', (whole) => opened(whole, ...Array(8).fill(PROFILE))],
		['XMP of 1 MB, in parts', (whole) => opened(whole, ...Array(16).fill(MUCH_XMP))],
	])('%s', async (_, change) => {
		for (const options of [{}, { progressive: true }, { optimiseCoding: false, restartInterval: 2 }]) {
			const bytes = change(await small().jpeg(options).toBuffer());
			expect((await sharp(bytes).metadata()).format).toBe('jpeg');
			await sharp(bytes, { failOn: 'none' }).raw().toBuffer();
			expect(factsOf(bytes)).toEqual(expected);
		}
	});

	test.each([
		['stray-byte.jpg', 1],
		['stray-bytes.jpg', 1],
		['multi-picture.jpg', 1],
		['two-exif-blocks.jpg', 6],
	])('%s', async (name, orientation) => {
		await sharp(file(name), { failOn: 'none' }).raw().toBuffer();
		expect(factsOf(file(name))).toMatchObject({ format: 'jpeg', width: 16, height: 16, orientation });
	});

	test('a height that a DNL segment defines behind the scan', async () => {
		const whole = await small().jpeg().toBuffer();
		const at = whole.indexOf(bytesOf([0xff, 0xc0, 0, 17, 8]));
		whole.writeUInt16BE(0, at + 5);
		expect(foundIn(whole)[0]).toBe('a JPEG image without any pixels');
		const defined = bytesOf(whole.subarray(0, -2), segment(0xdc, [0, 75]), END);
		expect(factsOf(defined)).toEqual(expected);
	});

	/** Puts bytes before each marker of the header. */
	function everySegmentAfter(whole: Buffer, stray: number[]): Buffer {
		const parts: Array<number[] | Buffer> = [START];
		for (let at = 2; ; ) {
			const length = 2 + whole.readUInt16BE(at + 2);
			if (whole[at + 1] === 0xda) return bytesOf(...parts, stray, whole.subarray(at));
			parts.push(stray, whole.subarray(at, at + length));
			at += length;
		}
	}
});

/** Photos with up to four places edited: bytes replaced, put in or taken out; some are cut off. */
const damagedOf = (photos: Buffer[]) => {
	const junk = fc.array(fc.oneof(fc.constantFrom(0xff, 0), fc.nat(255)), { maxLength: 6 });
	const markers = fc.constantFrom<number[]>([255, 0xe1], [255, 0xc0], [255, 0xda], [0, 2], [127, 255, 255]);
	const bytes = fc.oneof({ weight: 2, arbitrary: junk }, { weight: 1, arbitrary: markers });
	const edit = fc.record({ at: fc.nat(600), isAtMarker: fc.boolean(), removed: fc.nat(4), bytes });
	const length = fc.option(fc.nat(900), { freq: 1, nil: Infinity });
	return fc
		.tuple(fc.constantFrom(...photos), fc.array(edit, { maxLength: 4 }), length)
		.map(([photo, edits, end]) => {
			const edited = edits.reduce<Buffer>((whole, { at, isAtMarker, removed, bytes: put }) => {
				const from = Math.max(2, isAtMarker ? whole.indexOf(0xff, 2 + at) : at % whole.length);
				return bytesOf(whole.subarray(0, from), put, whole.subarray(from + removed));
			}, photo);
			return edited.subarray(0, 12 + end);
		});
};

/**
 * Photos with damaged headers, all from one seed. Whatever sharp decodes as JPEG or PNG must be sent, and with the size that
 * sharp reads. Not compared: the orientation, if the EXIF block itself was damaged (libexif then drops what it can no
 * longer trust; here it only leads to a hint).
 */
test('whatever sharp decodes is a photo, also with a damaged header', async () => {
	const base = sharp({ create: { width: 24, height: 16, channels: 3, background: '#873' } });
	const turned = base.clone().withMetadata({ orientation: 6 });
	const photos = await Promise.all(
		[
			base.clone().jpeg(),
			turned.clone().jpeg({ progressive: true }),
			base.clone().toColourspace('cmyk').jpeg(),
			base.clone().withIccProfile('p3').jpeg(),
			base.clone().png(),
			turned.clone().png({ palette: true }),
		].map((image) => image.toBuffer()),
	);
	const disagreements: string[] = [];
	let decoded = 0;
	for (const bytes of fc.sample(damagedOf(photos), cases(2000))) {
		const read = await sharp(bytes, { failOn: 'none' })
			.metadata()
			.catch(() => undefined);
		if (read?.format !== 'jpeg' && read?.format !== 'png') continue;
		decoded++;
		const told = inspectImage(bytes);
		const size = 'facts' in told ? `${told.facts.width}x${told.facts.height}` : told.found;
		if (size !== `${read.width}x${read.height}`) disagreements.push(`${size}: ${bytes.toString('hex')}`);
	}
	expect(disagreements).toEqual([]);
	expect(decoded).toBeGreaterThan(runs(600));
});

describe('any bytes at all', () => {
	const random = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
	const signed = fc
		.tuple(
			fc.constantFrom(bytesOf(START, [0xff]), Buffer.from(SIGNATURE), bytesOf(START, [0xff, 0xe1])),
			random,
		)
		.map((parts) => bytesOf(...parts));

	function assertSafe(bytes: Buffer): void {
		const inspection = inspectImage(bytes);
		if ('found' in inspection) return expect(inspection.found).toMatch(/^[a-zA-Z].{2,80}$/);
		const { width, height, orientation } = inspection.facts;
		expect(width > 0 && height > 0 && orientation >= 1 && orientation <= 8).toBe(true);
	}

	test.each([
		['bytes after a good beginning', signed],
		['random bytes', random],
	])('%s: no throw, no nonsense', (_, bytes) => {
		fc.assert(fc.property(bytes, assertSafe), cases(3000));
	});

	const BIG = 4 * 1024 * 1024;
	test.each<[string, Buffer]>([
		['filling bytes', bytesOf(START, Buffer.alloc(BIG, 0xff))],
		['zeros after a start', bytesOf(START, [0xff, 0xe0, 0, 2], Buffer.alloc(BIG))],
		['empty segments', bytesOf(START, Buffer.alloc(BIG, bytesOf([0xff, 0xe1, 0, 2])))],
		['EXIF segments', bytesOf(START, Buffer.alloc(BIG, exif(Buffer.alloc(0))), segment(0xc0, frame(5, 5)))],
		['scans', bytesOf(START, segment(0xc0, frame(5, 0)), Buffer.alloc(BIG, bytesOf([0xff, 0xda, 0, 2])))],
		['empty chunks', bytesOf(SIGNATURE, header(5, 5), Buffer.alloc(BIG, chunk('tEXt', Buffer.alloc(0))))],
		['blanks', Buffer.alloc(BIG, ' ')],
		['comments', Buffer.alloc(BIG, '<!-- -->')],
		['open comments', Buffer.alloc(BIG, '<!--')],
	])('4 MB of %s are looked at without copying: nothing is allocated for a segment', (_, bytes) => {
		const spied = ['subarray', 'toString', 'includes'] as const;
		const spies = spied.map((method) => jest.spyOn(Buffer.prototype, method));
		inspectImage(bytes);
		const calls = spies.map((spy) => spy.mock.calls.length).reduce((sum, n) => sum + n, 0);
		jest.restoreAllMocks();
		expect(calls).toBeLessThan(20);
	});
});
