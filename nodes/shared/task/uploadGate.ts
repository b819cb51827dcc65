import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { MAX_PAUSE_MS, MAX_PHOTOS_HELD, MAX_RETRY_AFTER_MS, THROTTLE_PATIENCE_MS } from '../limits';
import { onAbort, pause } from '../util/pause';

/** The first pause in ms after a throttled upload; it doubles with each further one until an upload is accepted. */
const FIRST_PAUSE_MS = 500;

/** An item's turn to upload, from before its photo is read until its upload has ended. */
export interface Turn {
	/** Tells that Progeny accepted the upload. */
	accepted(): void;
	/**
	 * Waits until the upload may be sent again, after it was throttled (HTTP 429, or a 503 that is not accepted). `waitMs` is what
	 * Retry-After asked for. Throws `error` once the run gives up, CANCELED if the run has failed.
	 */
	throttled(error: ProgenyError, waitMs: number | undefined): Promise<void>;
}

interface Place {
	/** Places are served in the order of arrival: who waits longest goes first. */
	readonly ticket: number;
	isUploading: boolean;
	/** The number of throttles that the run had met when this upload started: a throttle counts once for all that it hit. */
	throttles: number;
	/** Ends the wait. */
	start: () => void;
	fail: (error: ProgenyError) => void;
}

/**
 * When the uploads of one run may start. At most ten items hold a photo: it is being uploaded, or waits to be sent again. A
 * throttle pauses all of them together and halves the number in flight, which grows by one with each accepted upload, as in TCP.
 */
export class UploadGate {
	private allowed = MAX_PHOTOS_HELD;
	private uploading = 0;
	private arrived = 0;
	private waiting: Place[] = [];
	/** On the clock of `performance.now()`. */
	private pausedUntil = -Infinity;
	private throttles = 0;
	private inARow = 0;
	private throttledSince: number | undefined;
	private givenUp: ProgenyError | undefined;
	/** Ends the wait for the end of a pause. */
	private waking: AbortController | undefined;

	/** How long the pause lasts still, in ms: polls wait it out as well. */
	pauseLeftMs(): number {
		return Math.max(0, this.pausedUntil - performance.now());
	}

	/** Pauses the run after a poll was throttled. `waitMs` is what Retry-After asked for. */
	pollThrottled(waitMs = 0): void {
		this.pauseFor(Math.min(Math.max(waitMs, FIRST_PAUSE_MS), MAX_RETRY_AFTER_MS));
	}

	/** Does an item's `work`, which reads a photo and uploads it, in its turn. Throws CANCELED once `halt` aborts before that. */
	async inTurn<T>(halt: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> {
		const place: Place = {
			ticket: this.arrived++,
			isUploading: false,
			throttles: 0,
			start: () => {},
			fail: () => {},
		};
		await this.mayStart(place, halt);
		try {
			return await work({
				accepted: () => this.accepted(),
				throttled: async (error, waitMs) => {
					this.throttled(place, error, waitMs);
					await this.mayStart(place, halt);
				},
			});
		} finally {
			this.endUpload(place);
			this.serve();
		}
	}

	private accepted(): void {
		this.allowed = Math.min(MAX_PHOTOS_HELD, this.allowed + 1);
		this.inARow = 0;
		this.throttledSince = undefined;
		this.givenUp = undefined;
	}

	private throttled(place: Place, error: ProgenyError, waitMs = 0): void {
		const now = performance.now();
		this.throttledSince ??= now;
		if (place.throttles === this.throttles) {
			this.throttles++;
			this.allowed = Math.max(1, Math.floor(this.uploading / 2));
			const backOffMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.inARow++);
			this.pauseFor(backOffMs * (1 + Math.random() / 4));
		}
		this.endUpload(place);
		if (waitMs > MAX_RETRY_AFTER_MS || now - this.throttledSince >= THROTTLE_PATIENCE_MS) this.giveUp(error);
		else this.pauseFor(waitMs);
	}

	/** Ends the wait of all items of the run, and of those that come, until an upload that is in flight is accepted. */
	private giveUp(error: ProgenyError): void {
		this.givenUp = error;
		for (const { fail } of this.waiting.splice(0)) fail(error);
	}

	private pauseFor(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + ms);
	}

	private endUpload(place: Place): void {
		if (place.isUploading) this.uploading--;
		place.isUploading = false;
	}

	private async mayStart(place: Place, halt: AbortSignal): Promise<void> {
		if (halt.aborted) throw messages.canceled();
		if (this.givenUp !== undefined) throw this.givenUp;
		const started = new Promise<void>((resolve, reject) =>
			Object.assign(place, { start: resolve, fail: reject }),
		);
		const leave = onAbort(halt, () => {
			this.waiting = this.waiting.filter((other) => other !== place);
			if (this.waiting.length === 0) this.waking?.abort();
			place.fail(messages.canceled());
		});
		this.waiting.push(place);
		this.waiting.sort((a, b) => a.ticket - b.ticket);
		this.serve();
		await started.finally(leave);
	}

	/** Lets those start that may. */
	private serve(): void {
		while (this.pauseLeftMs() === 0 && this.uploading < this.allowed) {
			// Those that hold a photo came first, so a new photo is read only if none of them waits.
			const place = this.waiting.shift();
			if (place === undefined) return;
			this.uploading++;
			Object.assign(place, { isUploading: true, throttles: this.throttles });
			place.start();
		}
		if (this.pauseLeftMs() > 0 && this.waiting.length > 0) void this.wake();
	}

	/** Serves once the pause is over, however often it is made longer. */
	private async wake(): Promise<void> {
		if (this.waking !== undefined) return;
		const { signal } = (this.waking = new AbortController());
		while (this.pauseLeftMs() > 0 && !signal.aborted) await pause(this.pauseLeftMs(), signal);
		this.waking = undefined;
		this.serve();
	}
}
