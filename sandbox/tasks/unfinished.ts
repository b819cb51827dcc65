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

/** What a task answers before it has finished. Progeny documents none of it; these are what Celery and Django may give. */
export type Unfinished = keyof typeof answers;

/** Every way to be unfinished. */
export const unfinishedWays = Object.keys(answers) as [Unfinished, ...Unfinished[]];

/** Checks a way to be unfinished that came from outside. */
export const unfinishedSchema = z.enum(unfinishedWays);

/** HTTP status and body for a task that has not finished; `id` is the task's integer. */
export function unfinishedAnswer(way: Unfinished, id: number): { status: number; body: unknown } {
	return answers[way](id);
}
