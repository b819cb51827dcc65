import { z } from 'zod';

const answers = {
	pending: (id: number) => ({ status: 200, body: { id, status: 'PENDING', result: null } }),
	started: (id: number) => ({ status: 200, body: { id, status: 'STARTED', result: null } }),
	retry: (id: number) => ({ status: 200, body: { id, status: 'RETRY', result: null } }),
	invented: (id: number) => ({ status: 200, body: { id, status: 'PROGRESS', result: { percent: 40 } } }),
	notFound: () => ({ status: 404, body: { detail: 'Not found.' } }),
	empty: () => ({ status: 200, body: {} }),
	null: () => ({ status: 200, body: null }),
	list: () => ({ status: 200, body: [] }),
} satisfies Record<string, (id: number) => { status: number; body: unknown }>;

/** Answer of an unfinished task. Progeny documents none; Celery and Django may return any of these. */
export type Unfinished = keyof typeof answers;

/** Every kind of unfinished answer. */
export const unfinishedWays = Object.keys(answers) as [Unfinished, ...Unfinished[]];

/** Validates a kind of answer from outside. */
export const unfinishedSchema = z.enum(unfinishedWays);

/** Returns HTTP status and body of an unfinished task; `id` is the task's integer. */
export function unfinishedAnswer(way: Unfinished, id: number): { status: number; body: unknown } {
	return answers[way](id);
}
