import { ProgenyError } from './error';

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** What is said of an item that cannot be sent, before Progeny is contacted. */
export const inputMessages = {
	invalidUuid: (value: string) =>
		value === ''
			? new ProgenyError(
					'INVALID_UUID',
					'UUID is empty',
					'Give the UUID that Progeny returned when the face was registered.',
				)
			: new ProgenyError(
					'INVALID_UUID',
					`UUID is not a valid UUID: ${value}`,
					'Give the UUID that Progeny returned when the face was registered, e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002.',
				),
	noImage: (field: string, available: string[]) =>
		new ProgenyError(
			'NO_IMAGE',
			field === '' ? 'Input Binary Field is empty' : `This item has no binary field called ${field}`,
			available.length === 0
				? 'The item carries no files at all. Let a node before this one provide the photo, e.g. a form, a webhook or an HTTP request that returns a file. A Progeny node passes its photo on with Include Input only; an expression such as {{ $("Form").item.binary.Photo }} reaches a file of any node before.'
				: `The item does have: ${available.join(', ')}. Set Input Binary Field to one of these.`,
		),
	fileWithoutData: (available: string[]) =>
		new ProgenyError(
			'NO_IMAGE',
			'The expression in Input Binary Field gave a file without its data',
			available.length === 0
				? 'Let the file come with the item, and give the name of its field instead.'
				: `Give the name of the field instead: ${available.join(', ')}.`,
		),
	unreadableImage: (field: string) =>
		new ProgenyError(
			'NO_IMAGE',
			`The file in the binary field ${field} could not be read from n8n's storage`,
			'Its data may have been removed meanwhile. Run the workflow again from the node that provides the photo.',
		),
	emptyImage: (field: string) =>
		new ProgenyError(
			'EMPTY_IMAGE',
			`The file in the binary field ${field} is empty (0 bytes)`,
			'Check the node that provides the photo.',
		),
	unsupportedImage: (field: string, found: string) =>
		new ProgenyError(
			'UNSUPPORTED_IMAGE',
			`The file in the binary field ${field} is ${found}`,
			'Progeny takes JPEG and PNG photos. Convert the file first, e.g. with the Edit Image node.',
		),
	imageTooLarge: (field: string, bytes: number, limit: number) =>
		new ProgenyError(
			'IMAGE_TOO_LARGE',
			`The file in the binary field ${field} has ${megabytes(bytes)}; at most ${megabytes(limit)} can be sent`,
			'Make it smaller first, e.g. with the Edit Image node: Progeny recommends a height of at most 1080 pixels.',
		),
};
