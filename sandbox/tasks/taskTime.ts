import { z } from 'zod';
import type { Random } from '../random';

const ms = z
	.number()
	.min(0)
	.max(24 * 3600 * 1000);

/** Validates a task time from outside. */
export const taskTimeSchema = z.union([
	ms,
	z.object({ fixed: ms }).strict(),
	z
		.object({
			uniform: z
				.object({ min: ms, max: ms })
				.strict()
				.refine(({ min, max }) => min <= max, 'min is above max'),
		})
		.strict(),
	z.object({ lognormal: z.object({ median: ms, sigma: z.number().min(0).max(3) }).strict() }).strict(),
	z.object({ exponential: z.object({ mean: ms }).strict() }).strict(),
]);

/** Time of tasks in ms: a number, or a distribution. */
export type TaskTime = z.infer<typeof taskTimeSchema>;

/** Draws one task's time in ms from the distribution. */
export function drawTaskTime(time: TaskTime, random: Random): number {
	if (typeof time === 'number') return time;
	if ('fixed' in time) return time.fixed;
	if ('uniform' in time) return time.uniform.min + random() * (time.uniform.max - time.uniform.min);
	if ('exponential' in time) return -Math.log(1 - random()) * time.exponential.mean;
	return time.lognormal.median * Math.exp(time.lognormal.sigma * standardNormal(random));
}

/** Parses a task time from a command line: `300`, `200-900`, `lognormal:800,0.5` or `exponential:500`; throws on anything else. */
export function parseTaskTime(text: string): TaskTime {
	const number = '(\\d+(?:\\.\\d+)?)';
	const [, fixed] = new RegExp(`^${number}$`).exec(text) ?? [];
	const [, min, max] = new RegExp(`^${number}-${number}$`).exec(text) ?? [];
	const [, median, sigma] = new RegExp(`^lognormal:${number},${number}$`).exec(text) ?? [];
	const [, mean] = new RegExp(`^exponential:${number}$`).exec(text) ?? [];
	if (fixed) return taskTimeSchema.parse({ fixed: Number(fixed) });
	if (min && max) return taskTimeSchema.parse({ uniform: { min: Number(min), max: Number(max) } });
	if (median && sigma)
		return taskTimeSchema.parse({ lognormal: { median: Number(median), sigma: Number(sigma) } });
	if (mean) return taskTimeSchema.parse({ exponential: { mean: Number(mean) } });
	throw new Error(
		'expected 300, 200-900, lognormal:800,0.5 or exponential:500 (all in ms; sigma has no unit)',
	);
}

function standardNormal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
