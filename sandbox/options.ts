import { z } from 'zod';
import { taskTimeSchema } from './tasks/taskTime';
import { unfinishedSchema } from './tasks/unfinished';

const share = z.number().min(0).max(1);
const seconds = z
	.number()
	.min(0)
	.max(366 * 24 * 3600);

/** When a picture passes. Every value is a setting: Progeny documents none of its own, except the angle. */
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
	/** Life of a refresh token in seconds. Progeny's samples give 14 days. */
	refreshLifetime: seconds,
	/** True: a refresh token that was used once is dead ("Token is blacklisted"). */
	blacklistOldRefresh: z.boolean(),
	/** How long a task takes at least, in ms, or as a seeded distribution. */
	taskTime: taskTimeSchema,
	/** What a task answers before it has finished. */
	unfinished: unfinishedSchema,
	/** What an ID that no submit gave is answered with: 404, or `PENDING` for ever, as Celery does. */
	unknownTask: z.enum(['notFound', 'pending']),
	/** What a well-formed UUID that nobody is registered under leads to. */
	unknownUuid: z.enum(['task', 'refuse', 'failure']),
	/** Where a failed liveness check puts its error: see `answers.ts`. */
	failureShape: z.enum(['documented', 'A', 'B']),
	/** True: a file that is no picture is refused with 400 at the POST, not by the task. */
	refuseUnreadable: z.boolean(),
	/** Least face width and height in pixels of the uploaded picture. Progeny documents 224. */
	minFaceSize: z.number().min(0).max(10_000),
	thresholds: thresholdsSchema,
});

const changeSchema = settingsSchema.extend({ thresholds: thresholdsSchema.partial() }).partial();

/** What may be changed while the sandbox runs: by `sandbox.set()`, or by `PATCH /sandbox/settings`. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some settings, as `sandbox.set()` and `PATCH /sandbox/settings` take it. */
export type SettingsChange = z.infer<typeof changeSchema>;

/** Everything `startSandbox` takes. All of it is optional. */
export interface SandboxOptions extends SettingsChange {
	/** Address to listen on, `127.0.0.1` by default. */
	host?: string;
	/** Port to listen on; 0, the default, takes any free one. */
	port?: number;
	/** The one account's name. */
	username?: string;
	/** The one account's password. */
	password?: string;
	/** Seed of the task times, so that a run can be repeated. */
	seed?: number;
	/** SQLite file for registered faces; without it they live in memory. */
	data?: string;
	/** Largest upload in bytes; more is a 413. */
	maxUploadBytes?: number;
	/** How many bytes of pictures may wait for the models and the reader; beyond that, a submit is a 503. */
	maxWaitingBytes?: number;
	/** True: the face models are loaded at the start, not by the first picture. */
	warm?: boolean;
	/** Log level of pino, `silent` by default. */
	logLevel?: string;
	/** Where log lines go; standard output by default. */
	logStream?: { write(line: string): void };
}

/** The account of a sandbox that was started without one. */
export const defaultAccount = { username: 'sandbox', password: 'sandbox-password' } as const;

/** The settings of a sandbox that was started without any. */
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

/** Largest upload that is taken by default, in bytes. */
export const defaultMaxUploadBytes = 20 * 1024 * 1024;

/** How many bytes of pictures may wait by default. */
export const defaultMaxWaitingBytes = 256 * 1024 * 1024;

/** Settings changed as asked; throws ZodError where the change is not well-formed or names an unknown setting. */
export function changeSettings(settings: Settings, change: unknown): void {
	const { thresholds, ...rest } = changeSchema.strict().parse(change);
	Object.assign(settings, withoutUndefined(rest));
	Object.assign(settings.thresholds, withoutUndefined(thresholds ?? {}));
}

/** The settings that these options ask for, defaults filled in; throws ZodError where one is not well-formed. */
export function settingsOf(options: SandboxOptions): Settings {
	const settings = { ...defaultSettings, thresholds: { ...defaultSettings.thresholds } };
	changeSettings(settings, changeSchema.parse(options));
	return settings;
}

function withoutUndefined(values: object): object {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
