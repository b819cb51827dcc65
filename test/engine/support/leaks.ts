import { stringify as flatted } from 'flatted';
import { ExecuteContext } from 'n8n-core';
import { LoggerProxy } from 'n8n-workflow';
import { PASSWORD } from './check';
import type { Ran } from './engine';
import { PHOTO } from './items';

/** Texts that must not be found in anything that a run leaves behind. */
const TEXTS = { password: PASSWORD, 'password as JSON': JSON.stringify(PASSWORD).slice(1, -1) };
/** This many bytes of a photo in a row count as a leak. */
const SLICE = 24;

/** The encodings of bytes, and the parts of a text that may hold them: only these have to be searched. */
const WRITINGS: Record<string, { write: (bytes: Buffer) => string; candidates: RegExp }> = {
	raw: { write: (bytes) => bytes.toString('latin1'), candidates: /^[^]*[\x80-\xff][^]*$/ },
	base64: { write: (bytes) => bytes.toString('base64'), candidates: /[A-Za-z0-9+/]{32,}/g },
	base64url: { write: (bytes) => bytes.toString('base64url'), candidates: /[\w-]{32,}/g },
	hex: { write: (bytes) => bytes.toString('hex'), candidates: /[0-9a-f]{48,}/g },
	HEX: { write: (bytes) => bytes.toString('hex').toUpperCase(), candidates: /[0-9A-F]{48,}/g },
	'hex with blanks': {
		write: (bytes) => bytes.toString('hex').replace(/..(?!$)/g, '$& '),
		candidates: /(?:[0-9a-f]{2} ){23,}[0-9a-f]{2}/g,
	},
};
/** And as a list of numbers: JSON's form of a Buffer. */
const NUMBERS = /\d{1,3}(?:\s*,\s*\d{1,3}){23,}/g;

const pieces = Array.from({ length: PHOTO.length - SLICE + 1 }, (_, i) => PHOTO.subarray(i, i + SLICE));
const writings = Object.entries(WRITINGS).map(([name, { write, candidates }]) => {
	const slices = new Set(pieces.map(write));
	return { name, candidates, slices, length: [...slices][0].length };
});

/** Returns what is found in a text: the password, or the photo and how it is written. */
function secretsIn(text: string): string[] {
	const hasPhoto = (numbers: string) => {
		const bytes = Buffer.from(numbers.split(',').map(Number));
		return pieces.some((piece) => bytes.includes(piece));
	};
	return [
		...Object.entries(TEXTS).flatMap(([name, secret]) => (text.includes(secret) ? [name] : [])),
		...writings
			.filter(({ candidates, slices, length }) =>
				text.match(candidates)?.some((part) => hasAny(part, length, slices)),
			)
			.map(({ name }) => `photo, ${name}`),
		...((text.match(NUMBERS) ?? []).some(hasPhoto) ? ['photo, numbers'] : []),
	];
}

function hasAny(text: string, length: number, wanted: ReadonlySet<string>): boolean {
	for (let i = 0; i + length <= text.length; i++) if (wanted.has(text.slice(i, i + length))) return true;
	return false;
}

/**
 * Returns every text that can be reached from a value, with the path to it: own properties, hidden ones and symbols too, errors with
 * their cause and stack, maps, sets and bytes.
 */
export function textsIn(value: unknown): Array<{ path: string; text: string }> {
	const seen = new Set<unknown>();
	const texts: Array<{ path: string; text: string }> = [];
	const visit = (value: unknown, path: string): void => {
		if (typeof value === 'string') texts.push({ path, text: value });
		if (typeof value === 'number' || typeof value === 'bigint') texts.push({ path, text: String(value) });
		if (typeof value !== 'object' || value === null || seen.has(value)) return;
		seen.add(value);
		if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
			const bytes = ArrayBuffer.isView(value)
				? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
				: Buffer.from(value);
			texts.push({ path, text: bytes.toString('latin1') });
			return;
		}
		if (value instanceof Map) for (const [key, entry] of value) visit([key, entry], `${path}(map)`);
		if (value instanceof Set) for (const entry of value) visit(entry, `${path}(set)`);
		for (const key of Reflect.ownKeys(value)) {
			texts.push({ path: `${path} (key)`, text: String(key) });
			const descriptor = Object.getOwnPropertyDescriptor(value, key);
			if (descriptor !== undefined && 'value' in descriptor)
				visit(descriptor.value, `${path}.${String(key)}`);
		}
	};
	visit(value, '');
	return texts;
}

/** Returns the parts of the photo, the account and its tokens that are found in a run: its items, its errors and all that n8n stores. */
export const leaksOf = ({ run, hints }: Pick<Ran, 'run' | 'hints'>, tokens: readonly string[]): string[] =>
	leaksIn([...textsIn(run), ...textsIn(hints), { path: 'stored', text: flatted(run.data) }], tokens);

/** Returns the same for any texts. */
export function leaksIn(texts: Array<{ path: string; text: string }>, tokens: readonly string[]): string[] {
	const byText = new Map(texts.map(({ path, text }) => [text, path]));
	const found = [...byText].flatMap(([text, path]) => [
		...secretsIn(text).map((name) => `${name} at ${path}`),
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
