import type { NotAPhoto } from '../errors/photoMessages';
import { latin, u32 } from './imageInspection';
import { PNG_SIGNATURE } from './png';

/** A kind of file: how a message names it, the kind of its remedy, and how to tell it. */
type Foreign = readonly [
	found: string,
	kind: NotAPhoto,
	matches: (bytes: Buffer, beginning: string) => boolean,
];

/** How much of a file is looked at to tell what kind of text it is, in bytes. */
const BEGINNING = 1024;

const begins = (text: string) => (_: Buffer, beginning: string) => beginning.startsWith(text);
const starts = (pattern: RegExp) => (_: Buffer, beginning: string) => pattern.test(beginning);

/** Whether a file of ISO 14496-12 says that it is of such a brand, as its own or as a compatible one: most photos are of `mif1`, too. */
function hasBrand(bytes: Buffer, pattern: RegExp): boolean {
	if (latin(bytes, 4, 8) !== 'ftyp') return false;
	const end = Math.min(u32(bytes, 0) ?? 0, bytes.length, BEGINNING);
	const others = Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, i) => 16 + 4 * i);
	return [8, ...others].some((at) => pattern.test(latin(bytes, at, at + 4)));
}

/** What stands before the root element of HTML or XML: a byte order mark, blanks, comments. */
const PROLOGUE = String.raw`^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--((?!-->)[^])*-->\s*)*`;
const HTML = new RegExp(
	`${PROLOGUE}<(!doctype html|html|head|body|title|meta|script|div|center|h1|p)\\b`,
	'i',
);
const SVG = new RegExp(`${PROLOGUE}(<!doctype svg[^>]*>\\s*)?<svg[\\s>]`, 'i');
const XML = new RegExp(`${PROLOGUE}<[a-z][\\w:.-]*[\\s/>]|^(\\xef\\xbb\\xbf)?\\s*<\\?xml\\s`, 'i');

const PNG_START = String.fromCharCode(...PNG_SIGNATURE);

/** UTF-8's replacement character, which stands for each byte that is no UTF-8. */
const REPLACED = '\xef\xbf\xbd';

const IMAGES: readonly Foreign[] = [
	['a GIF image', 'convertible', starts(/^GIF8/)],
	['a WebP image', 'convertible', starts(/^RIFF[^]{4}WEBP/)],
	['an AVIF image', 'unreadable', (bytes) => hasBrand(bytes, /^avi[fs]/)],
	[
		'a HEIC image (the format of iPhone cameras)',
		'heic',
		(bytes) => hasBrand(bytes, /^(hei[cxms]|hev[cxms])/),
	],
	['a HEIF image', 'unreadable', (bytes) => hasBrand(bytes, /^(mif[12]|msf1|avc[is]|jpe[gs]|miaf)/)],
	['a raw photo of a Canon camera (CR3)', 'unreadable', (bytes) => hasBrand(bytes, /^crx /)],
	[
		'a JPEG 2000 image (as the chip of a passport has it)',
		'unreadable',
		starts(/^(\0\0\0\fjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/),
	],
	['a JPEG XL image', 'unreadable', starts(/^(\xff\n|\0\0\0\fJXL )/)],
	['a video', 'moving', starts(/^([^]{4}ftyp|RIFF[^]{4}AVI )/)],
	['a video', 'moving', begins('\x1a\x45\xdf\xa3')],
	['a BMP image', 'convertible', (b, beginning) => beginning.startsWith('BM') && b.length > 26],
	['a TIFF image', 'convertible', starts(/^(II\*\0|MM\0\*)/)],
	['a PDF document', 'document', starts(/^\s*%PDF-/)],
	['a ZIP archive or Office document', 'document', begins('PK\x03\x04')],
	['a gzip archive', 'document', begins('\x1f\x8b\x08')],
	['an SVG image', 'unreadable', starts(SVG)],
];

const TEXTS: readonly Foreign[] = [
	['an HTML page', 'page', starts(HTML)],
	['an XML document', 'page', starts(XML)],
	[
		'an image as base64 text, not as a file',
		'base64',
		starts(/^\s*"?(\/9j\/[2-7]|iVBORw0KGgo|R0lGOD[dl]h|UklGR)/),
	],
	['an image as base64 text, not as a file', 'dataUri', starts(/^\s*"?data:image\//i)],
	// What base64 decoders make of "data:image/", which they read as "dataimage/".
	['a data URI that was decoded together with its prefix', 'dataUri', starts(/^\x75\xab\x5a\x8a\x66\xa0/)],
	['JSON text', 'json', starts(/^(\xef\xbb\xbf)?\s*[[{]["\s{[\d\]}]/)],
];

const DAMAGED: readonly Foreign[] = [
	[
		'a PNG image that was changed by reading it as text',
		'mangled',
		(_, beginning) =>
			/^(\x89|\xc2\x89)?PNG[\r\n]/.test(beginning) && !PNG_START.startsWith(beginning.slice(0, 8)),
	],
	[
		'a JPEG or PNG image that was changed by reading it as text',
		'mangled',
		(_, beginning) =>
			(beginning.startsWith(REPLACED) && /JFIF|Exif|Adobe|PNG|IHDR/.test(beginning.slice(0, 64))) ||
			beginning.startsWith(REPLACED.repeat(3)) ||
			/^(\xc3\xbf\xc3\x98\xc3\xbf|\?\?\?\?\0|\x7fX\x7f)/.test(beginning),
	],
	['a PNG image that is cut off in its header', 'damaged', starts(/^\x89PNG/)],
	['a JPEG image with other bytes in front of it', 'prefixed', (b) => indexOfJpeg(b) > 0],
	['a PNG image with other bytes in front of it', 'prefixed', (b) => indexOfPng(b) > 0],
];

const REST: readonly Foreign[] = [
	['the address of a file, not the file', 'url', starts(/^\s*https?:\/\/\S+\s*$/i)],
	['text', 'text', starts(/^(\xff\xfe|\xfe\xff)/)],
	['text', 'text', (_, beginning) => !/[^\t\n\r\x20-\x7e\x80-\xff]/.test(beginning.slice(0, 512))],
];

/** In this order: an archive or a video may hold a JPEG, and a form's body is text in front of one. */
const FOREIGN = [...IMAGES, ...TEXTS, ...DAMAGED, ...REST];

/** What a file is that begins neither as a JPEG nor as a PNG. */
export function foreignKind(bytes: Buffer): { found: string; kind: NotAPhoto } {
	const beginning = latin(bytes, 0, BEGINNING);
	const [found, kind] = FOREIGN.find(([, , matches]) => matches(bytes, beginning)) ?? UNKNOWN;
	return { found, kind };
}

const UNKNOWN = ['of an unknown kind', 'unknown'] as const;

const indexOfJpeg = (bytes: Buffer) => bytes.subarray(0, BEGINNING).indexOf(Buffer.from([0xff, 0xd8, 0xff]));
const indexOfPng = (bytes: Buffer) => bytes.subarray(0, BEGINNING).indexOf('\x89PNG\r\n', 0, 'latin1');
