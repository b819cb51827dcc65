/** The largest photo that is sent, in bytes. Progeny documents no limit; this one keeps an accident from being uploaded. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** The height in pixels above which Progeny no longer promises the best results (documented for every face service). */
export const RECOMMENDED_MAX_HEIGHT = 1080;

/** How long one login may take, in ms. */
export const LOGIN_TIMEOUT_MS = 30_000;

/** How long the question whether a stored token holds may take, in ms. */
export const PROBE_TIMEOUT_MS = 5_000;

/** How long signing a receipt waits for the stored key, in ms. */
export const SIGNING_TIMEOUT_MS = 5_000;

/** How long a token has to last, in ms, for an upload of so many bytes to start with it. */
export const tokenRestMs = (bytes: number): number => 15_000 + bytes / 100;

/** How long one poll of a task may take, in ms; never longer than what is left of the item's own timeout. */
export const POLL_TIMEOUT_MS = 15_000;

/** How long an upload may take, in ms: a minute, and a second more for each 32 KB, for slow lines. */
export const uploadTimeoutMs = (bytes: number): number => 60_000 + bytes / 32;

/** How many items of one run may hold a photo at a time. */
export const MAX_PHOTOS_HELD = 10;

/** The pauses in ms before an upload that never reached Progeny is tried again: one for each further attempt. */
export const SUBMIT_RETRY_DELAYS_MS: readonly number[] = [500, 1000, 2000];

/** The longest Retry-After in ms that uploads wait for; a longer one ends the items that wait instead. */
export const MAX_RETRY_AFTER_MS = 60_000;

/** The longest pause in ms after a throttled upload whose answer names no time. */
export const MAX_PAUSE_MS = 30_000;

/** A task that was submitted within this time (ms) may still wait in a queue, where Progeny does not show it. */
export const RECENT_MS = 60 * 60_000;

/** How long in ms a throttled run goes on without an accepted upload before it gives up the items that wait. */
export const THROTTLE_PATIENCE_MS = 120_000;

/** How many answers in a row may be unreadable before a task is given up: a proxy's page may slip in between. */
export const MAX_UNREADABLE_ANSWERS = 3;

/** The pauses in ms before a login that failed for a moment is tried again: one for each further attempt of a run. */
export const LOGIN_RETRY_DELAYS_MS: readonly number[] = [1000, 2000];
