import { MAX_IMAGE_BYTES } from '../limits';
import { ProgenyError, type Remedy } from './error';

const ONLY_JPEG_AND_PNG = 'Progeny accepts JPEG and PNG photos';
const CHOOSE_ANOTHER = 'Choose a JPEG or PNG photo.';
const MOVE_BASE64 = 'the Convert to File node: the operation Move Base64 String to File';

/** The remedy for a file that Progeny does not accept, by its kind. */
export const NOT_A_PHOTO = {
	convertible: [
		`${ONLY_JPEG_AND_PNG}.`,
		'Convert it first with the Edit Image node: the operation Resize, with Format set to JPEG under Options.',
	],
	heic: [
		`${ONLY_JPEG_AND_PNG}, and the Edit Image node cannot read HEIC.`,
		'Set Accepted File Types of the form to .jpg, .png: an iPhone then sends a JPEG.',
	],
	unreadable: `${ONLY_JPEG_AND_PNG}, and the Edit Image node cannot read this format. ${CHOOSE_ANOTHER}`,
	moving: `${ONLY_JPEG_AND_PNG}, and n8n cannot extract a photo from a video. ${CHOOSE_ANOTHER}`,
	document: [
		`${ONLY_JPEG_AND_PNG}, and the Edit Image node cannot read documents and archives.`,
		CHOOSE_ANOTHER,
	],
	page: [
		'The download returned a page instead of the photo.',
		'Check the URL and the credentials of the previous node, and whether its link has expired.',
	],
	json: [
		'The previous node received JSON instead of a photo.',
		'Check its URL and credentials.',
		`If a field of that JSON holds the photo as base64 text, use ${MOVE_BASE64}.`,
	],
	base64: `Turn the text into a file with ${MOVE_BASE64}, which reads it from a field of the JSON.`,
	notBase64:
		'Make the previous node store the bytes of the photo as base64; in a Code node, use buffer.toString("base64").',
	dataUri: [
		'Remove the start of the text, up to and including its first comma, in an Edit Fields node.',
		`Then turn the rest into a file with ${MOVE_BASE64}.`,
	],
	mangled: [
		'This cannot be undone.',
		'Read it as a file: in the HTTP Request node, add the option Response and set Response Format to File; in a Code node, keep it as a Buffer or base64, never as text.',
	],
	prefixed: [
		'A previous node stored more than the photo, e.g. the headers of a form or of an HTTP answer.',
		'Make it store the photo alone.',
	],
	url: 'Download the file first with the HTTP Request node, with Response Format set to File.',
	text: `This is not a picture. ${CHOOSE_ANOTHER}`,
	damaged: 'The photo is damaged or incomplete. Upload or download it again, or choose another one.',
	unknown: `${ONLY_JPEG_AND_PNG}. ${CHOOSE_ANOTHER}`,
} as const;

/** The kinds of files that Progeny does not accept, each with its own remedy. */
export type NotAPhoto = keyof typeof NOT_A_PHOTO;

/** A file as messages name it: by its binary field, or by the parameter whose expression returned it. */
export type FileName = string | { readonly label: string; readonly fileName?: string };

const theFile = (file: FileName): string => {
	if (typeof file === 'string') return `The file in the binary field ${file}`;
	return file.fileName === undefined
		? `The file from ${file.label}`
		: `The file ${file.fileName} from ${file.label}`;
};

/** The remedy for a photo that is too large. */
export const MAKE_SMALLER =
	'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.';

/** Writes a number of seconds. */
export const secondsOf = (seconds: number): string => (seconds === 1 ? '1 second' : `${seconds} seconds`);

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** The item may have any number of files. */
const MAX_NAMES = 20;

const listed = (names: readonly string[]): string =>
	[...names.slice(0, MAX_NAMES), ...(names.length > MAX_NAMES ? ['…'] : [])].join(', ');

const counted = (files: readonly string[]): string =>
	files.length === 1 ? `1 file: ${files[0]}` : `${files.length} files: ${listed(files)}`;

const noFile = (what: string, remedy: Remedy): ProgenyError => new ProgenyError('NO_IMAGE', what, remedy);

const SHARED_FILE =
	'Two such labels of the same length share one file: set a Field Name for each form field.';

/** Returns the remedy: what to type into the parameter, by the item's binary fields. */
function typeTheName(fields: readonly string[]): string {
	if (fields.length === 0)
		return 'This item has no file. Type the name of a binary field, e.g. data, and make a previous node provide the file.';
	const [first] = fields;
	return fields.length === 1
		? `Type the name instead: ${first}.`
		: `Type the name of one of the item's binary fields instead: ${listed(fields)}.`;
}

/**
 * Errors of a photo that cannot be sent. The caller sanitizes the names of fields and files. `fields` are the item's binary
 * fields; `label` is the display name of the photo's parameter.
 */
export const photoMessages = {
	/** A text that does not name a binary field; `field` may be empty. */
	noImage: (field: string, fields: readonly string[], label: string) =>
		noFile(
			field === '' ? `${label} is empty` : `This item has no binary field called ${field}`,
			fields.length === 0
				? [
						'This item has no file.',
						'If it comes from a form, make the file field required.',
						'If a previous node dropped the file, use an expression, e.g. {{ $("Form").item.binary.Photo }}; a Progeny node keeps it with Include Input.',
					]
				: [
						`The item does have: ${listed(fields)}.`,
						`Set ${label} to ${fields.length === 1 ? fields[0] : 'one of these'}.`,
					],
		),
	/** A form field with several files, which n8n numbers. */
	severalFiles: (field: string, files: readonly string[]) =>
		noFile(
			`The field ${field} holds ${counted(files)}`,
			'Turn Multiple Files off in the form (Add Attributes), or split them into items.',
		),
	/** The label of a form field, which n8n turns into the name `field`. */
	formLabel: (name: string, field: string) =>
		noFile(`This item has no binary field called ${name}`, [
			"A form's file is named by its label, with _ for each character that is not a Latin letter or a digit.",
			`Type ${field} instead.`,
			...(/^_+$/.test(field) ? [SHARED_FILE] : []),
		]),
	/** A file in `_files`, which only workflows of the other binary mode read. */
	otherBinaryMode: (label: string) =>
		noFile(`${label} names no file: the item's file is in its JSON, under _files`, [
			'The workflow that sent the item has the binary mode Combined, this one has Separate.',
			'Set the same mode in both.',
		]),
	/** The name of a numbered file of a form field with a single file, which n8n does not number. */
	notNumbered: (name: string, field: string) =>
		noFile(`This item has no binary field called ${name}`, [
			`Files of a form are numbered only if there are several; this item has ${field}.`,
			`Turn Multiple Files off in the form, and type ${field}.`,
		]),
	/** A value that is neither a name nor a file; `given` is its type, e.g. "a list" or "nothing". */
	notAFile: (given: string, fields: readonly string[], label: string) =>
		noFile(
			`The expression in ${label} returned ${given}${given === 'nothing' ? '' : ', not a file'}`,
			typeTheName(fields),
		),
	/** A text with an object in it, as when a file is dragged next to a name. */
	objectInText: (fields: readonly string[], label: string) =>
		noFile(`${label} mixes text with an expression that returned an object`, typeTheName(fields)),
	/** The photo itself as text, or another long text. The message does not repeat it. */
	contentInText: (what: string, label: string) =>
		noFile(`${label} holds ${what}, not the name of a binary field`, [
			'Type the name of a binary field.',
			`Turn base64 text into a file with ${MOVE_BASE64}.`,
			'Leave out a prefix such as data:image/jpeg;base64, in front of it.',
		]),
	/** A URL instead of a name. */
	urlInText: (label: string) =>
		noFile(
			`${label} holds a URL, not the name of a binary field`,
			'Download the file first with the HTTP Request node, with Response Format set to File, and type data.',
		),
	/** A file object without data or ID: n8n's copy of an inline file. */
	fileWithoutData: (fields: readonly string[], label: string) =>
		noFile(`The expression in ${label} returned a file without its data`, [
			typeTheName(fields),
			'An expression such as {{ $("Form").item.binary.Photo }} reads a file of another node.',
		]),
	/** A file object from outside the item's binary data, in a workflow whose JSON holds no files. */
	fileInJson: (fields: readonly string[], label: string) =>
		noFile(`The expression in ${label} returned JSON, not a file`, typeTheName(fields)),
	/** A binary field without a file; `held` is the type of its value, e.g. "a Buffer". */
	noFileInField: (field: string, held: string) =>
		noFile(
			`The binary field ${field} holds ${held}, not a file`,
			'Make the previous node return { data: "the bytes as base64", mimeType: "image/jpeg" }; in a Code node, use buffer.toString("base64") for data.',
		),
	/** The same bytes in two fields; the message names their parameters. */
	sameImage: (first: string, second: string) =>
		new ProgenyError('SAME_IMAGE', `${first} and ${second} hold the same photo`, [
			'Nothing was sent.',
			'Use a different photo for each: check the names of the binary fields and the node that provides the photos.',
		]),
	unreadableImage: (file: FileName) =>
		noFile(
			`${theFile(file)} could not be read from n8n's storage`,
			'Its file may have been deleted. Run the workflow again from the node that provides the photo.',
		),
	photoTooLate: (seconds: number) =>
		noFile(`n8n did not provide the photo within ${secondsOf(seconds)}`, [
			"Nothing was sent. n8n's storage of files was busy or not available.",
			'Try again later, e.g. with Retry On Fail.',
		]),
	emptyImage: (file: FileName) =>
		new ProgenyError(
			'EMPTY_IMAGE',
			`${theFile(file)} is empty (0 bytes)`,
			'Check the node that provides the photo.',
		),
	unsupportedImage: (file: FileName, found: string, kind: NotAPhoto) =>
		new ProgenyError('UNSUPPORTED_IMAGE', `${theFile(file)} is ${found}`, NOT_A_PHOTO[kind]),
	imageTooLarge: (file: FileName, bytes: number) =>
		new ProgenyError(
			'IMAGE_TOO_LARGE',
			`${theFile(file)} has ${megabytes(bytes)}; the limit is ${megabytes(MAX_IMAGE_BYTES)}`,
			MAKE_SMALLER,
		),
};
