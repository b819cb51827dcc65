import { join } from 'node:path';
import { CACHE } from '../../../demo/paths';

/** Files of a run. */
export const QUEUE_CACHE = join(CACHE, 'queue');

/** The user folders of n8n's processes, with the packed package in each. */
export const USER_FOLDERS = {
	main: join(QUEUE_CACHE, 'main'),
	webhook: join(QUEUE_CACHE, 'webhook'),
	worker1: join(QUEUE_CACHE, 'worker-1'),
	worker2: join(QUEUE_CACHE, 'worker-2'),
};
