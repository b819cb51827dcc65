import type { NotAPhoto } from '../errors/photoMessages';
import { latin1, startsWith, u32, type ImageInspection } from './imageFacts';
import { inspectJpeg } from './jpeg';
import { inspectPng, PNG_SIGNATURE } from './png';

/**
 * Detects a file's type by its bytes, never from its declared type. Returns facts for every JPEG and PNG that decoders read
 * (Progeny's documented formats), even with stray bytes between segments or without its end. Reads headers only, in linear
 * time. Never throws.
 */
export function inspectImage(bytes: Buffer): ImageInspection {
	if (startsWith(bytes, 0xff, 0xd8)) return inspectJpeg(bytes);
	if (startsWith(bytes, ...PNG_SIGNATURE)) return inspectPng(bytes);
	return otherFormat(bytes);
}

/** A file format other than JPEG and PNG. */
interface OtherFormat {
	/** Its name in messages. */
	found: string;
	/** The kind of its remedy. */
	kind: NotAPhoto;
	/** `start` is the beginning of the file, one character per byte. */
	matches(bytes: Buffer, start: string): boolean;
}

/** Only the first bytes of a file decide its format. */
const START_BYTES = 1024;

const startingWith = (text: string) => (_: Buffer, start: string) => start.startsWith(text);
const matching = (pattern: RegExp) => (_: Buffer, start: string) => pattern.test(start);

/** True if an ISO 14496-12 file has such a major or compatible brand. Most HEIF photos are of `mif1`, too. */
function hasBrand(bytes: Buffer, pattern: RegExp): boolean {
	if (latin1(bytes, 4, 8) !== 'ftyp') return false;
	const end = Math.min(u32(bytes, 0) ?? 0, bytes.length, START_BYTES);
	const others = Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, i) => 16 + 4 * i);
	return [8, ...others].some((at) => pattern.test(latin1(bytes, at, at + 4)));
}

/** Anything that may precede the root element of HTML or XML: a byte order mark, blanks, comments. */
const PROLOGUE = String.raw`^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--((?!-->)[^])*-->\s*)*`;
const HTML = new RegExp(
	`${PROLOGUE}<(!doctype html|html|head|body|title|meta|script|div|center|h1|p)\\b`,
	'i',
);
const SVG = new RegExp(`${PROLOGUE}(<!doctype svg[^>]*>\\s*)?<svg[\\s>]`, 'i');
const XML = new RegExp(`${PROLOGUE}<[a-z][\\w:.-]*[\\s/>]|^(\\xef\\xbb\\xbf)?\\s*<\\?xml\\s`, 'i');

const PNG_START = String.fromCharCode(...PNG_SIGNATURE);

/** UTF-8's replacement character, which replaces each byte that is not UTF-8. */
const REPLACED = '\xef\xbf\xbd';

const IMAGES: readonly OtherFormat[] = [
	{ found: 'a GIF image', kind: 'convertible', matches: matching(/^GIF8/) },
	{ found: 'a WebP image', kind: 'convertible', matches: matching(/^RIFF[^]{4}WEBP/) },
	{ found: 'an AVIF image', kind: 'unreadable', matches: (bytes) => hasBrand(bytes, /^avi[fs]/) },
	{
		found: 'a HEIC image (the format of iPhone cameras)',
		kind: 'heic',
		matches: (bytes) => hasBrand(bytes, /^(hei[cxms]|hev[cxms])/),
	},
	{
		found: 'a HEIF image',
		kind: 'unreadable',
		matches: (bytes) => hasBrand(bytes, /^(mif[12]|msf1|avc[is]|jpe[gs]|miaf)/),
	},
	{
		found: 'a raw photo of a Canon camera (CR3)',
		kind: 'unreadable',
		matches: (bytes) => hasBrand(bytes, /^crx /),
	},
	{
		found: 'a JPEG 2000 image (as the chip of a passport has it)',
		kind: 'unreadable',
		matches: matching(/^(\0\0\0\fjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/),
	},
	{ found: 'a JPEG XL image', kind: 'unreadable', matches: matching(/^(\xff\n|\0\0\0\fJXL )/) },
	{ found: 'a video', kind: 'moving', matches: matching(/^([^]{4}ftyp|RIFF[^]{4}AVI )/) },
	{ found: 'a video', kind: 'moving', matches: startingWith('\x1a\x45\xdf\xa3') },
	{
		found: 'a BMP image',
		kind: 'convertible',
		matches: (b, start) => start.startsWith('BM') && b.length > 26,
	},
	{ found: 'a TIFF image', kind: 'convertible', matches: matching(/^(II\*\0|MM\0\*)/) },
	{ found: 'a PDF document', kind: 'document', matches: matching(/^\s*%PDF-/) },
	{ found: 'a ZIP archive or Office document', kind: 'document', matches: startingWith('PK\x03\x04') },
	{ found: 'a gzip archive', kind: 'document', matches: startingWith('\x1f\x8b\x08') },
	{ found: 'an SVG image', kind: 'unreadable', matches: matching(SVG) },
];

const TEXTS: readonly OtherFormat[] = [
	{ found: 'an HTML page', kind: 'page', matches: matching(HTML) },
	{ found: 'an XML document', kind: 'page', matches: matching(XML) },
	{
		found: 'an image as base64 text, not as a file',
		kind: 'base64',
		matches: matching(/^\s*"?(\/9j\/[2-7]|iVBORw0KGgo|R0lGOD[dl]h|UklGR)/),
	},
	{
		found: 'an image as base64 text, not as a file',
		kind: 'dataUri',
		matches: matching(/^\s*"?data:image\//i),
	},
	// The bytes of "data:image/" after a base64 decoder, which reads it as "dataimage/".
	{
		found: 'a data URI that was decoded together with its prefix',
		kind: 'dataUri',
		matches: matching(/^\x75\xab\x5a\x8a\x66\xa0/),
	},
	{ found: 'JSON text', kind: 'json', matches: matching(/^(\xef\xbb\xbf)?\s*[[{]["\s{[\d\]}]/) },
];

const DAMAGED: readonly OtherFormat[] = [
	{
		found: 'a PNG image that was changed by reading it as text',
		kind: 'mangled',
		matches: (_, start) =>
			/^(\x89|\xc2\x89)?PNG[\r\n]/.test(start) && !PNG_START.startsWith(start.slice(0, 8)),
	},
	{
		found: 'a JPEG or PNG image that was changed by reading it as text',
		kind: 'mangled',
		matches: (_, start) =>
			(start.startsWith(REPLACED) && /JFIF|Exif|Adobe|PNG|IHDR/.test(start.slice(0, 64))) ||
			start.startsWith(REPLACED.repeat(3)) ||
			/^(\xc3\xbf\xc3\x98\xc3\xbf|\?\?\?\?\0|\x7fX\x7f)/.test(start),
	},
	{ found: 'a PNG image that is cut off in its header', kind: 'damaged', matches: matching(/^\x89PNG/) },
	{
		found: 'a JPEG image with other bytes in front of it',
		kind: 'prefixed',
		matches: (b) => indexOfJpeg(b) > 0,
	},
	{
		found: 'a PNG image with other bytes in front of it',
		kind: 'prefixed',
		matches: (b) => indexOfPng(b) > 0,
	},
];

const REST: readonly OtherFormat[] = [
	{ found: 'the address of a file, not the file', kind: 'url', matches: matching(/^\s*https?:\/\/\S+\s*$/i) },
	{ found: 'text', kind: 'text', matches: matching(/^(\xff\xfe|\xfe\xff)/) },
	{
		found: 'text',
		kind: 'text',
		matches: (_, start) => !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(start.slice(0, 512)),
	},
];

/** The order counts: an archive or a video may contain a JPEG, and a form's body is text before one. */
const OTHER_FORMATS = [...IMAGES, ...TEXTS, ...DAMAGED, ...REST];

/** Detects the format of a file that does not start as a JPEG or a PNG. */
function otherFormat(bytes: Buffer): { found: string; kind: NotAPhoto } {
	const start = latin1(bytes, 0, START_BYTES);
	const format = OTHER_FORMATS.find(({ matches }) => matches(bytes, start));
	return format === undefined
		? { found: 'of an unknown kind', kind: 'unknown' }
		: { found: format.found, kind: format.kind };
}

const indexOfJpeg = (bytes: Buffer) =>
	bytes.subarray(0, START_BYTES).indexOf(Buffer.from([0xff, 0xd8, 0xff]));
const indexOfPng = (bytes: Buffer) => bytes.subarray(0, START_BYTES).indexOf('\x89PNG\r\n', 0, 'latin1');
