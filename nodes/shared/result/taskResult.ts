import { abridgedRecord } from './abridge';
import { adviceFor } from './advice';
import { isAnotherUuid, levelsOf, placesIn, contradictsPass, type Levels } from './contradictions';
import { findIssues, isListed, type Issue } from './issues';
import { hasMoreEntries } from '../util/boundedCopy';
import type { JudgeParameters } from '../service';
import { asRecord, finiteNumber, isRecord, own } from '../util/values';

/** One check of a task's result. */
export interface Check {
	/** Progeny's boolean; undefined if `result` is not a boolean. */
	result: boolean | undefined;
	/** The fields beside it (scores, unknown fields), unchanged. */
	data: Record<string, unknown>;
}

/** The parts of a finished task's answer that all services share. */
export interface TaskResult {
	/** `result.data`: the checks and `issues`. */
	data: Record<string, unknown>;
	/** The same with the levels above it, which may hold a part as well. */
	levels: Levels;
	/** Progeny's errors, without repetition, at most 100. */
	issues: Issue[];
	/** Their valid codes. */
	codes: string[];
	/** True if anything in the answer contradicts a pass: `issues`, an error, a status, another check, another person's UUID. */
	isContradicted: boolean;
	/** Advice for another photo, for a failed task. */
	advice: string | undefined;
	/** The task's result as Progeny sent it; JSON text is parsed. */
	raw: unknown;
}

/** An answer with more entries, on all levels, is not read as a whole and never passes. */
const MAX_ENTRIES = 50_000;

/** Reads a finished task's answer of any shape. Never throws. */
export function readTaskResult(task: Record<string, unknown>, asked: Asked): TaskResult {
	const { raw, levels } = levelsOf(task);
	const [data] = levels;
	const places = placesIn(levels);
	const isTooLarge = hasMoreEntries(raw, MAX_ENTRIES) || hasMoreEntries(task, MAX_ENTRIES);
	const found = findIssues(isTooLarge ? {} : data, places);
	return {
		data,
		levels,
		raw,
		...found,
		advice: adviceFor(levels, found),
		isContradicted: isTooLarge || isOfAnother(levels, asked) || contradictsPass(levels, places),
	};
}

/** The requested task and person: an answer about another one contradicts a pass. */
export type Asked = Pick<JudgeParameters, 'taskId' | 'uuid'>;

/** UUIDs in other places are of a record or a provider. */
const isOfAnother = ([data, , task]: Levels, { taskId, uuid }: Asked): boolean =>
	['task_id', 'task'].some((key) => isAnotherUuid(own(task, key), taskId)) ||
	(uuid !== undefined && isAnotherUuid(own(data, 'uuid'), uuid));

/** Returns a check; undefined if the answer has none, or only a bare value (documented for passports alone). */
export function readCheck(data: Record<string, unknown>, name: string): Check | undefined {
	const value = own(data, name);
	if (!isRecord(value)) return undefined;
	const result = own(value, 'result');
	return {
		result: typeof result === 'boolean' ? result : undefined,
		data: asRecord(own(value, 'data')),
	};
}

/** Returns a check's data for the output, without its `result` and without an error whose code `issues` lists. */
export function shownData(data: Record<string, unknown>): Record<string, unknown> {
	const { error, error_code: code, ...details } = abridgedRecord(data);
	delete details.result;
	return error === undefined || isListed(code) ? details : { ...details, error };
}

/** Returns the named fields of a check's data that are finite numbers, as numbers, then all others of what is shown of it. */
export function withNumbers(
	shown: Record<string, unknown>,
	data: Record<string, unknown>,
	names: readonly string[],
): Record<string, unknown> {
	const numbers = names
		.map((name) => [name, finiteNumber(own(data, name))] as const)
		.filter(([, number]) => number !== undefined);
	const others = Object.entries(shown).filter(([name]) => !names.includes(name));
	return Object.fromEntries([...numbers, ...others]);
}
