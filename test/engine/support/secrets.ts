import { stringify as flatted } from 'flatted';
import { ExecuteContext } from 'n8n-core';
import { LoggerProxy } from 'n8n-workflow';
import { PASSWORD } from './check';
import type { Ran } from './engine';
import { PHOTO } from './items';
import { leakFinder, textsIn } from './leaks';

const findPhotoAndPassword = leakFinder({
	texts: { password: PASSWORD, 'password as JSON': JSON.stringify(PASSWORD).slice(1, -1) },
	photo: PHOTO,
});

/** Returns the parts of the photo, the account and its tokens that are found in a run: its items, its errors and all that n8n stores. */
export const leaksOf = ({ run, hints }: Pick<Ran, 'run' | 'hints'>, tokens: readonly string[]): string[] =>
	leaksIn([...textsIn(run), ...textsIn(hints), { path: 'stored', text: flatted(run.data) }], tokens);

/** The same for any texts. */
export function leaksIn(texts: Array<{ path: string; text: string }>, tokens: readonly string[]): string[] {
	const byText = new Map(texts.map(({ path, text }) => [text, path]));
	const found = [...byText].flatMap(([text, path]) => [
		...findPhotoAndPassword(text).map((name) => `${name} at ${path}`),
		...tokens
			.filter((token) => text.includes(token) || text.includes(token.split('.')[1] ?? token))
			.map(() => `token at ${path}`),
	]);
	return [...new Set(found)];
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
