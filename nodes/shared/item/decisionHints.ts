import type { NodeExecutionHint } from 'n8n-workflow';
import { isTimeZone } from '../document/dates';
import type { DecisionResult, JudgeParameters } from '../service';
import { finiteNumber } from '../util/values';
import { quote } from '../util/quote';

const DAY_MS = 86_400_000;

/**
 * The time in ms since 1970, as each clock has it that may be right: n8n's, and that of the answer's Date header where they are
 * more than a day apart.
 */
export function timesOf(now: number, date: string | undefined): number[] {
	const answered = Date.parse(date ?? '');
	return Math.abs(answered - now) > DAY_MS ? [now, answered] : [now];
}

/** What in the settings, and not in the person, led to a decision; in words for the user. */
export function causesOf(
	{ reasons }: DecisionResult,
	{ now, minimums }: Pick<JudgeParameters, 'now' | 'minimums'>,
	timeZone: () => string,
): string[] {
	const has = (...wanted: string[]) => wanted.some((reason) => reasons.includes(reason));
	const isByDay = has('AGE_UNKNOWN', 'EXPIRY_UNKNOWN');
	const percent = finiteNumber(minimums.minMatchPercent) ?? 0;
	return [
		...(isByDay && !isTimeZone(timeZone())
			? [
					`The time zone ${quote(timeZone())} of this workflow cannot be used, so that nobody can tell which day it is. Choose another one in the workflow's settings, or set GENERIC_TIMEZONE to one like Europe/Berlin, without quotes.`,
				]
			: []),
		...(now.length > 1 && (isByDay || has('TOO_OLD'))
			? [
					"The clock of n8n's server and the one of Progeny's are more than a day apart, so that nobody can tell which day it is. Set the clock of n8n's server.",
				]
			: []),
		...(has('MATCH_BELOW_MINIMUM') && percent > 0 && percent <= 1
			? [
					`Minimum Match Percent is ${percent}, but a percentage is meant: no score meets it. Write 90 for 90 percent.`,
				]
			: []),
	];
}

/** Each cause once, as a hint of n8n's. */
export const causeHints = (causes: ReadonlySet<string>): NodeExecutionHint[] =>
	[...causes].map((message) => ({ message, type: 'warning', location: 'outputPane' }));
