import { abridgedRecord } from './abridge';
import { quote } from '../util/quote';
import { asRecord, finiteNumber, isRecord } from '../util/values';

/** One reason's text, as Progeny gave it. */
export interface Issue {
	/** The check it belongs to, e.g. `liveness`; `task` where Progeny names none. */
	check: string;
	/** Progeny's own code, e.g. `FACE_TOO_SMALL`. */
	code: string;
	message: string;
}

/** One check of a task's result. */
export interface Check {
	/** Progeny's boolean; undefined where the check is missing or its `result` is anything but a boolean. */
	result: boolean | undefined;
	/** What Progeny says beside it (scores, unknown fields), without a `result` of its own, and without its error and code. */
	data: Record<string, unknown>;
}

/** The parts of a finished task's answer that every face service has. */
export interface TaskResult {
	/** `result.data`: the checks and `issues`. */
	data: Record<string, unknown>;
	/** Whether the job's `status` is not SUCCESS, or its HTTP status or `result.status` is 400 or more or cannot be understood. */
	hasFailureStatus: boolean;
	/** Every error code that Progeny gave, in its three places, without repetition. */
	issues: Issue[];
	/** Whether anything speaks of an error: those codes, other content under `issues`, or an `error` without a code. */
	hasIssues: boolean;
}

/** Reads a finished task's answer. Whatever its shape, it gives what can be understood, and never throws. */
export function readTaskResult(task: Record<string, unknown>): TaskResult {
	const result = asRecord(task.result);
	const data = asRecord(result.data);
	const places = errorPlaces(result, data);
	const issues = collectIssues(data, places);
	return {
		data,
		hasFailureStatus: task.status !== 'SUCCESS' || [task.httpStatus, result.status].some(isFailureStatus),
		issues,
		hasIssues:
			listsSomething(data.issues) ||
			places.some(([, { error, error_code }]) => isSomething(error) || isSomething(error_code)),
	};
}

/** The check of that name; undefined where Progeny's answer has none, or only a bare value (documented for passports alone). */
export function readCheck(data: Record<string, unknown>, name: string): Check | undefined {
	const value = Object.hasOwn(data, name) ? data[name] : undefined;
	if (!isRecord(value)) return undefined;
	const { error, error_code: code, ...details } = abridgedRecord(asRecord(value.data));
	delete details.result;
	const isListed = error === undefined || isCode(code);
	return {
		result: typeof value.result === 'boolean' ? value.result : undefined,
		data: isListed ? details : { ...details, error },
	};
}

/** `data` with the named fields as numbers; those that are not finite numbers are left out. */
export function withNumbers(
	data: Record<string, unknown>,
	names: readonly string[],
): Record<string, unknown> {
	const numbers = names
		.map((name) => [name, finiteNumber(Object.hasOwn(data, name) ? data[name] : undefined)] as const)
		.filter(([, number]) => number !== undefined);
	const others = Object.entries(data).filter(([name]) => !names.includes(name));
	return Object.fromEntries([...numbers, ...others]);
}

/** Where an `error` and its `error_code` may stand, with the check's name: in a check, in its `data` (both documented), or above. */
function errorPlaces(
	result: Record<string, unknown>,
	data: Record<string, unknown>,
): Array<[string, Record<string, unknown>]> {
	const checks = Object.entries(data).filter(([name, value]) => name !== 'issues' && isRecord(value));
	const inChecks = checks.flatMap(
		([name, value]): Array<[string, Record<string, unknown>]> => [
			[name, asRecord(value)],
			[name, asRecord(asRecord(value).data)],
		],
	);
	return [...inChecks, ['task', data], ['task', result]];
}

/** Codes are also the keys of `issues.<check>`, with their text (documented). */
function collectIssues(
	data: Record<string, unknown>,
	places: Array<[string, Record<string, unknown>]>,
): Issue[] {
	const listed = Object.entries(asRecord(data.issues)).flatMap(([check, codes]) =>
		Object.entries(asRecord(codes)).map(([code, message]) => issue(check, code, message)),
	);
	const placed = places.flatMap(([check, { error, error_code: code }]) =>
		isCode(code) ? [issue(check, code, error)] : [],
	);
	const all = [...listed, ...placed];
	const seen = new Set<string>();
	return all.filter(({ check, code }) => {
		const key = JSON.stringify([check, code]);
		return !seen.has(key) && seen.add(key);
	});
}

const isCode = (code: unknown): code is string => typeof code === 'string' && code.trim() !== '';

function issue(check: string, code: string, message: unknown): Issue {
	return {
		check: quote(check),
		code: quote(code),
		message: typeof message === 'string' ? quote(message) : '',
	};
}

/** Whether `issues` names anything, readable or not: an empty list of a check does not count. */
function listsSomething(issues: unknown): boolean {
	return isRecord(issues) ? Object.values(issues).some(isSomething) : isSomething(issues);
}

function isSomething(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return value !== undefined && value !== null && value !== '' && value !== false;
}

function isFailureStatus(status: unknown): boolean {
	return status !== undefined && status !== null && !((finiteNumber(status) ?? Infinity) < 400);
}
