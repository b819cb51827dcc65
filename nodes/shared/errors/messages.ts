import { connectionMessages } from './connectionMessages';
import { documentMessages } from './documentMessages';
import { inputMessages } from './inputMessages';
import { receiptMessages } from './receiptMessages';
import { taskMessages } from './taskMessages';

/** Every sentence that the nodes and the credential say when there is no result: each function gives a ProgenyError. */
export const messages = {
	...inputMessages,
	...documentMessages,
	...receiptMessages,
	...connectionMessages,
	...taskMessages,
};
