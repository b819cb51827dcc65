import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { apiPrefix } from './api/paths';
import { Tokens } from './api/tokens';
import { Checks } from './checks';
import { DocumentReader } from './document/reader';
import { DocumentChecks } from './documentChecks';
import { FaceEngine } from './face/engine';
import { Faces } from './faces';
import { Faults, type Fault } from './faults';
import {
	changeSettings,
	defaultAccount,
	defaultMaxUploadBytes,
	defaultMaxWaitingBytes,
	settingsOf,
	type SandboxOptions,
	type SettingsChange,
} from './options';
import { Requests, type SandboxRequest } from './requests';
import { buildServer } from './server';
import type { State } from './state';
import { scenarioPhoto } from './tasks/scenarioPhoto';
import { documentScenarios, type DocumentScenario } from './tasks/documentScenarios';
import { faceScenarios, type FaceScenario } from './tasks/faceScenarios';
import { scenarios, scenarioUuid, type Scenario } from './tasks/scenarios';
import { Tasks, type SandboxTask } from './tasks/tasks';

export { documentScenarios, faceScenarios, scenarioPhoto, scenarios, scenarioUuid };
export type {
	DocumentScenario,
	FaceScenario,
	Fault,
	SandboxOptions,
	SandboxRequest,
	SandboxTask,
	Scenario,
	SettingsChange,
};
export type { ActiveFault, FaultAction } from './faults';
export type { Unfinished } from './tasks/unfinished';

/** A running sandbox. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>`. */
	origin: string;
	/** The credential's Base URL. */
	baseUrl: string;
	username: string;
	password: string;
	/** The requests so far, the oldest first; the same list throughout. */
	requests: readonly SandboxRequest[];
	/** The number of accepted tasks. */
	submits(): number;
	/** The tasks so far, the oldest first; a new snapshot at each read. */
	readonly tasks: readonly SandboxTask[];
	/** Faults to inject. `add` returns a function that removes the fault, and throws ZodError if it is malformed. */
	faults: { add(fault: Fault): () => void; clear(): void };
	/** Changes settings from now on; throws ZodError if the change is malformed. */
	set(change: SettingsChange): void;
	/** Registers the face on a photo without a request and returns its UUID; rejects if the photo would be refused. */
	registerPhoto(file: Buffer): Promise<string>;
	/** Forgets the requests so far. */
	clearRequests(): void;
	/** Answers every token issued so far with 401 from now on. */
	revokeTokens(): void;
	/** Ends every connection and frees the port. */
	close(): Promise<void>;
}

/**
 * Starts a sandbox: a stand-in for Progeny's API on this machine, for building and testing workflows. Not an identity check.
 * Rejects if an option is malformed, the port is taken, or the data file cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const state = await createState(options);
	const server = await buildServer(state);
	const host = options.host ?? '127.0.0.1';
	try {
		await server.listen({ host, port: options.port ?? 0 });
	} catch (error) {
		state.faces.close();
		throw error;
	}
	if (options.warm) state.engine.warm();
	const origin = `http://${urlHost(host)}:${(server.server.address() as AddressInfo).port}`;
	return {
		origin,
		baseUrl: origin + apiPrefix,
		...state.account,
		requests: state.requests.list,
		submits: () => state.tasks.accepted,
		get tasks() {
			return state.tasks.list();
		},
		faults: { add: (fault) => state.faults.add(fault), clear: () => state.faults.clear() },
		set: (change) => changeSettings(state.settings, change),
		registerPhoto: (file) => registerPhoto(state, file),
		clearRequests: () => state.requests.clear(),
		revokeTokens: () => state.tokens.revokeAll(),
		async close() {
			await server.close();
			await Promise.all([state.engine.close(), state.reader.close()]);
			state.faces.close();
		},
	};
}

async function createState(options: SandboxOptions): Promise<State> {
	const settings = settingsOf(options);
	const engine = new FaceEngine();
	const reader = new DocumentReader();
	const faces = await Faces.open(options.data);
	return {
		account: {
			username: options.username ?? defaultAccount.username,
			password: options.password ?? defaultAccount.password,
		},
		settings,
		maxUploadBytes: options.maxUploadBytes ?? defaultMaxUploadBytes,
		waitingBytes: 0,
		maxWaitingBytes: options.maxWaitingBytes ?? defaultMaxWaitingBytes,
		data: options.data,
		startedAt: Date.now(),
		tokens: new Tokens(settings),
		tasks: new Tasks(settings, options.seed ?? 1),
		faces,
		engine,
		reader,
		checks: new Checks(engine, faces, settings),
		documentChecks: new DocumentChecks(engine, reader, settings),
		faults: new Faults(),
		requests: new Requests(),
		log: pino({ level: options.logLevel ?? 'silent' }, options.logStream ?? process.stdout),
	};
}

async function registerPhoto({ checks }: State, file: Buffer): Promise<string> {
	const { result } = await checks.registerFace(file);
	const { data } = result as { data: { uuid?: string; issues?: { liveness: object } } };
	if (data.uuid) return data.uuid;
	const [code = 'not live'] = Object.keys(data.issues?.liveness ?? {});
	throw new Error(`The photo was refused: ${code}`);
}

function urlHost(host: string): string {
	if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
	return host.includes(':') ? `[${host}]` : host;
}
