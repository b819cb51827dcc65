import type { NodeExecutionHint } from 'n8n-workflow';
import { isTimeZone } from '../document/dates';
import type { DecisionResult, JudgeParameters } from '../service';
import { finiteNumber } from '../util/values';
import { quote } from '../util/quote';

const DAY_MS = 86_400_000;

/**
 * Returns the time in ms since 1970 by each clock that may be right: n8n's, and the answer's Date header if they are more than a day
 * apart.
 */
export function timesOf(now: number, date: string | undefined): number[] {
	const answered = Date.parse(date ?? '');
	return Math.abs(answered - now) > DAY_MS ? [now, answered] : [now];
}

/** Returns the settings that led to a decision, in words for the user. */
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
					`The time zone ${quote(timeZone())} of this workflow is invalid, so the current day is unknown. Choose another one in the workflow's settings, or set GENERIC_TIMEZONE to one like Europe/Berlin, without quotes.`,
				]
			: []),
		...(now.length > 1 && (isByDay || has('TOO_OLD'))
			? [
					"The clocks of n8n's and Progeny's servers are more than a day apart, so the current day is unknown. Set the clock of n8n's server.",
				]
			: []),
		...(has('MATCH_BELOW_MINIMUM') && percent > 0 && percent <= 1
			? [
					`Minimum Match Percent is ${percent}, but a percentage is meant: no score meets it. Write 90 for 90 percent.`,
				]
			: []),
	];
}

/** Returns an n8n hint for each cause. */
export const causeHints = (causes: ReadonlySet<string>): NodeExecutionHint[] =>
	[...causes].map((message) => ({ message, type: 'warning', location: 'outputPane' }));
