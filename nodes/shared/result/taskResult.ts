import { abridgedRecord } from './abridge';
import {
	KNOWN_CHECKS,
	placesIn,
	placesOfCheck,
	saysNothing,
	speaksAgainst,
	type Place,
} from './contradictions';
import { codeOf, quote, quoteName } from '../util/quote';
import { asRecord, finiteNumber, isRecord, own, recordFromJson } from '../util/values';

/** One reason's text, as Progeny gave it. */
export interface Issue {
	/** The check it belongs to, e.g. `liveness`; `task` where Progeny names none. */
	check: string;
	/** Progeny's own code, e.g. `FACE_TOO_SMALL`; sanitized where it is none, and empty where there is only a text. */
	code: string;
	message: string;
}

/** One check of a task's result. */
export interface Check {
	/** Progeny's boolean; undefined where the check is missing or its `result` is anything but a boolean. */
	result: boolean | undefined;
	/** What Progeny says beside it (scores, unknown fields), as it came. */
	data: Record<string, unknown>;
}

/** The parts of a finished task's answer that every face service has. */
export interface TaskResult {
	/** `result.data`: the checks and `issues`. */
	data: Record<string, unknown>;
	/** Progeny's errors from every place that counts, without repetition; at most 100. */
	issues: Issue[];
	/** Whether anything speaks against a pass, readable or not: `issues`, an error, a status, another check. */
	isContradicted: boolean;
	/** The task's result as Progeny sent it, parsed where it was JSON text. */
	raw: unknown;
}

const MOST_ISSUES = 100;

/**
 * Reads a finished task's answer. Whatever its shape, it gives what can be understood, and never throws. A `result` that is
 * JSON text (django-celery-results stores it so) is parsed once.
 */
export function readTaskResult(task: Record<string, unknown>): TaskResult {
	const given = own(task, 'result') ?? null;
	const raw = typeof given === 'string' ? (recordFromJson(given) ?? given) : given;
	const result = asRecord(raw);
	const data = asRecord(own(result, 'data'));
	const places = placesIn(task, result, data);
	return {
		data,
		raw,
		issues: collectIssues(places, failedOthers(data)),
		isContradicted: speaksAgainst(task, result, places),
	};
}

/** The check of that name; undefined where Progeny's answer has none, or only a bare value (documented for passports alone). */
export function readCheck(data: Record<string, unknown>, name: string): Check | undefined {
	const value = own(data, name);
	if (!isRecord(value)) return undefined;
	const result = own(value, 'result');
	return {
		result: typeof result === 'boolean' ? result : undefined,
		data: asRecord(own(value, 'data')),
	};
}

/** A check's data as it goes out: without a `result` of its own, and without an error that `issues` lists by its code. */
export function shownData(data: Record<string, unknown>): Record<string, unknown> {
	const { error, error_code: code, result: _, ...details } = abridgedRecord(data);
	return error === undefined || isListed(code) ? details : { ...details, error };
}

/** `data` with the named fields as numbers; those that are not finite numbers are left out. */
export function withNumbers(
	data: Record<string, unknown>,
	names: readonly string[],
): Record<string, unknown> {
	const numbers = names
		.map((name) => [name, finiteNumber(own(data, name))] as const)
		.filter(([, number]) => number !== undefined);
	const others = Object.entries(data).filter(([name]) => !names.includes(name));
	return Object.fromEntries([...numbers, ...others]);
}

/** The objects beside the known checks that say `result: false`, and their `data`: they speak against a pass, and say why. */
function failedOthers(data: Record<string, unknown>): Place[] {
	return Object.keys(data)
		.filter((name) => !KNOWN_CHECKS.includes(name) && own(asRecord(data[name]), 'result') === false)
		.slice(0, MOST_ISSUES)
		.flatMap((name) => placesOfCheck(name, asRecord(data[name])));
}

/** Codes are the keys of `issues.<check>`, with their text, and stand as `error_code` beside an `error` (documented). */
function collectIssues(places: readonly Place[], others: readonly Place[]): Issue[] {
	const listed = places.flatMap(({ fields }) =>
		Object.entries(asRecord(own(fields, 'issues')))
			.slice(0, MOST_ISSUES)
			.flatMap(([check, codes]) => listedIssues(check, asRecord(codes))),
	);
	const found = [...listed, ...[...places, ...others].flatMap(placedIssue)];
	const seen = new Set<string>();
	const isNew = ({ check, code, message }: Issue): boolean => {
		const key = JSON.stringify([check, code, code === '' ? message : '']);
		return !seen.has(key) && seen.add(key).has(key);
	};
	return found.filter(isNew).slice(0, MOST_ISSUES);
}

const listedIssues = (check: string, codes: Record<string, unknown>): Issue[] =>
	Object.entries(codes)
		.slice(0, MOST_ISSUES)
		.map(([code, message]) => issue(check, code, message));

/** What a place says: its code and text. A text without a code is listed where no check's output shows it. */
function placedIssue({ check, fields }: Place): Issue[] {
	const [error, code, errors] = ['error', 'error_code', 'errors'].map((name) => own(fields, name));
	if (isListed(code)) return [issue(check, code, error)];
	if (check !== 'task') return [];
	return [error, errors]
		.filter((text) => !saysNothing(text) && textOf(text) !== '')
		.map((text) => issue(check, '', text));
}

const isListed = (code: unknown): code is string | number =>
	!saysNothing(code) && (typeof code === 'string' || codeOf(code) !== undefined);

function issue(check: string, code: string | number, message: unknown): Issue {
	return {
		check: quoteName(check),
		code: codeOf(code) ?? quote(String(code)),
		message: quote(textOf(message)),
	};
}

function textOf(value: unknown): string {
	if (Array.isArray(value))
		return value
			.slice(0, MOST_ISSUES)
			.filter((entry) => typeof entry === 'string')
			.join(' ');
	return typeof value === 'string' ? value : '';
}
