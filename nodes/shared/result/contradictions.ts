import { asRecord, finiteNumber, isRecord, own } from '../util/values';

/** The checks that Progeny's documentation names, in their own services or in others. */
export const KNOWN_CHECKS: readonly string[] = ['authentication', 'compare', 'liveness'];

/** A part of a task's answer that is read for errors, with the check that it belongs to; `task` where it is no check's. */
export interface Place {
	check: string;
	fields: Record<string, unknown>;
}

/**
 * The places of an answer that may speak against a pass: each known check and its `data`, then `result.data`, `result` and the
 * answer itself. Nothing deeper is one.
 */
export function placesIn(
	task: Record<string, unknown>,
	result: Record<string, unknown>,
	data: Record<string, unknown>,
): Place[] {
	const above = [data, result, task];
	const checks = above.flatMap((fields) =>
		KNOWN_CHECKS.filter((name) => isRecord(own(fields, name))).flatMap((name) =>
			placesOfCheck(name, asRecord(fields[name])),
		),
	);
	return [...checks, ...above.map((fields) => ({ check: 'task', fields }))];
}

/** A check, and its `data`. */
export const placesOfCheck = (check: string, fields: Record<string, unknown>): Place[] => [
	{ check, fields },
	{ check, fields: asRecord(own(fields, 'data')) },
];

/** Whether anything in a finished task's answer speaks against what its checks say. Errors that say nothing do not. */
export function speaksAgainst(
	task: Record<string, unknown>,
	result: Record<string, unknown>,
	places: readonly Place[],
): boolean {
	return (
		own(task, 'status') !== 'SUCCESS' ||
		[own(task, 'httpStatus'), own(result, 'status')].some(isFailureStatus) ||
		places.some(({ fields }) => isAgainst(fields))
	);
}

function isAgainst(fields: Record<string, unknown>): boolean {
	return (
		own(fields, 'result') === false ||
		own(fields, 'success') === false ||
		!saysNothingAsError(own(fields, 'error')) ||
		!saysNothing(own(fields, 'error_code')) ||
		!saysNothing(own(fields, 'errors')) ||
		!saysNothingAsIssues(own(fields, 'issues')) ||
		Object.keys(fields).some((name) => isNotPassed(name, own(fields, name)))
	);
}

/** A known check counts unless it is absent or passed, anything else where its `result` is `false`. */
function isNotPassed(name: string, value: unknown): boolean {
	const result = isRecord(value) ? own(value, 'result') : undefined;
	if (!KNOWN_CHECKS.includes(name)) return result === false;
	return value !== undefined && value !== null && value !== true && result !== true;
}

/** Whether a value in an error's place says that there is none, as Python and JSON put it. */
export function saysNothing(value: unknown): boolean {
	if (typeof value === 'string') return ['', '0', 'None'].includes(value.trim() === '' ? '' : value);
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === false || value === 0;
}

const saysNothingAsError = (error: unknown): boolean =>
	saysNothing(error) || (isRecord(error) && Object.values(error).every(saysNothing));

const saysNothingAsIssues = (issues: unknown): boolean =>
	saysNothing(issues) ||
	(isRecord(issues) &&
		Object.entries(issues).every(([name, value]) => KNOWN_CHECKS.includes(name) && saysNothing(value)));

const SUCCESS_STATUSES: readonly unknown[] = ['SUCCESS', 'OK'];

function isFailureStatus(status: unknown): boolean {
	if (status === undefined || status === null || SUCCESS_STATUSES.includes(status)) return false;
	const number = finiteNumber(status);
	return number === undefined || number < 200 || number > 299;
}
