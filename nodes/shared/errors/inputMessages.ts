import { ProgenyError } from './error';
import { photoMessages } from './photoMessages';

/** What is said of an item that cannot be sent, before Progeny is contacted. */
export const inputMessages = {
	...photoMessages,
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
