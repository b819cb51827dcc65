import { z } from 'zod';
import { taskTimeSchema } from './tasks/taskTime';
import { unfinishedSchema } from './tasks/unfinished';

const share = z.number().min(0).max(1);
const seconds = z
	.number()
	.min(0)
	.max(366 * 24 * 3600);

/** Limits of a pass. Progeny documents only the angle. */
const thresholdsSchema = z
	.object({
		/** Lowest similarity (0-1) at which two faces are the same person. */
		match: share,
		/** Lowest probability (0-1) at which a face is live. */
		liveness: share,
		/** Largest pitch or yaw in degrees; Progeny documents 25. */
		angle: z.number().min(0).max(180),
		/** Largest share (0-1) of the picture's width or height that a face may fill before it is too close. */
		closeness: share,
		/** Lowest confidence (0-1) at which something in the picture counts as a face. */
		detection: share,
	})
	.strict();

const settingsSchema = z.object({
	/** Life of an access token in seconds. Progeny documents 300. A token's `exp` is in whole seconds. */
	tokenLifetime: seconds,
	/** Life of a refresh token in seconds. 14 days in Progeny's samples. */
	refreshLifetime: seconds,
	/** True if a refresh token can be used once only ("Token is blacklisted"). */
	blacklistOldRefresh: z.boolean(),
	/** Minimum time of a task, in ms, or as a seeded distribution. */
	taskTime: taskTimeSchema,
	/** Answer of an unfinished task. */
	unfinished: unfinishedSchema,
	/** Answer to an unknown ID: 404, or `PENDING` forever, as Celery does. */
	unknownTask: z.enum(['notFound', 'pending']),
	/** Result for a valid UUID without a registered face. */
	unknownUuid: z.enum(['task', 'refuse', 'failure']),
	/** Shape of a failed liveness check: see `answers.ts`. */
	failureShape: z.enum(['documented', 'A', 'B']),
	/** True if the POST refuses a file that is not a picture with 400, instead of the task. */
	refuseUnreadable: z.boolean(),
	/** Minimum face width and height in pixels of the uploaded picture. Progeny documents 224. */
	minFaceSize: z.number().min(0).max(10_000),
	thresholds: thresholdsSchema,
});

const changeSchema = settingsSchema.extend({ thresholds: thresholdsSchema.partial() }).partial();

/** Settings that can change while the sandbox runs: by `sandbox.set()`, or by `PATCH /sandbox/settings`. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings, for `sandbox.set()` and `PATCH /sandbox/settings`. */
export type SettingsChange = z.infer<typeof changeSchema>;

/** Options of `startSandbox`. */
export interface SandboxOptions extends SettingsChange {
	/** Address to listen on, `127.0.0.1` by default. */
	host?: string;
	/** Port to listen on; 0, the default, for any free one. */
	port?: number;
	/** The one account's name. */
	username?: string;
	/** The one account's password. */
	password?: string;
	/** Seed of the task times. */
	seed?: number;
	/** SQLite file for registered faces; without it they are kept in memory. */
	data?: string;
	/** Largest upload in bytes; more is a 413. */
	maxUploadBytes?: number;
	/** Maximum bytes of pictures waiting for the models and the reader; beyond that, a submit is a 503. */
	maxWaitingBytes?: number;
	/** True if the face models are loaded at the start, not by the first picture. */
	warm?: boolean;
	/** Log level of pino, `silent` by default. */
	logLevel?: string;
	/** Receives log lines; standard output by default. */
	logStream?: { write(line: string): void };
}

/** The default account. */
export const defaultAccount = { username: 'sandbox', password: 'sandbox-password' } as const;

/** The default settings. */
export const defaultSettings: Settings = {
	tokenLifetime: 300,
	refreshLifetime: 14 * 24 * 3600,
	blacklistOldRefresh: false,
	taskTime: { fixed: 300 },
	unfinished: 'pending',
	unknownTask: 'notFound',
	unknownUuid: 'task',
	failureShape: 'documented',
	refuseUnreadable: false,
	// Progeny documents 224 px; web-sized photos, the bundled ones among them, have smaller faces.
	minFaceSize: 100,
	thresholds: { match: 0.5, liveness: 0.5, angle: 25, closeness: 0.95, detection: 0.6 },
};

/** Default of the largest upload, in bytes. */
export const defaultMaxUploadBytes = 20 * 1024 * 1024;

/** Default of the waiting bytes. */
export const defaultMaxWaitingBytes = 256 * 1024 * 1024;

/** Changes settings in place. Throws ZodError if the change is malformed or names an unknown setting. */
export function changeSettings(settings: Settings, change: unknown): void {
	const { thresholds, ...rest } = changeSchema.strict().parse(change);
	Object.assign(settings, withoutUndefined(rest));
	Object.assign(settings.thresholds, withoutUndefined(thresholds ?? {}));
}

/** Returns the settings of these options, with defaults. Throws ZodError if one is malformed. */
export function settingsOf(options: SandboxOptions): Settings {
	const settings = { ...defaultSettings, thresholds: { ...defaultSettings.thresholds } };
	changeSettings(settings, changeSchema.parse(options));
	return settings;
}

function withoutUndefined(values: object): object {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
