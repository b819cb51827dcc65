import { ProgenyError, type ErrorCode } from './error';
import { photoMessages } from './photoMessages';

const WHICH_UUID = 'Give the UUID that Progeny returned when the face was registered';

/** What is said of an item that cannot be sent, before Progeny is contacted. */
export const inputMessages = {
	...photoMessages,
	/** A text with `{{` or `$json` in it, which n8n did not resolve. */
	plainExpression: (label: string, code: ErrorCode) =>
		new ProgenyError(
			code,
			`${label} holds an expression as plain text`,
			`Nothing was sent. Switch ${label} from Fixed to Expression (the switch above it appears when you point at the field).`,
		),
	tooLong: (label: string, code: ErrorCode, longest: number) =>
		new ProgenyError(
			code,
			`${label} has more than ${longest} characters`,
			`Nothing was sent. Check that ${label} gets the right field: no real value is that long.`,
		),
	unusableOptions: () =>
		new ProgenyError(
			'INVALID_OPTIONS',
			'The expression for all Options gave no options',
			'Nothing was sent. Let it return an object, e.g. {{ { maxAge: 5 } }}, or give each option a value or an expression of its own.',
		),
	invalidDocumentType: () =>
		new ProgenyError(
			'INVALID_DOCUMENT_TYPE',
			'Document Type is neither passport nor card',
			"Choose one, or let the expression give the text passport or card. A card is an ID card or a driver's license.",
		),
	invalidUuid: (value: string) =>
		value === ''
			? new ProgenyError(
					'INVALID_UUID',
					'UUID is empty',
					`${WHICH_UUID}. Check the expression: names are case-sensitive.`,
				)
			: new ProgenyError(
					'INVALID_UUID',
					`UUID is not a valid UUID: ${value}`,
					`${WHICH_UUID}, e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002.`,
				),
};
