import { nextPollMs } from '../../nodes/shared/task/schedule';
import { TaskHistory } from '../../nodes/shared/task/taskHistory';
import { seededRandom, type Random } from '../../sandbox/random';

/** How long one task takes, in ms, drawn with the random numbers given. */
export type TaskTime = (random: Random) => number;

/** Faces on virtual time: a batch with so many lanes, or executions of one face each. Times in ms. */
export interface Work {
	taskTime: TaskTime;
	faces: number;
	/** How many lanes a batch has; `singles` where each face is an execution of its own. */
	concurrency: number | 'singles';
	/** The mean time between two singles, which arrive at random; 0 is one after the other. */
	everyMs?: number;
	seed: number;
	timeoutMs?: number;
	/** What earlier work of the process taught; nothing by default. */
	history?: TaskHistory;
	/** As many of the first faces are left out of the figures. */
	warmUp?: number;
}

/** What became of a batch. */
export interface Outcome {
	/** Polls a face, in the mean, and the most that any face took. */
	polls: number;
	mostPolls: number;
	/** From a task's end to the arrival of the question that found it ended: mean lag over mean task time. */
	lag: number;
	/** The mean of each face's own lag over its own task time. */
	lagOfEach: number;
	/** From the first upload to the last answer, in ms. */
	wallMs: number;
	longestMs: number;
	/** The sum of the task times over the concurrency, in ms. */
	limitMs: number;
	/** The 99th percentile of the time from acceptance to answer, beside what is promised: 10 s, or twice the task time if longer. */
	waitBesidePromise: number;
	/** How many faces ran into the timeout. */
	late: number;
}

/** From a request to its answer, in ms; it reaches the server after half of that. */
export const ROUND_TRIP_MS = 20;

/** Plays the work against `nextPollMs` on virtual time: each face is uploaded, then polled until its task has ended. */
export function simulate(work: Work): Outcome {
	const { taskTime, faces, concurrency, everyMs = 0, seed, timeoutMs = 118_000, warmUp = 0 } = work;
	const random = seededRandom(seed);
	const history = work.history ?? new TaskHistory();
	const times = Array.from({ length: faces }, () => taskTime(random));
	const agenda = new Agenda();
	const found: Array<{ face: number; time: number; lag: number; polls: number; waitedMs: number }> = [];
	const isInBatch = concurrency !== 'singles';
	const lanes = isInBatch ? Math.min(concurrency, faces) : 1;
	let next = 0;
	let late = 0;

	const startFace = (now: number) => {
		const face = next++;
		const time = times[face];
		if (time === undefined) return;
		if (everyMs > 0) agenda.add(now - everyMs * Math.log(1 - random()), startFace);
		const endsAt = now + ROUND_TRIP_MS / 2 + time;
		const start = now + ROUND_TRIP_MS;
		const onEnd = everyMs > 0 ? () => {} : startFace;
		let lastGapMs = 0;
		let unfinishedMs = 0;
		let polls = 0;
		const plan = (then: number) => {
			const elapsedMs = then - start;
			const remainingMs = timeoutMs - elapsedMs;
			const wait = nextPollMs({
				elapsedMs,
				polls,
				lastGapMs,
				troubles: 0,
				remainingMs,
				retryAfterMs: undefined,
				plan: history.plan,
				recentMs: history.recentMs(then),
				isInBatch,
				random: random(),
			});
			if (wait !== undefined) {
				lastGapMs = wait;
				return agenda.add(then + wait, ask);
			}
			late++;
			onEnd(then);
		};
		const ask = (then: number) => {
			polls++;
			const lag = then + ROUND_TRIP_MS / 2 - endsAt;
			agenda.add(then + ROUND_TRIP_MS, (answered) => {
				if (lag < 0) {
					unfinishedMs = then - start;
					return plan(answered);
				}
				history.add([unfinishedMs, then - start], answered);
				found.push({ face, time, lag, polls, waitedMs: answered - start });
				onEnd(answered);
			});
		};
		agenda.add(start, plan);
	};

	for (let lane = 0; lane < lanes; lane++) agenda.add(0, startFace);
	const wallMs = agenda.run();
	const counted = found.filter(({ face }) => face >= warmUp);
	const mean = (of: (face: (typeof found)[number]) => number) =>
		counted.reduce((sum, face) => sum + of(face), 0) / counted.length;
	return {
		polls: mean(({ polls }) => polls),
		mostPolls: Math.max(...counted.map(({ polls }) => polls)),
		lag: mean(({ lag }) => lag) / mean(({ time }) => time),
		lagOfEach: mean(({ lag, time }) => lag / time),
		wallMs,
		waitBesidePromise: percentile99(
			counted.map(({ waitedMs, time }) => waitedMs / Math.max(10_000, 2 * time)),
		),
		longestMs: Math.max(...times),
		limitMs: times.reduce((sum, time) => sum + time, 0) / lanes,
		late,
	};
}

const percentile99 = (values: number[]) => values.sort((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1]!;

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
