import { connectionMessages } from './connectionMessages';
import { inputMessages } from './inputMessages';
import { taskMessages } from './taskMessages';

/** All errors of the nodes and the credential. Each function returns a ProgenyError. */
export const messages = { ...inputMessages, ...connectionMessages, ...taskMessages };
