import { asRecord, finiteNumber, isRecord, own, recordFromJson } from '../util/values';

/*
 * Everything that contradicts a pass. docs/reference.md lists it in the same order and words.
 */

/** The checks named in Progeny's documentation. */
export const KNOWN_CHECKS: readonly string[] = ['authentication', 'compare', 'liveness'];
/** The parts of an answer named in Progeny's documentation. */
export const KNOWN_PARTS: readonly string[] = [...KNOWN_CHECKS, 'document', 'background_check'];

/** Keys of errors, in the form of `plainKey`. */
const ERROR_KEYS = new Set(
	`error errors errorcode errorcodes errormessage errormessages errordescription errortype errordetail errordetails err
	exception exctype failed failure failurereason haserror iserror`.split(/\s+/),
);
const STATUS_KEYS = new Set(['status', 'statuscode']);
const FLAG_KEYS = new Set('registered authenticated authorize live valid verified isvalid'.split(' '));
const YES: readonly string[] = ['true', '1'];
const NO: readonly string[] = ['false', 'no', 'fail', 'failed', '0'];

const GOOD_WORDS = new Set(
	`SUCCESS SUCCEEDED SUCCESSFUL OK COMPLETED COMPLETE FINISHED DONE PASSED PASS APPROVED APPROVE ACCEPTED ACCEPT PROCESSED
	READY VALID VERIFIED CLEAR LIVE REAL GENUINE MATCH MATCHED AUTHENTICATED AUTHORIZED REGISTERED ENROLLED CREATED STORED
	ACTIVE TRUE YES`.split(/\s+/),
);
/** For a background check, in which a match is bad. */
const CLEAR_WORDS = new Set(
	`SUCCESS OK COMPLETED COMPLETE FINISHED DONE PROCESSED READY PASSED PASS APPROVED ACCEPTED CLEAR CLEARED CLEAN NO_MATCH
	NO_MATCHES NO_HIT NO_HITS NOT_FOUND`.split(/\s+/),
);

/** The levels of a finished task's answer: `result.data`, `result`, and the answer itself. */
export type Levels = readonly [
	data: Record<string, unknown>,
	result: Record<string, unknown>,
	task: Record<string, unknown>,
];

/** An object of a task's answer that may contradict a pass, with the name of its known part, or `task`. */
export interface Place {
	check: string;
	fields: Record<string, unknown>;
}

/** Returns the places that may contradict a pass: each known part at any level and its `data`, then the levels; nothing deeper. */
export function placesIn(levels: Levels): Place[] {
	const parts = levels.flatMap((level) =>
		KNOWN_PARTS.flatMap((name) => {
			const part = own(level, name);
			return isRecord(part) ? placesOfPart(name, part) : [];
		}),
	);
	return [...parts, ...levels.map((fields) => ({ check: 'task', fields }))];
}

/** Returns a part and its `data`. */
export const placesOfPart = (check: string, fields: Record<string, unknown>): Place[] => [
	{ check, fields },
	{ check, fields: asRecord(own(fields, 'data')) },
];

/** Returns a part from every level: any value at `result.data`, only a non-empty object above it. */
export const partsAt = ([data, ...above]: Levels, name: string): unknown[] => [
	...[own(data, name)].filter((part) => part !== undefined && part !== null),
	...above.map((level) => own(level, name)).filter((part) => isRecord(part) && !isEmpty(part)),
];

/** True if a finished task's answer contradicts a pass. */
export function contradictsPass([data, , task]: Levels, places: readonly Place[]): boolean {
	return (
		own(task, 'status') !== 'SUCCESS' ||
		isBadStatus(own(task, 'httpStatus'), GOOD_WORDS, false) ||
		['document', 'background_check'].some((name) => isUnreadable(own(data, name))) ||
		places.some((place) => Object.keys(place.fields).some((key) => contradicts(place, key)))
	);
}

/** True if one field of a place contradicts a pass. */
function contradicts({ check, fields }: Place, key: string): boolean {
	const name = plainKey(key);
	const value = own(fields, key);
	const isPart = check !== 'task';
	const words = check === 'background_check' ? CLEAR_WORDS : GOOD_WORDS;
	if (isError(name, value) || isFailed(value)) return true;
	if (STATUS_KEYS.has(name)) return isBadStatus(value, words, isPart);
	if (name === 'success' || (name === 'result' && isPart)) return isNotGood(value, words);
	if (FLAG_KEYS.has(name)) return isNo(value);
	if (KNOWN_CHECKS.includes(key) && !isPart) return isNotGood(value, words);
	// `isFailed` does not look into a `result` that came as JSON text: its fields are a level.
	return value === false && (name === 'result' || (KNOWN_CHECKS.includes(key) && check === 'document'));
}

/** True for an object with an error or a false `result` or `success`. Nothing else in an object of an unknown name counts. */
export const isFailed = (value: unknown): boolean =>
	isRecord(value) &&
	Object.keys(value).some((key) => {
		const name = plainKey(key);
		const field = own(value, key);
		return isError(name, field) || ((name === 'result' || name === 'success') && field === false);
	});

/** True for a key of an error or of issues with a value that reports something. `name` is in the form of `plainKey`. */
function isError(name: string, value: unknown): boolean {
	if (name === 'issues') return !isEmptyOfIssues(value);
	return (
		ERROR_KEYS.has(name) &&
		!meansNoError(value) &&
		!(isRecord(value) && Object.values(value).every(meansNoError))
	);
}

/** True for a key of an error, in the form of `plainKey`. */
export const isErrorKey = (name: string): boolean => ERROR_KEYS.has(name);

/** Returns a key in lower case, without `_` and `-`. */
export const plainKey = (key: string): string =>
	key.slice(0, MAX_KEY_LENGTH).toLowerCase().replace(/[_-]/g, '');
const MAX_KEY_LENGTH = 40;

/** An object or a list is a provider's own answer, so it does not count. */
function isNotGood(value: unknown, words: ReadonlySet<string>): boolean {
	if (typeof value === 'string')
		return !isSilentText(value) && !YES.includes(value.trim().toLowerCase()) && !isOf(words, value);
	return value === false || (typeof value === 'number' && value !== 1);
}

function isBadStatus(value: unknown, words: ReadonlySet<string>, isPart: boolean): boolean {
	// JSON.parse reads 1e999 as Infinity.
	const number = typeof value === 'number' ? value : finiteNumber(value);
	if (number !== undefined)
		return !(number >= 200 && number <= 299) && !(isPart && (number === 0 || number === 1));
	return value === false || (typeof value === 'string' && !isSilentText(value) && !isOf(words, value));
}

const isNo = (value: unknown): boolean =>
	value === false || value === 0 || (typeof value === 'string' && NO.includes(value.trim().toLowerCase()));

/** Ignores case, and treats `-` and a blank as `_`. */
const isOf = (words: ReadonlySet<string>, text: string): boolean =>
	words.has(text.trim().toUpperCase().replace(/[-\s]/g, '_'));

const isSilentText = (text: string): boolean => text.trim() === '' || text === 'None';

/** True for a value that means no error, in Python or JSON: null, false, 0, "0", a blank, "None", [] or {}. */
export function meansNoError(value: unknown): boolean {
	if (typeof value === 'string') return value === '0' || isSilentText(value);
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === false || value === 0;
}

/** Of empty values, an object or a list may stand under any key, all others only under a known part's name. */
const isEmptyOfIssues = (issues: unknown): boolean =>
	meansNoError(issues) ||
	(isRecord(issues) &&
		Object.entries(issues).every(
			([name, value]) =>
				meansNoError(value) && ((typeof value === 'object' && value !== null) || KNOWN_PARTS.includes(name)),
		));

/** True for an absent, null or blank value, and for an empty object or list. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(typeof value === 'object' && Object.keys(value).length === 0);

const isUnreadable = (value: unknown): boolean => !isEmpty(value) && !isRecord(value);

/**
 * Returns a task's result and the levels of its answer. Parses a `result` of JSON text once: django-celery-results stores it
 * as text.
 */
export function levelsOf(task: Record<string, unknown>): { raw: unknown; levels: Levels } {
	const given = own(task, 'result') ?? null;
	const raw = typeof given === 'string' ? (recordFromJson(given) ?? given) : given;
	const result = asRecord(raw);
	return { raw, levels: [asRecord(own(result, 'data')), result, task] };
}

/**
 * True if a finished task's answer has no content: its `result` is empty or broken JSON text, or its `result.data` is empty and
 * nothing contradicts a pass. A background check may come without a `result`.
 */
export function hasNoContent(task: Record<string, unknown>): boolean {
	const { raw, levels } = levelsOf(task);
	const [, result] = levels;
	if (levels.some((level) => KNOWN_PARTS.some((name) => !isEmpty(own(level, name))))) return false;
	if (isEmpty(raw) || (typeof raw === 'string' && isEmptyText(raw))) return true;
	return isRecord(raw) && isEmpty(own(result, 'data')) && !contradictsPass(levels, placesIn(levels));
}

function isEmptyText(text: string): boolean {
	try {
		return isEmpty(JSON.parse(text));
	} catch {
		return /^\s*[{[]/.test(text);
	}
}

/** Returns the digits of a UUID in any notation; undefined for anything else. */
export function uuidDigits(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > MAX_NOTATION_LENGTH) return undefined;
	const digits = value.trim().toLowerCase().replace('urn:uuid:', '').replace(/[{}-]/g, '');
	return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}
const MAX_NOTATION_LENGTH = 60;

/** True if a value is a UUID and differs from `than`. */
export const isAnotherUuid = (value: unknown, than: unknown): boolean =>
	uuidDigits(value) !== undefined && uuidDigits(value) !== uuidDigits(than);
