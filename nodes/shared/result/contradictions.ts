import { asRecord, finiteNumber, isRecord, own, recordFromJson } from '../util/values';

/*
 * What speaks against a pass: docs/reference.md says it in the same order and words.
 */

/** The checks that Progeny's documentation names, in their own services or in others. */
export const KNOWN_CHECKS: readonly string[] = ['authentication', 'compare', 'liveness'];
/** The parts of an answer that Progeny's documentation names. */
export const KNOWN_PARTS: readonly string[] = [...KNOWN_CHECKS, 'document', 'background_check'];

/** Keys of errors, as `plainKey` writes them. */
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
/** Of a background check, where a match is no good word. */
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

/** A part of a task's answer that may speak against a pass, with the known part that it belongs to; else `task`. */
export interface Place {
	check: string;
	fields: Record<string, unknown>;
}

/** The places that may speak against a pass: each known part at any level and its `data`, then the levels. Nothing deeper is one. */
export function placesIn(levels: Levels): Place[] {
	const parts = levels.flatMap((level) =>
		KNOWN_PARTS.flatMap((name) => {
			const part = own(level, name);
			return isRecord(part) ? placesOfPart(name, part) : [];
		}),
	);
	return [...parts, ...levels.map((fields) => ({ check: 'task', fields }))];
}

/** A part, and its `data`. */
export const placesOfPart = (check: string, fields: Record<string, unknown>): Place[] => [
	{ check, fields },
	{ check, fields: asRecord(own(fields, 'data')) },
];

/** A part wherever it stands: at `result.data` whatever is there, above it only an object that is not empty. */
export const partsAt = ([data, ...above]: Levels, name: string): unknown[] => [
	...[own(data, name)].filter((part) => part !== undefined && part !== null),
	...above.map((level) => own(level, name)).filter((part) => isRecord(part) && !isEmpty(part)),
];

/** Whether anything in a finished task's answer speaks against what its checks say. */
export function speaksAgainst([data, , task]: Levels, places: readonly Place[]): boolean {
	return (
		own(task, 'status') !== 'SUCCESS' ||
		isBadStatus(own(task, 'httpStatus'), GOOD_WORDS, false) ||
		['document', 'background_check'].some((name) => isUnreadable(own(data, name))) ||
		places.some((place) => Object.keys(place.fields).some((key) => speaks(place, key)))
	);
}

/** Whether one field of a place speaks against a pass. */
function speaks({ check, fields }: Place, key: string): boolean {
	const [name, value, isPart] = [plainKey(key), own(fields, key), check !== 'task'];
	const words = check === 'background_check' ? CLEAR_WORDS : GOOD_WORDS;
	if (isError(name, value)) return true;
	if (STATUS_KEYS.has(name)) return isBadStatus(value, words, isPart);
	if (name === 'success' || (name === 'result' && isPart)) return isNotGood(value, words) || isFailed(value);
	if (FLAG_KEYS.has(name)) return isNo(value) || isFailed(value);
	if (KNOWN_CHECKS.includes(key) && !isPart) return isNotGood(value, words);
	if (KNOWN_CHECKS.includes(key) && check === 'document') return value === false || isFailed(value);
	return isFailed(value);
}

/** An object of a name that nobody knows speaks by these alone; a list does not. */
export const isFailed = (value: unknown): boolean =>
	isRecord(value) &&
	Object.keys(value).some((key) => {
		const [name, field] = [plainKey(key), own(value, key)];
		return isError(name, field) || ((name === 'result' || name === 'success') && field === false);
	});

/** Whether a key, as `plainKey` writes it, is that of an error or of issues that says something. */
function isError(name: string, value: unknown): boolean {
	if (name === 'issues') return !saysNothingAsIssues(value);
	return (
		ERROR_KEYS.has(name) &&
		!saysNothing(value) &&
		!(isRecord(value) && Object.values(value).every(saysNothing))
	);
}

/** Whether a key, as `plainKey` writes it, is that of an error. */
export const isErrorKey = (name: string): boolean => ERROR_KEYS.has(name);

/** A key in small letters, without `_` and `-`. */
export const plainKey = (key: string): string => key.slice(0, LONGEST_KEY).toLowerCase().replace(/[_-]/g, '');
const LONGEST_KEY = 40;

/** An object or a list is a provider's own answer. */
function isNotGood(value: unknown, words: ReadonlySet<string>): boolean {
	if (typeof value === 'string')
		return !isSilentText(value) && !YES.includes(value.trim().toLowerCase()) && !isOf(words, value);
	return value === false || (typeof value === 'number' && value !== 1);
}

function isBadStatus(value: unknown, words: ReadonlySet<string>, isPart: boolean): boolean {
	const number = finiteNumber(value);
	if (number !== undefined)
		return !(number >= 200 && number <= 299) && !(isPart && (number === 0 || number === 1));
	return value === false || (typeof value === 'string' && !isSilentText(value) && !isOf(words, value));
}

const isNo = (value: unknown): boolean =>
	value === false || value === 0 || (typeof value === 'string' && NO.includes(value.trim().toLowerCase()));

/** In any case, `-` and blank as `_`. */
const isOf = (words: ReadonlySet<string>, text: string): boolean =>
	words.has(text.trim().toUpperCase().replace(/[-\s]/g, '_'));

const isSilentText = (text: string): boolean => text.trim() === '' || text === 'None';

/** Whether a value in an error's place says that there is none, as Python and JSON put it. */
export function saysNothing(value: unknown): boolean {
	if (typeof value === 'string') return value === '0' || isSilentText(value);
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === false || value === 0;
}

/** An empty object or list says nothing under any key, another value that says nothing under a known part's name. */
const saysNothingAsIssues = (issues: unknown): boolean =>
	saysNothing(issues) ||
	(isRecord(issues) &&
		Object.entries(issues).every(
			([name, value]) =>
				saysNothing(value) && ((typeof value === 'object' && value !== null) || KNOWN_PARTS.includes(name)),
		));

/** Whether a value is absent, null, blank, an empty object or list. */
export const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(typeof value === 'object' && Object.keys(value).length === 0);

const isUnreadable = (value: unknown): boolean => !isEmpty(value) && !isRecord(value);

/**
 * A task's result, and the levels of its answer. A `result` that is JSON text (django-celery-results stores it so) is parsed
 * once.
 */
export function levelsOf(task: Record<string, unknown>): { raw: unknown; levels: Levels } {
	const given = own(task, 'result') ?? null;
	const raw = typeof given === 'string' ? (recordFromJson(given) ?? given) : given;
	const result = asRecord(raw);
	return { raw, levels: [asRecord(own(result, 'data')), result, task] };
}

/**
 * Whether a finished task says nothing of anybody: its `result` is empty or JSON text that is broken, or its `result.data` is
 * empty and nothing speaks. A background check may stand without a `result`.
 */
export function saysNothingOfAnybody(task: Record<string, unknown>): boolean {
	const { raw, levels } = levelsOf(task);
	const [, result] = levels;
	if (levels.some((level) => KNOWN_PARTS.some((name) => !isEmpty(own(level, name))))) return false;
	if (isEmpty(raw) || (typeof raw === 'string' && isEmptyText(raw))) return true;
	return isRecord(raw) && isEmpty(own(result, 'data')) && !speaksAgainst(levels, placesIn(levels));
}

function isEmptyText(text: string): boolean {
	try {
		return isEmpty(JSON.parse(text));
	} catch {
		return /^\s*[{[]/.test(text);
	}
}

/** The digits of a UUID, however it is written; undefined for anything else. */
export function uuidDigits(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > LONGEST_UUID) return undefined;
	const digits = value.trim().toLowerCase().replace('urn:uuid:', '').replace(/[{}-]/g, '');
	return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}
const LONGEST_UUID = 60;

/** Whether a value is a UUID, and another one than that. */
export const isAnotherUuid = (value: unknown, than: unknown): boolean =>
	uuidDigits(value) !== undefined && uuidDigits(value) !== uuidDigits(than);
