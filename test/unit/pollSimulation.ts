import { nextPollMs } from '../../nodes/shared/task/schedule';
import type { CompletionInterval } from '../../nodes/shared/task/taskTimes';
import { seededRandom, type Random } from '../../sandbox/random';

/** How long one task takes, in ms, drawn with the random numbers given. */
export type TaskTime = (random: Random) => number;

/** One batch of faces on virtual time. Times in ms. */
export interface Batch {
	taskTime: TaskTime;
	faces: number;
	concurrency: number;
	seed: number;
	timeoutMs?: number;
}

/** What became of a batch. */
export interface Outcome {
	/** Questions a face, in the mean, and the most that any face took. */
	polls: number;
	mostPolls: number;
	/** From a task's end to the arrival of the question that found it ended: mean lag over mean task time. */
	lag: number;
	/** The mean of each face's own lag over its own task time. */
	lagOfEach: number;
	/** From the first upload to the last answer, in ms. */
	wallMs: number;
	/** The sum of the task times over the concurrency, in ms. */
	limitMs: number;
	/** How many faces ran into the timeout. */
	late: number;
}

/** From a request to its answer, in ms; it reaches the server after half of that. */
export const ROUND_TRIP_MS = 20;

/** Plays a batch against `nextPollMs` on virtual time: lanes upload, then ask until the task has ended. */
export function simulate({ taskTime, faces, concurrency, seed, timeoutMs = 118_000 }: Batch): Outcome {
	const random = seededRandom(seed);
	const times = Array.from({ length: faces }, () => taskTime(random));
	const agenda = new Agenda();
	const completions: CompletionInterval[] | undefined = faces === 1 ? undefined : [];
	const found: Array<{ time: number; lag: number; polls: number }> = [];
	let next = 0;
	let late = 0;

	const startFace = (now: number) => {
		const time = times[next++];
		if (time === undefined) return;
		const endsAt = now + ROUND_TRIP_MS / 2 + time;
		const start = now + ROUND_TRIP_MS;
		let unfinishedMs = 0;
		let polls = 0;
		const plan = (then: number) => {
			const elapsedMs = then - start;
			const remainingMs = timeoutMs - elapsedMs;
			const wait = nextPollMs({
				...{ elapsedMs, polls, troubles: 0, remainingMs, retryAfterMs: undefined, completions },
				random: random(),
			});
			if (wait !== undefined) return agenda.add(then + wait, ask);
			late++;
			startFace(then);
		};
		const ask = (then: number) => {
			polls++;
			const lag = then + ROUND_TRIP_MS / 2 - endsAt;
			agenda.add(then + ROUND_TRIP_MS, (answered) => {
				if (lag < 0) {
					unfinishedMs = then - start;
					return plan(answered);
				}
				completions?.push([unfinishedMs, then - start]);
				found.push({ time, lag, polls });
				startFace(answered);
			});
		};
		agenda.add(start, plan);
	};

	for (let lane = 0; lane < Math.min(concurrency, faces); lane++) agenda.add(0, startFace);
	const wallMs = agenda.run();
	const mean = (of: (face: (typeof found)[number]) => number) =>
		found.reduce((sum, face) => sum + of(face), 0) / found.length;
	return {
		polls: mean(({ polls }) => polls),
		mostPolls: Math.max(...found.map(({ polls }) => polls)),
		lag: mean(({ lag }) => lag) / mean(({ time }) => time),
		lagOfEach: mean(({ lag, time }) => lag / time),
		wallMs,
		limitMs: times.reduce((sum, time) => sum + time, 0) / concurrency,
		late,
	};
}

/** Events in the order of their time. */
class Agenda {
	private readonly events: Array<{ time: number; act: (now: number) => void }> = [];

	add(time: number, act: (now: number) => void): void {
		const after = this.events.findIndex((event) => event.time > time);
		this.events.splice(after === -1 ? this.events.length : after, 0, { time, act });
	}

	/** Lets everything happen; gives the time of the last event, in ms. */
	run(): number {
		let now = 0;
		for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
			now = event.time;
			event.act(now);
		}
		return now;
	}
}
