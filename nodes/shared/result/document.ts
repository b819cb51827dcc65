import type { DecisionResult, JudgeParameters } from '../service';
import {
	BACKGROUND_CHECK_MISSING,
	backgroundCheckOutput,
	readBackgroundCheck,
	type BackgroundCheckOutput,
	type BackgroundCheckReading,
} from './backgroundCheck';
import { decisionOn, timedOutDecision } from './decision';
import { serverDetails, type CheckOutput, type ServerDetails } from './details';
import { dayAfter } from '../document/dates';
import { isName } from '../document/inputName';
import { isEmpty, partsAt } from './contradictions';
import { documentReading, type DocumentFields } from './documentFields';
import { unmetExpectations, type Expectations } from './expectations';
import { HOLDER_CHECKS, holderFailures, holderOutput, type HolderCheck } from './holder';
import { readTaskResult } from './taskResult';
import { own } from '../util/values';

/** A birth that is still to come, or so long ago that nobody is alive who was born then. */
const BORN_AT_NO_TIME = 'BORN_AT_NO_TIME';
const OLDEST_YEARS = 125;
const yearsBefore = (day: string, years: number): string =>
	`${Number(day.slice(0, 4)) - years}${day.slice(4)}`;

/** What the user asks of a document. */
export interface DocumentParameters extends JudgeParameters, Expectations {
	/** Today in the workflow's time zone, yyyy-mm-dd: several days where nobody can tell which it is. */
	days: readonly string[];
	/** Whether a pass needs a background check that is clear. */
	includesBackgroundCheck: boolean;
}

/** What goes out of a document's answer beside the outcome. */
export interface DocumentDetails extends ServerDetails {
	/** Whether the selfie shows the person in the document. */
	faceMatch?: CheckOutput;
	liveness?: CheckOutput;
	/** Absent where Progeny gave none. With Hide Personal Data only `isValid` and `isExpired`. */
	document?: Pick<DocumentFields, 'isValid' | 'isExpired'> & Partial<DocumentFields>;
	backgroundCheck?: BackgroundCheckOutput;
}

/** The verdict on a document, whoever holds it. */
export interface DocumentVerdict extends DecisionResult, DocumentDetails {
	/** True exactly when `decision` is `pass`. */
	valid: boolean;
}

/** The verdict on a document and on the person who holds it. */
export interface HolderVerdict extends DecisionResult, DocumentDetails {
	/** True exactly when `decision` is `pass`. */
	verified: boolean;
}

/** Turns a finished task into a verdict on the document alone: it does not tell who holds it. Never throws. */
export function documentVerdict(
	task: Record<string, unknown>,
	parameters: DocumentParameters,
): DocumentVerdict {
	const decided = decideDocument(task, [], parameters);
	return { valid: decided.decision === 'pass', ...decided };
}

/** Turns a finished task into a verdict on the document and its holder: face and document have to match. Never throws. */
export function holderVerdict(task: Record<string, unknown>, parameters: DocumentParameters): HolderVerdict {
	const decided = decideDocument(task, HOLDER_CHECKS, parameters);
	return { verified: decided.decision === 'pass', ...decided };
}

/** The verdict on a document whose task did not end in time, where the user wants these reviewed. */
export const timedOutDocument = (): DocumentVerdict => ({ valid: false, ...timedOutDecision() });

/** The same, on a document and its holder. */
export const timedOutHolder = (): HolderVerdict => ({ verified: false, ...timedOutDecision() });

function decideDocument(
	task: Record<string, unknown>,
	checks: readonly HolderCheck[],
	parameters: DocumentParameters,
): DecisionResult & DocumentDetails {
	const result = readTaskResult(task, parameters);
	const { data } = result;
	const [document, ...others] = [own(data, 'document'), ...partsAt(result.levels, 'document').slice(1)];
	const background = readBackgroundCheck(result.levels);
	const reasons = [
		...holderFailures(data, checks),
		...[document, ...others].flatMap((each) => documentReasons(each, parameters)),
		...backgroundReasons(background, document, parameters),
	];
	const failures = reasons.filter((reason) => FAILURES.has(reason));
	const doubts = reasons.filter((reason) => !FAILURES.has(reason));
	const shown = shownDocument(document, parameters);
	return {
		...decisionOn(result, failures, [...doubts, ...parameters.doubts]),
		...holderOutput(data, checks, parameters),
		...(shown === undefined ? {} : { document: shown }),
		...backgroundCheckOutput(background, parameters),
		...serverDetails(result, parameters),
	};
}

/** The reasons that make a fail; all others make a review. */
const FAILURES: ReadonlySet<string> = new Set([
	...HOLDER_CHECKS.flatMap(({ failed, missing }) => [failed, missing]),
	...['DOCUMENT_NOT_READ', 'DOCUMENT_INVALID', 'DOCUMENT_EXPIRED', 'UNDER_AGE', BACKGROUND_CHECK_MISSING],
]);

/** What a reason becomes that does not hold on every day that today may be; all others depend on no day but by the expiry. */
const UNKNOWN_TODAY: Readonly<Record<string, string>> = {
	UNDER_AGE: 'AGE_UNKNOWN',
	AGE_UNKNOWN: 'AGE_UNKNOWN',
	[BORN_AT_NO_TIME]: 'AGE_UNKNOWN',
};

/** What speaks against a document, as reasons. */
function documentReasons(document: unknown, parameters: DocumentParameters): string[] {
	const found = parameters.days.map((today) => reasonsOn(today, document, parameters));
	const reasons = [...new Set(found.flat())].map((reason) =>
		found.every((each) => each.includes(reason)) ? reason : (UNKNOWN_TODAY[reason] ?? 'EXPIRY_UNKNOWN'),
	);
	return reasons.map((reason) => (reason === BORN_AT_NO_TIME ? 'CONTRADICTORY' : reason));
}

function reasonsOn(today: string, document: unknown, parameters: DocumentParameters): string[] {
	const reading = documentReading(document, today);
	if (reading === undefined || reading.fields.isValid === null || !reading.isRead)
		return ['DOCUMENT_NOT_READ'];
	const { isValid, isExpired } = reading.fields;
	return [
		...(isValid ? [] : ['DOCUMENT_INVALID']),
		...(isExpired === true ? ['DOCUMENT_EXPIRED'] : []),
		...impossibleDates(reading.fields, today),
		...(isExpired === null ? ['EXPIRY_UNKNOWN'] : []),
		...unmetExpectations(reading, parameters),
	];
}

/** Dates that cannot be true together, or not today. */
function impossibleDates(fields: DocumentFields, today: string): string[] {
	const { isExpired, dateOfBirth: born, dateOfIssue: issued, dateOfExpiry: expiry } = fields;
	const isBefore = (one: string | null, other: string | null) =>
		one !== null && other !== null && one < other;
	const isImpossible =
		(isExpired === false && isBefore(expiry, today)) ||
		isBefore(issued, born) ||
		isBefore(expiry, issued) ||
		isBefore(dayAfter(today, 1), issued);
	const isNoBirth = isBefore(today, born) || isBefore(born, yearsBefore(today, OLDEST_YEARS));
	return [...(isImpossible ? ['CONTRADICTORY'] : []), ...(isNoBirth ? [BORN_AT_NO_TIME] : [])];
}

/**
 * What says that there is a match or a risk counts even if no background check was asked for; so does what nobody can read. That
 * a name is on no list says nothing of a person whose name or date of birth was not read.
 */
function backgroundReasons(
	{ state, reasons, check }: BackgroundCheckReading,
	document: unknown,
	{ includesBackgroundCheck, days }: DocumentParameters,
): string[] {
	if (!includesBackgroundCheck)
		return state === 'missing' && !isEmpty(check) ? [...reasons, 'CONTRADICTORY'] : reasons;
	const fields = documentReading(document, days[0]!)?.fields;
	return [
		...(state === 'missing' ? [BACKGROUND_CHECK_MISSING] : []),
		...reasons,
		...(isName(fields?.fullName ?? '') ? [] : ['NAME_UNKNOWN']),
		...(fields?.dateOfBirth ? [] : ['DATE_OF_BIRTH_UNKNOWN']),
	];
}

/** The document as it goes out: without an age or an expiry in days that nobody can tell. */
function shownDocument(
	document: unknown,
	{ days, hidePersonalData }: DocumentParameters,
): DocumentDetails['document'] {
	const [first, ...others] = days.map((today) => documentReading(document, today)?.fields);
	if (first === undefined) return undefined;
	const { isValid, isExpired } = first;
	if (hidePersonalData) return { isValid, isExpired };
	const agreed = (name: 'age' | 'expiresInDays') =>
		others.every((fields) => fields?.[name] === first[name]) ? first[name] : null;
	return { ...first, age: agreed('age'), expiresInDays: agreed('expiresInDays') };
}
