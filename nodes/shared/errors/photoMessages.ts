import { ProgenyError } from './error';

/** What to do about a file that is no photo that Progeny takes, by what it is instead. */
const REMEDIES = {
	convertible:
		'Progeny takes JPEG and PNG photos. Convert it first with the Edit Image node: the operation Resize, with Format set to JPEG under Options.',
	heic: 'Progeny takes JPEG and PNG photos, and the Edit Image node cannot read HEIC. Set Accepted File Types of the form to .jpg, .png: an iPhone then sends a JPEG.',
	unreadable:
		'Progeny takes JPEG and PNG photos, and the Edit Image node cannot read this format. Choose a JPEG or PNG photo.',
	moving: 'Progeny takes JPEG and PNG photos, and no node of n8n takes one out of a video. Choose a photo.',
	document:
		'Progeny takes JPEG and PNG photos, and the Edit Image node cannot read documents and archives. Choose a JPEG or PNG photo.',
	page: 'The download of the photo gave a page in its place. Check the URL and the credentials of the node before, and whether its link has expired.',
	json: 'The node before got JSON in place of a photo. Check its URL and credentials. Where a field of that JSON holds the photo as base64 text, use the Convert to File node: the operation Move Base64 String to File.',
	base64:
		'Turn the text into a file with the Convert to File node: the operation Move Base64 String to File, which takes it from a field of the JSON.',
	notBase64:
		'Let the node before put the bytes of the photo there as base64; in a Code node, buffer.toString("base64") makes that text.',
	dataUri:
		'Remove the beginning of the text, up to and including its first comma, in an Edit Fields node. Then turn the rest into a file with the Convert to File node: the operation Move Base64 String to File.',
	mangled:
		'This cannot be undone. Read it as a file: in the HTTP Request node, add the option Response and set Response Format to File; in a Code node, keep it a Buffer or base64, never a text.',
	prefixed:
		'A node before this one put more into the file than the photo, e.g. the headers of a form or of an HTTP answer. Let it store the photo alone.',
	url: 'Download the file first with the HTTP Request node, with Response Format set to File.',
	text: 'This is not a picture. Choose a JPEG or PNG photo.',
	damaged:
		'The photo is damaged or did not arrive whole. Upload or download it again, or choose another one.',
	unknown: 'Progeny takes JPEG and PNG photos. Choose one of these.',
} as const;

/** The kinds of files that are no photo, each with a remedy of its own. */
export type NotAPhoto = keyof typeof REMEDIES;

/** A file as messages name it: the binary field that holds it, or what a parameter's expression gave. */
export type FileName = string | { readonly label: string; readonly fileName?: string };

const theFile = (file: FileName): string => {
	if (typeof file === 'string') return `The file in the binary field ${file}`;
	return `The file that ${file.label} gives${file.fileName === undefined ? '' : ` (${file.fileName})`}`;
};

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const counted = (files: readonly string[]): string =>
	files.length === 1 ? `1 file: ${files[0]}` : `${files.length} files: ${files.join(', ')}`;

const INPUT_BINARY_FIELD = 'Input Binary Field';

const noImage = (what: string, remedy: string): ProgenyError => new ProgenyError('NO_IMAGE', what, remedy);

/** What to write into the parameter, as far as the item's binary fields tell. */
function typeTheName(fields: readonly string[]): string {
	if (fields.length === 0)
		return 'No file arrived with this item. Type the name of a binary field, e.g. data, and let a node before provide the file.';
	const [first] = fields;
	return fields.length === 1
		? `Type the name instead: ${first}.`
		: `Type the name of one of the item's binary fields instead: ${fields.join(', ')}.`;
}

/**
 * What is said of a photo that cannot be sent, before Progeny is contacted. Names of fields and files come fit to be shown;
 * `fields` are the item's binary fields; `label` is the display name of the parameter that names the photo.
 */
export const photoMessages = {
	/** A text that is the name of no binary field; empty where nothing was given. */
	noImage: (field: string, fields: readonly string[], label: string = INPUT_BINARY_FIELD) =>
		noImage(
			field === '' ? `${label} is empty` : `This item has no binary field called ${field}`,
			fields.length === 0
				? 'No file arrived. If it comes from a form, make the file field required. A file that a node before dropped is still reached with an expression, e.g. {{ $("Form").item.binary.Photo }}; a Progeny node passes its photo on with Include Input.'
				: `The item does have: ${fields.join(', ')}. Set ${label} to ${fields.length === 1 ? fields[0] : 'one of these'}.`,
		),
	/** A field of a form that takes several files, of which n8n makes numbered ones. */
	severalFiles: (field: string, files: readonly string[]) =>
		noImage(
			`The field ${field} holds ${counted(files)}`,
			'Turn Multiple Files off in the form (Add Attributes), or split them into items.',
		),
	/** The label of a form's field, of which n8n makes the name `field`. */
	formLabel: (name: string, field: string) =>
		noImage(
			`This item has no binary field called ${name}`,
			`A form's file has its label as its name, with _ for each character that is not a Latin letter or a digit. Type ${field} instead.${/^_+$/.test(field) ? ' Two such labels of one length share one file: give the form fields a Field Name of their own.' : ''}`,
		),
	/** A file in `_files`, where only workflows of the other binary mode look for it. */
	otherBinaryMode: (label: string = INPUT_BINARY_FIELD) =>
		noImage(
			`${label} finds no file: the item has it in its JSON, under _files`,
			'The workflow that sent the item has the binary mode Combined in its settings, and this one has Separate. Choose the same in the settings of both.',
		),
	/** The name of a numbered file, where the form's field held one file only, which n8n does not number. */
	notNumbered: (name: string, field: string) =>
		noImage(
			`This item has no binary field called ${name}`,
			`Files of a form's field are numbered only where there are several; this item has ${field}. Turn Multiple Files off in the form, and type ${field}.`,
		),
	/** A value of another type than a name or a file; `given` says which, e.g. "a list" or "nothing". */
	notAFile: (given: string, fields: readonly string[], label: string = INPUT_BINARY_FIELD) =>
		noImage(
			`The expression in ${label} gave ${given}${given === 'nothing' ? '' : ', not a file'}`,
			typeTheName(fields),
		),
	/** A text with an object in it, as when a file is dragged behind a name. */
	objectInText: (fields: readonly string[], label: string = INPUT_BINARY_FIELD) =>
		noImage(`${label} holds a text with an expression that gave an object`, typeTheName(fields)),
	/** A text that is the photo itself, or another long text. It is not shown. */
	contentInText: (what: string, label: string = INPUT_BINARY_FIELD) =>
		noImage(
			`${label} holds ${what}, not the name of a binary field`,
			'It takes the name of a binary field. Turn base64 text into a file with the Convert to File node: the operation Move Base64 String to File, without a beginning such as data:image/jpeg;base64, in front of it.',
		),
	/** A URL in place of a name. */
	urlInText: (label: string = INPUT_BINARY_FIELD) =>
		noImage(
			`${label} holds a URL, not the name of a binary field`,
			'Download the file first with the HTTP Request node, with Response Format set to File, and type data.',
		),
	/** A file object without data or ID, which n8n makes of a file that the item holds inline. */
	fileWithoutData: (fields: readonly string[], label: string = INPUT_BINARY_FIELD) =>
		noImage(
			`The expression in ${label} gave a file without its data`,
			`${typeTheName(fields)} An expression such as {{ $("Form").item.binary.Photo }} reaches a file of another node.`,
		),
	/** A file object that is not from the item's binary data, in a workflow where JSON holds no files. */
	fileInJson: (fields: readonly string[], label: string = INPUT_BINARY_FIELD) =>
		noImage(`The expression in ${label} gave JSON, not a file`, typeTheName(fields)),
	/** A binary field that holds no file; `held` says what, e.g. "a Buffer". */
	noFileInField: (field: string, held: string) =>
		noImage(
			`The binary field ${field} holds ${held}, not a file`,
			'Let the node before give it as { data: "the bytes as base64", mimeType: "image/jpeg" }; in a Code node, buffer.toString("base64") makes the text for data.',
		),
	/** The same bytes in two fields; both are named by their parameters. */
	sameImage: (first: string, second: string) =>
		new ProgenyError(
			'SAME_IMAGE',
			`${first} and ${second} give the same photo`,
			'Nothing was sent. Give each its own photo: check the names of the binary fields and the node that provides the photos.',
		),
	unreadableImage: (file: FileName) =>
		noImage(
			`${theFile(file)} could not be read from n8n's storage`,
			'Its data may have been removed meanwhile. Run the workflow again from the node that provides the photo.',
		),
	photoTooLate: (seconds: number) =>
		noImage(
			`n8n did not hand over the photo within ${seconds === 1 ? '1 second' : `${seconds} seconds`}`,
			"Nothing was sent. n8n's storage of files was busy or not available. Try again later, e.g. with Retry On Fail.",
		),
	emptyImage: (file: FileName) =>
		new ProgenyError(
			'EMPTY_IMAGE',
			`${theFile(file)} is empty (0 bytes)`,
			'Check the node that provides the photo.',
		),
	unsupportedImage: (file: FileName, found: string, kind: NotAPhoto = 'unknown') =>
		new ProgenyError('UNSUPPORTED_IMAGE', `${theFile(file)} is ${found}`, REMEDIES[kind]),
	imageTooLarge: (file: FileName, bytes: number, limit: number) =>
		new ProgenyError(
			'IMAGE_TOO_LARGE',
			`${theFile(file)} has ${megabytes(bytes)}; at most ${megabytes(limit)} can be sent`,
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
		),
};
