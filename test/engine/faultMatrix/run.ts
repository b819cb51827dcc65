import { createHash } from 'node:crypto';
import { stringify as flatted } from 'flatted';
import { BinaryDataService, ExecuteContext } from 'n8n-core';
import { LoggerProxy, type INodeExecutionData } from 'n8n-workflow';
import { faultActs, type Step } from './acts';
import { PENDING } from '../support/answers';
import { runNode, type Ran, type Setup } from '../support/engine';
import { leakFinder, textsIn } from '../support/leaks';
import { tinyJpeg } from '../support/items';
import { SERVICES } from '../support/services';
import { WireServer, type Act, type Script, type WireOptions } from '../support/wireServer';

/** A fault strikes one request, or every one from there on. */
export type Lasts = 'once' | 'always';

/** What came of a run in which something went wrong. */
export interface CellResult {
	/** What the one item that came out says (pass, review or fail), or the code of the failure. */
	outcome: string;
	logins: number;
	submits: number;
	polls: number;
	/** How many uploads the server took. */
	taken: number;
	/** From the start of the run to its end, in ms. */
	tookMs: number;
	/** From the moment that the server accepted the upload to the end, in ms; undefined where it never did. */
	sinceAcceptedMs: number | undefined;
	/** Requests that arrived at the other host of a redirect. */
	strayed: number;
	/** Whether anything that came out says yes: that the person passed, or that the face is registered. */
	passed: boolean;
	/** What the run left behind that it must not: secrets and parts of the photo, by name. */
	leaks: string[];
	ran: Ran;
	server: WireServer;
}

export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse "battery" staple';

/** A photo whose bytes are unlike each other everywhere, so that each part of it can be recognised. */
export const PHOTO = distinctiveJpeg(1500);

/** What a run needs beside the server. `timeout` in seconds. */
export const setupFor = (server: WireServer, timeout = 1, setup: Partial<Setup> = {}): Setup => ({
	account: {
		baseUrl: server.baseUrl,
		username: USERNAME,
		password: PASSWORD,
		accessToken: '',
		tokenMetadata: '',
	},
	items: [storedPhoto()],
	...setup,
	parameters: {
		...SERVICES[setup.node ?? 'authenticateFace'].texts,
		options: { timeout },
		...setup.parameters,
	},
});

/** Runs the node once against a server that does `fault` at `step`. */
export async function runCell(
	fault: string,
	step: Step,
	lasts: Lasts,
	setup: Partial<Setup> = {},
	options: WireOptions = {},
): Promise<CellResult> {
	const { path, good, yes } = SERVICES[setup.node ?? 'authenticateFace'];
	const foreign = await WireServer.start();
	const act = () => faultActs[fault]({ step, foreign: `${foreign.baseUrl}${path}`, good: good.answer });
	const server = await WireServer.start(scriptOf(step, lasts, act), options);
	try {
		const startedAt = server.now();
		const ran = await runNode(setupFor(server, 1, setup));
		const endedAt = server.now();
		const accepted = server.seen.find((request) => request.route === 'submit' && request.taken);
		return {
			outcome: outcomeOf(ran),
			logins: server.count('login'),
			submits: server.count('submit'),
			polls: server.count('poll'),
			taken: server.taken,
			tookMs: endedAt - startedAt,
			sinceAcceptedMs: accepted?.answeredAt === undefined ? undefined : endedAt - accepted.answeredAt,
			strayed: foreign.seen.length,
			passed: yes.test(JSON.stringify(ran.outputs)),
			leaks: leaksOf(ran, server),
			ran,
			server,
		};
	} finally {
		await Promise.all([server.close(), foreign.close()]);
	}
}

/** What the only item says, or the code in the error's description. A registration is a pass, and anything less a fail. */
export function outcomeOf({ status, json, error }: Ran): string {
	if (status === 'success' && json.length === 1) {
		const { decision, registered, message } = json[0];
		if (typeof registered === 'boolean') return registered ? 'pass' : 'fail';
		return String(decision ?? codeIn(message));
	}
	return error === undefined ? `${status}, ${json.length} items` : codeIn(error.description);
}

const findPhoto = leakFinder({
	texts: { password: PASSWORD, 'password as JSON': JSON.stringify(PASSWORD).slice(1, -1) },
	photo: PHOTO,
});

/** What of the photo, the account and its tokens can be found in a run: its items, its errors and all that n8n stores. */
export function leaksOf(
	{ run, hints }: Pick<Ran, 'run' | 'hints'>,
	{ tokens }: Pick<WireServer, 'tokens'>,
): string[] {
	return leaksIn(
		[textsIn(run), textsIn(hints), [{ path: 'stored', text: flatted(run.data) }]].flat(),
		tokens,
	);
}

/** The same for any texts. */
export function leaksIn(texts: Array<{ path: string; text: string }>, tokens: readonly string[]): string[] {
	const byText = new Map(texts.map(({ path, text }) => [text, path]));
	const found = [...byText].flatMap(([text, path]) => [
		...findPhoto(text).map((name) => `${name} at ${path}`),
		...tokens
			.filter((token) => text.includes(token) || text.includes(token.split('.')[1] ?? token))
			.map(() => `token at ${path}`),
	]);
	return [...new Set(found)];
}

const codeIn = (text: unknown) => /^\[([A-Z_]+)\] /.exec(String(text))?.[1] ?? `no code: ${String(text)}`;

function scriptOf(step: Step, lasts: Lasts, fault: () => Act): Script {
	const from = (first: number) => (n: number) =>
		n === first || (lasts === 'always' && n > first) ? fault() : undefined;
	const pending: Act = { do: 'answer', status: 200, body: PENDING };
	switch (step) {
		case 'login':
			return { login: from(0) };
		case 'submit':
			return { submit: from(0) };
		case 'first poll':
			return { poll: from(0) };
		case 'later poll':
			return { poll: (n) => (n === 0 ? pending : from(1)(n)) };
		case 'renewed login':
			return { login: from(1), poll: expiringAfterOne(pending) };
	}
}

/** The token of the first login ends after the first question. */
function expiringAfterOne(first: Act): Script['poll'] {
	const expired: Act = { do: 'answer', status: 401, body: { detail: 'Token is expired' } };
	let old: string | undefined;
	return (n, seen) => {
		if (seen === undefined) return undefined;
		old ??= seen.authorization;
		if (n === 0) return first;
		return seen.authorization === old ? expired : undefined;
	};
}

function distinctiveJpeg(bytes: number): Buffer {
	const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, i) =>
		createHash('sha256').update(`photo ${i}`).digest(),
	);
	const comment = Buffer.concat(blocks).subarray(0, bytes);
	const header = Buffer.from([0xff, 0xfe, (bytes + 2) >> 8, (bytes + 2) & 0xff]);
	const jpeg = tinyJpeg();
	return Buffer.concat([jpeg.subarray(0, 2), header, comment, jpeg.subarray(2)]);
}

/** An item whose photo n8n keeps outside of it, so that nothing of the photo is in the item itself. */
export const storedPhoto = (id = 'test:photo'): INodeExecutionData => ({
	json: {},
	binary: { data: { id, data: 'test', mimeType: 'image/jpeg', fileName: 'face.jpg' } },
});

/** Lets n8n find the photo of `storedPhoto`. */
export function fakeBinaryStore(): void {
	jest.spyOn(BinaryDataService.prototype, 'getAsBuffer').mockImplementation(async () => Buffer.from(PHOTO));
	jest
		.spyOn(BinaryDataService.prototype, 'getMetadata')
		.mockImplementation(async () => ({ fileSize: PHOTO.length }));
}

/** Hands over every text of every call, at every level, of both of n8n's loggers: the engine's and the nodes'. */
export function recordLogs(record: (texts: Array<{ path: string; text: string }>) => void): void {
	const log = (...call: unknown[]) => record(textsIn(call));
	const logger = { error: log, warn: log, info: log, debug: log, verbose: log, log };
	LoggerProxy.init(logger);
	jest.spyOn(LoggerProxy, 'init').mockImplementation(() => {});
	const context = Object.getPrototypeOf(Object.getPrototypeOf(ExecuteContext.prototype));
	jest.spyOn(context, 'logger', 'get').mockReturnValue({ ...logger, scoped: () => logger });
}
