import {
	isErrorKey,
	isFailed,
	KNOWN_CHECKS,
	KNOWN_PARTS,
	placesOfPart,
	plainKey,
	saysNothing,
	type Place,
} from './contradictions';
import { codeOf, quote, quoteName } from '../util/quote';
import { asRecord, own } from '../util/values';

/** One reason's text, as Progeny gave it. */
export interface Issue {
	/** The check it belongs to, e.g. `liveness`; `task` where Progeny names none. */
	check: string;
	/** Progeny's own code, e.g. `FACE_TOO_SMALL`; sanitized where it is none, and empty where there is only a text. */
	code: string;
	message: string;
}

const MOST_ISSUES = 100;

/** An error as it stands in an answer. */
interface Found {
	check: string;
	code: unknown;
	message: unknown;
}

/**
 * Progeny's errors from the places that count and from other objects in `data` that failed, each once and at most 100, and
 * those of their codes that are codes, as they came.
 */
export function findIssues(
	data: Record<string, unknown>,
	places: readonly Place[],
): { issues: Issue[]; codes: string[] } {
	const listed = places.flatMap(({ fields }) => listedIn(own(fields, 'issues')));
	const placed = [...places, ...failedOthers(data)].flatMap(placedIn);
	const seen = new Set<string>();
	const found = [...listed, ...placed].filter(({ check, code, message }) => {
		const key = JSON.stringify([check, String(code), code === '' ? textOf(message) : '']);
		return !seen.has(key) && seen.add(key).has(key);
	});
	const first = found.slice(0, MOST_ISSUES);
	return {
		issues: first.map(({ check, code, message }) => ({
			check: quoteName(check),
			code: codeOf(code) ?? quote(String(code)),
			message: quote(textOf(message)),
		})),
		codes: [...new Set(first.flatMap(({ code }) => codeOf(code) ?? []))],
	};
}

/** Whether an `error_code` is one that is listed among the issues. */
export const isListed = (code: unknown): boolean =>
	!saysNothing(code) && (typeof code === 'string' || codeOf(code) !== undefined);

/** The objects of unknown names in `data` that speak against a pass, and their `data`: they say why. */
function failedOthers(data: Record<string, unknown>): Place[] {
	return Object.keys(data)
		.filter((name) => !KNOWN_PARTS.includes(name) && !isErrorKey(plainKey(name)) && isFailed(data[name]))
		.slice(0, MOST_ISSUES)
		.flatMap((name) => placesOfPart(name, asRecord(data[name])));
}

/** The codes of each check are the keys of `issues.<check>`, with their text (documented). */
const listedIn = (issues: unknown): Found[] =>
	someEntries(issues).flatMap(([check, codes]) =>
		someEntries(codes).map(([code, message]) => ({ check, code, message })),
	);

const someEntries = (value: unknown): Array<[string, unknown]> =>
	Object.keys(asRecord(value))
		.slice(0, MOST_ISSUES)
		.map((key) => [key, asRecord(value)[key]]);

/**
 * A code stands as `error_code` beside its `error` (documented). An error without a code is listed where no check's output
 * shows it.
 */
function placedIn({ check, fields }: Place): Found[] {
	const errors = Object.keys(fields)
		.filter((key) => isErrorKey(plainKey(key)) && !saysNothing(own(fields, key)))
		.slice(0, MOST_ISSUES)
		.map((key) => ({ isCode: CODE_KEYS.includes(plainKey(key)), value: own(fields, key) }));
	const messages = errors
		.filter(({ isCode, value }) => !isCode && textOf(value) !== '')
		.map(({ value }) => value);
	const codes = errors.filter(({ isCode, value }) => isCode && isListed(value));
	if (codes.length > 0) return codes.map(({ value }) => ({ check, code: value, message: messages[0] }));
	return KNOWN_CHECKS.includes(check) ? [] : messages.map((message) => ({ check, code: '', message }));
}

/** As `plainKey` writes them. */
const CODE_KEYS: readonly string[] = ['errorcode', 'exctype'];

/** A text, or the texts of a list in a row; empty where there is none. */
function textOf(value: unknown): string {
	const texts = Array.isArray(value) ? value.slice(0, MOST_ISSUES) : [value];
	return texts.filter((text) => typeof text === 'string').join(' ');
}
