import type { DecisionResult, JudgeParameters } from '../service';
import { quoteName } from '../util/quote';
import { asRecord, finiteNumber, isRecord, own } from '../util/values';
import { abridgedDetails } from './abridge';
import { partsAt, type Levels } from './contradictions';
import { decisionOn, timedOutDecision } from './decision';
import { serverDetails, type ServerDetails } from './details';
import { readTaskResult } from './taskResult';

/** A background check, as it goes out; null is what cannot be read. */
export interface BackgroundCheckOutput {
	potentialMatch: boolean | null;
	riskLevel: string | null;
	/** Absent with Hide Scores. */
	totalMatches?: number | null;
	/** The first ten, as they came. Absent with Hide Personal Data or Hide Scores. */
	hits?: unknown[];
}

/** What a background check says: clear, something for a person to look at, or nothing that can be understood. */
export interface BackgroundCheckReading {
	state: 'clear' | 'suspect' | 'missing';
	/** What a person should look at. */
	reasons: string[];
	/** The check itself; undefined where there is none. */
	check: Record<string, unknown> | undefined;
}

/** The verdict on a name and a date of birth. The check is absent where Progeny gave none. */
export interface BackgroundCheckVerdict extends DecisionResult, ServerDetails {
	/** True exactly when `decision` is `pass`. */
	clear: boolean;
	backgroundCheck?: BackgroundCheckOutput;
}

/** The reason where there is no background check that can be understood. */
export const BACKGROUND_CHECK_MISSING = 'BACKGROUND_CHECK_MISSING';

/** Turns a finished task into a verdict. A potential match is a review: names are shared, so a person looks. Never throws. */
export function backgroundCheckVerdict(
	task: Record<string, unknown>,
	parameters: JudgeParameters,
): BackgroundCheckVerdict {
	const result = readTaskResult(task, parameters);
	const reading = readBackgroundCheck(result.levels);
	const failures = reading.state === 'missing' ? [BACKGROUND_CHECK_MISSING] : [];
	const decided = decisionOn({ ...result, advice: undefined }, failures, [
		...reading.reasons,
		...parameters.doubts,
	]);
	return {
		clear: decided.decision === 'pass',
		...decided,
		...backgroundCheckOutput(reading, parameters),
		...serverDetails(result, parameters),
	};
}

/** The verdict on a task that did not end in time, where the user wants these reviewed. */
export const timedOutBackgroundCheck = (): BackgroundCheckVerdict => ({
	clear: false,
	...timedOutDecision(),
});

/** The field of a background check, at any level of an answer. */
export const BACKGROUND_CHECK_FIELD = 'background_check';

/** Reads the background check at each level of an answer; of several the worse counts. */
export function readBackgroundCheck(levels: Levels): BackgroundCheckReading {
	const readings = partsAt(levels, BACKGROUND_CHECK_FIELD).map(readOne);
	const inState = (state: BackgroundCheckReading['state']) =>
		readings.find((reading) => reading.state === state);
	const worst = inState('missing') ?? inState('suspect') ?? inState('clear');
	const reasons = [...new Set(readings.flatMap((reading) => reading.reasons))];
	return worst === undefined ? { state: 'missing', reasons, check: undefined } : { ...worst, reasons };
}

/** What goes out of a background check, as the parameters allow. */
export function backgroundCheckOutput(
	{ check }: BackgroundCheckReading,
	{ hideScores, hidePersonalData }: JudgeParameters,
): { backgroundCheck?: BackgroundCheckOutput } {
	if (check === undefined) return {};
	const { potentialMatch, riskLevel, totalMatches, hits } = fieldsOf(check);
	const isShown = typeof riskLevel === 'string' && (!hidePersonalData || RISK_LEVELS.includes(riskLevel));
	const firstHits = Array.isArray(hits) ? [abridgedDetails(hits.slice(0, MOST_HITS))].flat() : [];
	return {
		backgroundCheck: {
			potentialMatch: typeof potentialMatch === 'boolean' ? potentialMatch : null,
			riskLevel: isShown ? quoteName(riskLevel) : null,
			totalMatches: finiteNumber(totalMatches) ?? null,
			...(hideScores || hidePersonalData ? {} : { hits: firstHits }),
		},
	};
}

const MOST_HITS = 10;
/** `unknown` is documented; the others are those of the provider that its answer looks like (inferred). */
const CLEAR_RISK_LEVELS: readonly unknown[] = ['unknown', 'low', undefined];
const RISK_LEVELS: readonly string[] = ['unknown', 'low', 'medium', 'high'];

const fieldsOf = (check: Record<string, unknown>) => ({
	potentialMatch: own(check, 'potential_match'),
	riskLevel: own(check, 'risk_level') ?? undefined,
	totalMatches: own(check, 'total_matches'),
	hits: own(check, 'hits') ?? undefined,
});

/** Only the answer without a hit is documented. What says that there is one counts in any form, what says none in this one only. */
function readOne(value: unknown): BackgroundCheckReading {
	if (!isRecord(value)) return { state: 'missing', reasons: [], check: undefined };
	const places = [value, asRecord(own(value, 'data'))];
	const isMatch = places.some((place) => Object.keys(place).some((key) => isHit(key, own(place, key))));
	const isRisk = places.some((place) => {
		const { riskLevel } = fieldsOf(place);
		return typeof riskLevel === 'string' && !CLEAR_RISK_LEVELS.includes(riskLevel);
	});
	const reasons = [...(isMatch ? ['POTENTIAL_MATCH'] : []), ...(isRisk ? ['RISK_LEVEL'] : [])];
	if (reasons.length > 0) return { state: 'suspect', reasons, check: value };
	const { potentialMatch, riskLevel, totalMatches, hits } = fieldsOf(value);
	const isClear =
		potentialMatch === false &&
		totalMatches === 0 &&
		(hits === undefined || Array.isArray(hits)) &&
		CLEAR_RISK_LEVELS.includes(riskLevel);
	return { state: isClear ? 'clear' : 'missing', reasons: [], check: value };
}

/** A `true` (but of `no_match`), a number above 0 or a list that is not empty, under a key with `hit` or `match` in its name. */
const isHit = (key: string, value: unknown): boolean =>
	/hit|match/i.test(key) &&
	((value === true && !/^no/i.test(key)) ||
		(finiteNumber(value) ?? 0) > 0 ||
		(Array.isArray(value) && value.length > 0));
