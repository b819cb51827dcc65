/** The largest photo to upload, in bytes. Progeny documents no limit; this one stops uploads by mistake. */
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

/** The height in pixels above which Progeny no longer promises the best results (documented for every face service). */
export const RECOMMENDED_MAX_HEIGHT = 1080;

/** The time limit of one login, in ms. */
export const LOGIN_TIMEOUT_MS = 30_000;

/** The time limit of the check of a stored token, in ms. */
export const PROBE_TIMEOUT_MS = 5_000;

/** The time limit for reading the stored key that signs a receipt, in ms. */
export const SIGNING_TIMEOUT_MS = 5_000;

/** Returns the time, in ms, for which a token must remain valid to start an upload of that many bytes. */
export const tokenRestMs = (bytes: number): number => 15_000 + bytes / 100;

/** The time limit of one poll, in ms; never longer than the rest of the item's timeout. */
export const POLL_TIMEOUT_MS = 15_000;

/** Returns the time limit of an upload, in ms: a minute plus a second for each 32 KB, for slow connections. */
export const uploadTimeoutMs = (bytes: number): number => 60_000 + bytes / 32;

/** The maximum number of items of one run that hold a photo at a time. */
export const MAX_PHOTOS_HELD = 10;

/** The pauses in ms before each retry of an upload that never reached Progeny. */
export const SUBMIT_RETRY_DELAYS_MS: readonly number[] = [500, 1000, 2000];

/** The longest Retry-After that uploads wait for, in ms; a longer one fails the waiting items. */
export const MAX_RETRY_AFTER_MS = 60_000;

/** The longest pause in ms after a throttled upload whose answer has no Retry-After. */
export const MAX_PAUSE_MS = 30_000;

/** A task submitted within this time, in ms, may still be queued, and Progeny may answer 404 for it. */
export const RECENT_MS = 60 * 60_000;

/** The time, in ms, for which a throttled run continues without an accepted upload; then its waiting items fail. */
export const THROTTLE_PATIENCE_MS = 120_000;

/** The number of unreadable answers in a row that fail a task: fewer may come from a proxy. */
export const MAX_UNREADABLE_ANSWERS = 3;

/** The pauses in ms before each retry of a login that failed temporarily. */
export const LOGIN_RETRY_DELAYS_MS: readonly number[] = [1000, 2000];
