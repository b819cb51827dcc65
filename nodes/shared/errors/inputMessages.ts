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
	badTaskId: (value: string) =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			`Task ID is not a task ID: ${value}`,
			'Give the task ID that the operation Submit returned, e.g. d48eac86-228e-4933-a01d-279886a9c6b5.',
		),
	noTaskId: () =>
		new ProgenyError(
			'TASK_NOT_FOUND',
			'Task ID is empty',
			'Give the task ID that the operation Submit returned.',
		),
};
