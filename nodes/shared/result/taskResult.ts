import { abridgedRecord } from './abridge';
import { adviceFor } from './advice';
import { isAnotherUuid, levelsOf, placesIn, speaksAgainst, type Levels } from './contradictions';
import { findIssues, isListed, type Issue } from './issues';
import { hasMoreEntries } from '../util/boundedCopy';
import type { JudgeParameters } from '../service';
import { asRecord, finiteNumber, isRecord, own } from '../util/values';

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
	/** The same, with the levels above it, where a part may stand as well. */
	levels: Levels;
	/** Progeny's errors from every place that counts, without repetition; at most 100. */
	issues: Issue[];
	/** Their codes, as they come. What is no code is in `issues` alone. */
	codes: string[];
	/** Whether anything speaks against a pass, readable or not: `issues`, an error, a status, another check, another's answer. */
	isContradicted: boolean;
	/** What the person can do better in another photo, if the task fails. */
	advice: string | undefined;
	/** The task's result as Progeny sent it, parsed where it was JSON text. */
	raw: unknown;
}

/** An answer with more entries, on all levels, is not read whole; it never passes. */
const MOST_ENTRIES = 50_000;

/** Reads a finished task's answer. Whatever its shape, it returns what can be understood, and never throws. */
export function readTaskResult(task: Record<string, unknown>, asked: Asked): TaskResult {
	const { raw, levels } = levelsOf(task);
	const [data] = levels;
	const places = placesIn(levels);
	const isTooLarge = hasMoreEntries(raw, MOST_ENTRIES) || hasMoreEntries(task, MOST_ENTRIES);
	const found = findIssues(isTooLarge ? {} : data, places);
	return {
		data,
		levels,
		raw,
		...found,
		advice: adviceFor(levels, found),
		isContradicted: isTooLarge || isAnothers(levels, asked) || speaksAgainst(levels, places),
	};
}

/** What was asked for: an answer about another task or person speaks against a pass. */
export type Asked = Pick<JudgeParameters, 'taskId' | 'uuid'>;

/** Elsewhere than there a UUID is that of a record or of a provider. */
const isAnothers = ([data, , task]: Levels, { taskId, uuid }: Asked): boolean =>
	['task_id', 'task'].some((key) => isAnotherUuid(own(task, key), taskId)) ||
	(uuid !== undefined && isAnotherUuid(own(data, 'uuid'), uuid));

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
	const { error, error_code: code, ...details } = abridgedRecord(data);
	delete details.result;
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
