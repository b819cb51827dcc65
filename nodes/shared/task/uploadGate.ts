import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { MAX_PAUSE_MS, MAX_PHOTOS_HELD, MAX_RETRY_AFTER_MS, THROTTLE_PATIENCE_MS } from '../limits';
import { onAbort, pause } from '../util/pause';

/** The first pause in ms after a throttled upload; it doubles with each further one until an upload is accepted. */
const FIRST_PAUSE_MS = 500;

/** An item's turn to upload, from before its photo is read until its upload has ended. */
export interface Turn {
	/** Reports that Progeny accepted the upload. */
	accepted(): void;
	/**
	 * Waits until the upload may be sent again after it was throttled (HTTP 429, or a 503 that proves that it was not accepted).
	 * `waitMs` is the Retry-After. Throws `error` once the run gives up, CANCELED if the run has failed.
	 */
	throttled(error: ProgenyError, waitMs: number | undefined): Promise<void>;
}

interface Ticket {
	/** Tickets are served in the order of arrival: the longest wait goes first. */
	readonly number: number;
	isUploading: boolean;
	/** The run's throttles when this upload started: a throttle counts once for all uploads in flight. */
	throttles: number;
	/** Ends the wait. */
	start: () => void;
	fail: (error: ProgenyError) => void;
}

/**
 * Decides when the uploads of one run may start. At most ten items hold a photo, which is being uploaded or waits to be sent again.
 * A throttle pauses all uploads together and halves the number in flight. Each accepted upload raises that number by one, as in TCP.
 */
export class UploadGate {
	private allowed = MAX_PHOTOS_HELD;
	private uploading = 0;
	private arrived = 0;
	private waiting: Ticket[] = [];
	/** On the clock of `performance.now()`. */
	private pausedUntil = -Infinity;
	private throttles = 0;
	private inARow = 0;
	private throttledSince: number | undefined;
	private givenUp: ProgenyError | undefined;
	/** Ends the wait for the end of a pause. */
	private waking: AbortController | undefined;

	/** Returns how long the pause still lasts, in ms. Polls wait for its end, too. */
	pauseLeftMs(): number {
		return Math.max(0, this.pausedUntil - performance.now());
	}

	/** Pauses the run after a poll was throttled. `waitMs` is the Retry-After. */
	pollThrottled(waitMs = 0): void {
		this.pauseFor(Math.min(Math.max(waitMs, FIRST_PAUSE_MS), MAX_RETRY_AFTER_MS));
	}

	/** Calls `work` in its turn: it reads a photo and uploads it. Throws CANCELED if `halt` aborts before that. */
	async inTurn<T>(halt: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> {
		const ticket: Ticket = {
			number: this.arrived++,
			isUploading: false,
			throttles: 0,
			start: () => {},
			fail: () => {},
		};
		await this.mayStart(ticket, halt);
		try {
			return await work({
				accepted: () => this.accepted(),
				throttled: async (error, waitMs) => {
					this.throttled(ticket, error, waitMs);
					await this.mayStart(ticket, halt);
				},
			});
		} finally {
			this.endUpload(ticket);
			this.serve();
		}
	}

	private accepted(): void {
		this.allowed = Math.min(MAX_PHOTOS_HELD, this.allowed + 1);
		this.inARow = 0;
		this.throttledSince = undefined;
		this.givenUp = undefined;
	}

	private throttled(ticket: Ticket, error: ProgenyError, waitMs = 0): void {
		const now = performance.now();
		this.throttledSince ??= now;
		if (ticket.throttles === this.throttles) {
			this.throttles++;
			this.allowed = Math.max(1, Math.floor(this.uploading / 2));
			const backOffMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.inARow++);
			this.pauseFor(backOffMs * (1 + Math.random() / 4));
		}
		this.endUpload(ticket);
		if (waitMs > MAX_RETRY_AFTER_MS || now - this.throttledSince >= THROTTLE_PATIENCE_MS) this.giveUp(error);
		else this.pauseFor(waitMs);
	}

	/** Fails all waiting items of the run, and later ones, until an upload in flight is accepted. */
	private giveUp(error: ProgenyError): void {
		this.givenUp = error;
		for (const { fail } of this.waiting.splice(0)) fail(error);
	}

	private pauseFor(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + ms);
	}

	private endUpload(ticket: Ticket): void {
		if (ticket.isUploading) this.uploading--;
		ticket.isUploading = false;
	}

	private async mayStart(ticket: Ticket, halt: AbortSignal): Promise<void> {
		if (halt.aborted) throw messages.canceled();
		if (this.givenUp !== undefined) throw this.givenUp;
		const started = new Promise<void>((resolve, reject) =>
			Object.assign(ticket, { start: resolve, fail: reject }),
		);
		const leave = onAbort(halt, () => {
			this.waiting = this.waiting.filter((other) => other !== ticket);
			if (this.waiting.length === 0) this.waking?.abort();
			ticket.fail(messages.canceled());
		});
		this.waiting.push(ticket);
		this.waiting.sort((a, b) => a.number - b.number);
		this.serve();
		await started.finally(leave);
	}

	/** Starts the next uploads, as far as allowed. */
	private serve(): void {
		while (this.pauseLeftMs() === 0 && this.uploading < this.allowed) {
			// Items that hold a photo came first, so a new photo is read only if none of them waits.
			const ticket = this.waiting.shift();
			if (ticket === undefined) return;
			this.uploading++;
			Object.assign(ticket, { isUploading: true, throttles: this.throttles });
			ticket.start();
		}
		if (this.pauseLeftMs() > 0 && this.waiting.length > 0) void this.wake();
	}

	/** Serves once the pause is over, however often it is extended. */
	private async wake(): Promise<void> {
		if (this.waking !== undefined) return;
		const { signal } = (this.waking = new AbortController());
		while (this.pauseLeftMs() > 0 && !signal.aborted) await pause(this.pauseLeftMs(), signal);
		this.waking = undefined;
		this.serve();
	}
}
