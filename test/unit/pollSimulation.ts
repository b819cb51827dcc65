import { nextPollMs } from '../../nodes/shared/task/schedule';
import { TaskHistory } from '../../nodes/shared/task/taskHistory';
import { seededRandom, type Random } from '../../sandbox/random';

/** The time that one task takes, in ms, drawn with the random numbers given. */
export type TaskTime = (random: Random) => number;

/** Faces on virtual time: a batch with so many lanes, or executions of one face each. Times in ms. */
export interface Work {
	taskTime: TaskTime;
	faces: number;
	/** The number of lanes that a batch has; `singles` if each face is an execution of its own. */
	concurrency: number | 'singles';
	/** The time between the uploads of a batch's first faces; 0 by default. */
	uploadEveryMs?: number;
	/** The mean time between two singles, which arrive at random; 0 is one after the other. */
	everyMs?: number;
	seed: number;
	timeoutMs?: number;
	/** The history of earlier work; empty by default. */
	history?: TaskHistory;
	/** The number of first faces that are left out of the figures. */
	warmUp?: number;
}

/** The outcome of the work. Lag is the time from a task's end to the arrival of the poll that found it ended. */
export interface Outcome {
	/** Polls a face on average, and the most that any face took. */
	polls: number;
	mostPolls: number;
	/** Mean lag over mean task time. */
	lag: number;
	/** The mean of each face's own lag over its own task time. */
	lagOfEach: number;
	/** `polls + LAG_WEIGHT * lag`, as `leastCost` counts. */
	cost: number;
	/** From the first upload to the last answer, in ms; over the longest task; over the sum of all tasks by lanes. */
	wallMs: number;
	wallByLongest: number;
	wallByLimit: number;
	/** The 99th percentile of the wait over what is promised: 10 s, or twice the task time if longer. */
	waitBesidePromise: number;
	/** The number of faces that ran into the timeout. */
	late: number;
}

/** The number of polls that a lag of a whole task time is worth. */
export const LAG_WEIGHT = 20;
/** From a request to its answer, in ms; it reaches the server after half of that. */
const ROUND_TRIP_MS = 20;

/** Simulates the work with `nextPollMs` on virtual time: each face is uploaded, then polled until its task has ended. */
export function simulate(work: Work): Outcome {
	const {
		taskTime,
		faces,
		concurrency,
		everyMs = 0,
		uploadEveryMs = 0,
		seed,
		timeoutMs = 118_000,
		warmUp = 0,
	} = work;
	const random = seededRandom(seed);
	const history = work.history ?? new TaskHistory();
	const times = Array.from({ length: faces }, () => taskTime(random));
	const agenda = new Agenda();
	const found: Array<{ face: number; time: number; lag: number; polls: number; waitedMs: number }> = [];
	const lanes = concurrency === 'singles' ? 1 : Math.min(concurrency, faces);
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
			const wait = nextPollMs({
				elapsedMs,
				polls,
				lastGapMs,
				failedPolls: 0,
				remainingMs: timeoutMs - elapsedMs,
				retryAfterMs: undefined,
				plan: history.plan,
				recentMs: history.recentMs(then),
				random: random(),
			});
			if (wait !== undefined) {
				lastGapMs = wait;
				return agenda.add(then + wait, poll);
			}
			late++;
			history.running--;
			onEnd(then);
		};
		const poll = (then: number) => {
			polls++;
			const lag = then + ROUND_TRIP_MS / 2 - endsAt;
			agenda.add(then + ROUND_TRIP_MS, (answered) => {
				if (lag < 0) {
					unfinishedMs = then - start;
					return plan(answered);
				}
				history.add([unfinishedMs, then - start], answered);
				history.running--;
				found.push({ face, time, lag, polls, waitedMs: answered - start });
				onEnd(answered);
			});
		};
		agenda.add(start, (then) => {
			history.running++;
			plan(then);
		});
	};

	for (let lane = 0; lane < lanes; lane++) agenda.add(lane * uploadEveryMs, startFace);
	const wallMs = agenda.run();
	const counted = found.filter(({ face }) => face >= warmUp);
	const mean = (of: (face: (typeof found)[number]) => number) =>
		counted.reduce((sum, face) => sum + of(face), 0) / counted.length;
	const polls = mean((face) => face.polls);
	const lag = mean((face) => face.lag) / mean(({ time }) => time);
	const waits = counted.map(({ waitedMs, time }) => waitedMs / Math.max(10_000, 2 * time));
	return {
		polls,
		mostPolls: Math.max(...counted.map((face) => face.polls)),
		lag,
		lagOfEach: mean((face) => face.lag / face.time),
		cost: polls + LAG_WEIGHT * lag,
		wallMs,
		wallByLongest: wallMs / Math.max(...times),
		wallByLimit: (wallMs * lanes) / times.reduce((sum, time) => sum + time, 0),
		waitBesidePromise: waits.sort((a, b) => a - b)[Math.ceil(0.99 * waits.length) - 1]!,
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

	/** Runs all events; returns the time of the last one, in ms. */
	run(): number {
		let now = 0;
		for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
			now = event.time;
			event.act(now);
		}
		return now;
	}
}
