import {
	isErrorKey,
	isFailed,
	KNOWN_CHECKS,
	KNOWN_PARTS,
	placesOfPart,
	plainKey,
	meansNoError,
	type Place,
} from './contradictions';
import { codeOf, quote, quoteName } from '../util/quote';
import { asRecord, own } from '../util/values';

/** The text of one of Progeny's reasons. */
export interface Issue {
	/** Its check, e.g. `liveness`; `task` if Progeny names none. */
	check: string;
	/** Progeny's code, e.g. `FACE_TOO_SMALL`; sanitized text if it is not a code, empty if there is only a text. */
	code: string;
	message: string;
}

const MAX_ISSUES = 100;

/** An error in an answer, unchanged. */
interface Found {
	check: string;
	code: unknown;
	message: unknown;
}

/**
 * Returns Progeny's errors from `places` and from other failed objects in `data`, without repetition and at most 100, and those
 * of their codes that are valid codes.
 */
export function findIssues(
	data: Record<string, unknown>,
	places: readonly Place[],
): { issues: Issue[]; codes: string[] } {
	const listed = places.flatMap(({ fields }) => listedIn(own(fields, 'issues')));
	const placed = [...places, ...failedOthers(data)].flatMap(placedIn);
	const seen = new Set<string>();
	const found = [...listed, ...placed].filter(({ check, code, message }) => {
		const key = JSON.stringify([check, String(code), code === '' ? messageText(message) : '']);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
	const first = found.slice(0, MAX_ISSUES);
	return {
		issues: first.map(({ check, code, message }) => ({
			check: quoteName(check),
			code: codeOf(code) ?? quote(String(code)),
			message: quote(messageText(message)),
		})),
		codes: [...new Set(first.flatMap(({ code }) => codeOf(code) ?? []))],
	};
}

/** True if an `error_code` is listed as an issue. */
export const isListed = (code: unknown): boolean =>
	!meansNoError(code) && (typeof code === 'string' || codeOf(code) !== undefined);

/** Returns the failed objects of unknown names in `data`, and their `data`. */
function failedOthers(data: Record<string, unknown>): Place[] {
	return Object.keys(data)
		.filter((name) => !KNOWN_PARTS.includes(name) && !isErrorKey(plainKey(name)) && isFailed(data[name]))
		.slice(0, MAX_ISSUES)
		.flatMap((name) => placesOfPart(name, asRecord(data[name])));
}

/** The keys of `issues.<check>` are the codes of a check, the values their texts (documented). */
const listedIn = (issues: unknown): Found[] =>
	someEntries(issues).flatMap(([check, codes]) =>
		someEntries(codes).map(([code, message]) => ({ check, code, message })),
	);

const someEntries = (value: unknown): Array<[string, unknown]> =>
	Object.keys(asRecord(value))
		.slice(0, MAX_ISSUES)
		.map((key) => [key, asRecord(value)[key]]);

/**
 * A code is in `error_code` beside its `error` (documented). An error without a code is listed unless a check's output shows it.
 */
function placedIn({ check, fields }: Place): Found[] {
	const errors = Object.keys(fields)
		.filter((key) => isErrorKey(plainKey(key)) && !meansNoError(own(fields, key)))
		.slice(0, MAX_ISSUES)
		.map((key) => ({ isCode: CODE_KEYS.includes(plainKey(key)), value: own(fields, key) }));
	const messages = errors
		.filter(({ isCode, value }) => !isCode && messageText(value) !== '')
		.map(({ value }) => value);
	const codes = errors.filter(({ isCode, value }) => isCode && isListed(value));
	if (codes.length > 0) return codes.map(({ value }) => ({ check, code: value, message: messages[0] }));
	return KNOWN_CHECKS.includes(check) ? [] : messages.map((message) => ({ check, code: '', message }));
}

/** In the form of `plainKey`. */
const CODE_KEYS: readonly string[] = ['errorcode', 'exctype'];

/** Returns a text, or the texts of a list joined by blanks; an empty text for anything else. */
function messageText(value: unknown): string {
	const texts = Array.isArray(value) ? value.slice(0, MAX_ISSUES) : [value];
	return texts.filter((text) => typeof text === 'string').join(' ');
}
