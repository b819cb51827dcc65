import { hasEncoded } from '../util/encoded';

/** Where an upload's outcome is asked for, with the task ID in the query parameter `id` (documented). */
export const TASK_PATH = '/services/task/';

/** A task ID that Progeny cannot have given: the nil UUID. The credential's test asks for it. */
export const PROBE_TASK_ID = '00000000-0000-0000-0000-000000000000';

/** True for a text that can be a task ID. Progeny's are version-4 UUIDs (documented); other IDs are accepted, encoded data is not. */
export const isTaskId = (text: unknown): text is string =>
	typeof text === 'string' && /^[A-Za-z0-9_.:-]{1,200}$/.test(text) && !hasEncoded(text);
