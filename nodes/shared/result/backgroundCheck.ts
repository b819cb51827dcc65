import type { DecisionResult, JudgeParameters } from '../service';
import { quoteName } from '../util/quote';
import { trimmed } from '../util/trimmed';
import { asRecord, finiteNumber, isRecord, own } from '../util/values';
import { abridgedDetails } from './abridge';
import { partsAt, type Levels } from './contradictions';
import { decisionOn } from './decision';
import { serverDetails, type ServerDetails } from './details';
import { readTaskResult } from './taskResult';

/** A background check in the output; null for a value that cannot be read. */
export interface BackgroundCheckOutput {
	potentialMatch: boolean | null;
	riskLevel: string | null;
	/** Absent with Hide Scores. */
	totalMatches?: number | null;
	/** The first ten, as Progeny sent them. Absent with Hide Personal Data or Hide Scores. */
	hits?: unknown[];
}

/** The reading of a background check: clear, something for a person to review, or nothing readable. */
export interface BackgroundCheckReading {
	state: 'clear' | 'suspect' | 'missing';
	/** Reasons for a person to review it. */
	reasons: string[];
	/** The check itself; undefined if Progeny returned none. */
	check: Record<string, unknown> | undefined;
}

/** The details of a background check in the output. The check is absent if Progeny returned none. */
export interface BackgroundCheckDetails extends ServerDetails {
	backgroundCheck?: BackgroundCheckOutput;
}

/** The reason if there is no readable background check. */
export const BACKGROUND_CHECK_MISSING = 'BACKGROUND_CHECK_MISSING';

/** Decides on a finished background check. A potential match is a review: people share names, so a person must look. Never throws. */
export function decideBackgroundCheck(
	task: Record<string, unknown>,
	parameters: JudgeParameters,
): DecisionResult & BackgroundCheckDetails {
	const result = readTaskResult(task, parameters);
	const reading = readBackgroundCheck(result.levels);
	const failReasons = reading.state === 'missing' ? [BACKGROUND_CHECK_MISSING] : [];
	const decided = decisionOn({ ...result, advice: undefined }, failReasons, [
		...reading.reasons,
		...parameters.reviewReasons,
	]);
	return {
		...decided,
		...backgroundCheckOutput(reading, parameters),
		...serverDetails(result, parameters),
	};
}

/** The name of a background check, at any level of an answer. */
export const BACKGROUND_CHECK_FIELD = 'background_check';

/** Reads the background check at each level of an answer. The worst of several counts. */
export function readBackgroundCheck(levels: Levels): BackgroundCheckReading {
	const readings = partsAt(levels, BACKGROUND_CHECK_FIELD).map(readOne);
	const inState = (state: BackgroundCheckReading['state']) =>
		readings.find((reading) => reading.state === state);
	const worst = inState('missing') ?? inState('suspect') ?? inState('clear');
	const reasons = [...new Set(readings.flatMap((reading) => reading.reasons))];
	return worst === undefined ? { state: 'missing', reasons, check: undefined } : { ...worst, reasons };
}

/** Returns a background check for the output, as far as the parameters allow. */
export function backgroundCheckOutput(
	{ check }: BackgroundCheckReading,
	{ hideScores, hidePersonalData }: JudgeParameters,
): { backgroundCheck?: BackgroundCheckOutput } {
	if (check === undefined) return {};
	const { potentialMatch, riskLevel, totalMatches, hits } = checkFields(check);
	const isShown = typeof riskLevel === 'string' && (!hidePersonalData || RISK_LEVELS.includes(riskLevel));
	const firstHits = Array.isArray(hits) ? [abridgedDetails(hits.slice(0, MAX_HITS))].flat() : [];
	return {
		backgroundCheck: {
			potentialMatch: typeof potentialMatch === 'boolean' ? potentialMatch : null,
			riskLevel: isShown ? quoteName(riskLevel) : null,
			totalMatches: finiteNumber(totalMatches) ?? null,
			...(hideScores || hidePersonalData ? {} : { hits: firstHits }),
		},
	};
}

const MAX_HITS = 10;
/** `unknown` is documented; the others are inferred from the provider whose answers look like this one. */
const CLEAR_RISK_LEVELS: readonly unknown[] = ['unknown', 'low', undefined];
const RISK_LEVELS: readonly string[] = ['unknown', 'low', 'medium', 'high'];

const checkFields = (check: Record<string, unknown>) => ({
	potentialMatch: own(check, 'potential_match'),
	riskLevel: own(check, 'risk_level') ?? undefined,
	totalMatches: own(check, 'total_matches'),
	hits: own(check, 'hits') ?? undefined,
});
type CheckFields = ReturnType<typeof checkFields>;

/** Only the answer without a hit is documented. So a check is clear in that form alone, but suspect in any form. */
function readOne(value: unknown): BackgroundCheckReading {
	if (!isRecord(value)) return { state: 'missing', reasons: [], check: undefined };
	const reasons = suspicions([value, asRecord(own(value, 'data'))]);
	if (reasons.length > 0) return { state: 'suspect', reasons, check: value };
	return { state: isClear(value) ? 'clear' : 'missing', reasons, check: value };
}

function suspicions(places: ReadonlyArray<Record<string, unknown>>): string[] {
	const isMatch = places.some((place) => Object.keys(place).some((key) => isHit(key, own(place, key))));
	const isRisk = places.some((place) => {
		const { riskLevel } = checkFields(place);
		return typeof riskLevel === 'string' && !CLEAR_RISK_LEVELS.includes(riskLevel);
	});
	return [...(isMatch ? ['POTENTIAL_MATCH'] : []), ...(isRisk ? ['RISK_LEVEL'] : [])];
}

/** A field that `data` repeats must be clear there as well. */
function isClear(check: Record<string, unknown>): boolean {
	const { potentialMatch, totalMatches } = checkFields(check);
	const places = [check, asRecord(own(check, 'data'))];
	return potentialMatch === false && totalMatches === 0 && places.map(checkFields).every(saysNothingElse);
}

const saysNothingElse = ({ potentialMatch, riskLevel, totalMatches, hits }: CheckFields): boolean =>
	(potentialMatch ?? false) === false &&
	(totalMatches ?? 0) === 0 &&
	(hits === undefined || Array.isArray(hits)) &&
	CLEAR_RISK_LEVELS.includes(riskLevel);

const NO_HIT = /^no[tn]?(?:[\s_-]|match|hit)/i;

/** The documented field is a boolean; a text there is unreadable. */
const isYes = (key: string, value: unknown): boolean =>
	value === true || (key !== 'potential_match' && /^(?:true|yes)$/i.test(trimmed(value)));

/** True for `true` or `yes` (except under `no_match`), a number above 0 or a non-empty list, if the key contains `hit` or `match`. */
const isHit = (key: string, value: unknown): boolean =>
	/hit|match/i.test(key) &&
	((isYes(key, value) && !NO_HIT.test(key) && !/^no[tn]?[A-Z]/.test(key)) ||
		value === Infinity ||
		(finiteNumber(value) ?? 0) > 0 ||
		(Array.isArray(value) && value.length > 0));
