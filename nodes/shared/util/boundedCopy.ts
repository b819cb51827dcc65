/** Which parts of a JSON value are copied, and how many. */
export interface CopyRules {
	/** The most entries of lists and objects in all. */
	readonly entries: number;
	/** The most entries of one list or object. */
	readonly entriesOfOne: number;
	/** The most levels of lists and objects. */
	readonly levels: number;
	/** Keys that are copied first if an object has too many entries. */
	readonly firstKeys?: readonly string[];
	/** Returns the copy of a text. */
	text(text: string): string;
	/** Returns the copy of a number; `key` is undefined in a list. Numbers are copied unchanged if this is absent. */
	number?(number: number, key: string | undefined): unknown;
	/** Returns the copy of a key; undefined leaves it out with its value. */
	key(key: string): string | undefined;
	/** True if a whole list or object is left out. */
	leavesOut?(container: object): boolean;
}

const LEFT_OUT = '(the rest left out)';

/**
 * Copies a JSON value level by level: the upper levels come first if there is too much. A note replaces what is left out.
 * `isWhole` is false if there were more entries or levels than the rules allow. The rules also bound the work.
 */
export function boundedCopy(value: unknown, rules: CopyRules): { copy: unknown; isWhole: boolean } {
	const waiting: Array<{ source: object; target: object; level: number }> = [];
	let left = rules.entries;
	let isWhole = true;

	const copyOf = (source: unknown, level: number, key?: string): unknown => {
		if (typeof source === 'string') return rules.text(source);
		if (typeof source === 'number') return rules.number === undefined ? source : rules.number(source, key);
		if (typeof source !== 'object' || source === null) return source;
		if (level >= rules.levels) {
			isWhole = false;
			return '(too deep, left out)';
		}
		if (rules.leavesOut?.(source)) return `(${Object.keys(source).length} entries left out)`;
		const target = Array.isArray(source) ? [] : {};
		waiting.push({ source, target, level });
		return target;
	};

	const copy = copyOf(value, 0);
	for (const { source, target, level } of waiting) {
		const room = Math.max(0, Math.min(left, rules.entriesOfOne));
		if (Array.isArray(source)) {
			const list = target as unknown[];
			for (const entry of source.slice(0, room)) list.push(copyOf(entry, level + 1));
			if (source.length > room) list.push(LEFT_OUT);
			isWhole &&= source.length <= room;
			left -= list.length;
			continue;
		}
		const keys = Object.keys(source);
		const chosen = keys.length > room ? someOf(source, keys, room, rules.firstKeys ?? []) : keys;
		for (const key of chosen) {
			const name = rules.key(key);
			if (name !== undefined)
				defineOwn(target, name, copyOf((source as Record<string, unknown>)[key], level + 1, key));
		}
		if (chosen.length < keys.length) defineOwn(target, LEFT_OUT, `(${keys.length - chosen.length} entries)`);
		isWhole &&= chosen.length === keys.length;
		left -= chosen.length;
	}
	return { copy, isWhole };
}

function someOf(source: object, keys: readonly string[], count: number, first: readonly string[]): string[] {
	const found = first.filter((key) => Object.hasOwn(source, key));
	return [...new Set([...found, ...keys.slice(0, count)])].slice(0, count);
}

/** Sets an own key as JSON.parse does: `__proto__` becomes an ordinary key, not the prototype. */
function defineOwn(target: object, key: string, value: unknown): void {
	Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** True if a JSON value has more than `max` entries of lists and objects, on all levels. `max` also bounds the work. */
export function hasMoreEntries(value: unknown, max: number): boolean {
	const waiting = [value];
	let entries = 0;
	for (const each of waiting) {
		if (typeof each !== 'object' || each === null) continue;
		entries += Array.isArray(each) ? each.length : Object.keys(each).length;
		if (entries > max) return true;
		for (const entry of Object.values(each)) if (typeof entry === 'object') waiting.push(entry);
	}
	return false;
}
