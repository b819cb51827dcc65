import { ProgenyError } from './error';
import { photoMessages } from './photoMessages';

/** What is said of an item that cannot be sent, before Progeny is contacted. */
export const inputMessages = {
	...photoMessages,
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
					'Give the UUID that Progeny returned when the face was registered.',
				)
			: new ProgenyError(
					'INVALID_UUID',
					`UUID is not a valid UUID: ${value}`,
					'Give the UUID that Progeny returned when the face was registered, e.g. d3da2b7a-b062-11ec-b3b9-0242ac190002.',
				),
};
