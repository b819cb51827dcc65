import { connectionMessages } from './connectionMessages';
import { inputMessages } from './inputMessages';
import { taskMessages } from './taskMessages';

/** Every sentence that the nodes and the credential say when there is no result. Each function returns a ProgenyError. */
export const messages = { ...inputMessages, ...connectionMessages, ...taskMessages };
