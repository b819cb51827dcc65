import type { DecisionResult, JudgeParameters } from '../service';
import {
	BACKGROUND_CHECK_MISSING,
	backgroundCheckOutput,
	readBackgroundCheck,
	type BackgroundCheckOutput,
	type BackgroundCheckReading,
} from './backgroundCheck';
import { decisionOn } from './decision';
import { serverDetails, type CheckOutput, type ServerDetails } from './details';
import { dayAfter, earliestBirth } from '../document/dates';
import { isName } from '../document/inputName';
import { isEmpty, partsAt } from './contradictions';
import { documentReading, type DocumentFields } from './documentFields';
import { unmetExpectations, type Expectations } from './expectations';
import { HOLDER_CHECKS, holderFailReasons, holderOutput, type HolderCheck } from './holder';
import { readTaskResult } from './taskResult';
import { own, withoutUndefined } from '../util/values';

/** A date of birth in the future, or too long ago for a living person. */
const IMPOSSIBLE_BIRTH = 'IMPOSSIBLE_BIRTH';

/** The user's requirements for a document. */
export interface DocumentParameters extends JudgeParameters, Expectations {
	/** Today in the workflow's time zone, yyyy-mm-dd. Several days if today is uncertain: a reason must hold on all of them. */
	days: readonly string[];
	/** True if a pass requires a clear background check. */
	includesBackgroundCheck: boolean;
}

/** The details of a document's answer in the output. */
export interface DocumentDetails extends ServerDetails {
	/** True if the selfie shows the person in the document. */
	faceMatch?: CheckOutput;
	liveness?: CheckOutput;
	/** Absent if Progeny returned none. With Hide Personal Data only `isValid` and `isExpired`. */
	document?: Pick<DocumentFields, 'isValid' | 'isExpired'> & Partial<DocumentFields>;
	backgroundCheck?: BackgroundCheckOutput;
}

/**
 * Decides on a finished task about a document. `checks`: what must be true of the person who holds it; none if only the document is
 * judged. Never throws.
 */
export function decideDocument(
	task: Record<string, unknown>,
	checks: readonly HolderCheck[],
	parameters: DocumentParameters,
): DecisionResult & DocumentDetails {
	const result = readTaskResult(task, parameters);
	const { data } = result;
	const document = own(data, 'document');
	const documents = partsAt(result.levels, 'document');
	const background = readBackgroundCheck(result.levels);
	const reasons = [
		...holderFailReasons(data, checks),
		...[document, ...documents].flatMap((each) => documentReasons(each, parameters)),
		...(documents.some((each) => isAnother(document, each, parameters)) ? ['CONTRADICTORY'] : []),
		...backgroundReasons(background, document, parameters),
	];
	const failReasons = reasons.filter((reason) => FAIL_REASONS.has(reason));
	return {
		...decisionOn(result, failReasons, [...reasons, ...parameters.reviewReasons]),
		...holderOutput(data, checks, parameters),
		...withoutUndefined({ document: shownDocument(document, parameters) }),
		...backgroundCheckOutput(background, parameters),
		...serverDetails(result, parameters),
	};
}

/** The reasons for a fail; all others make a review. */
const FAIL_REASONS: ReadonlySet<string> = new Set([
	...HOLDER_CHECKS.flatMap(({ failed, missing }) => [failed, missing]),
	...['DOCUMENT_NOT_READ', 'DOCUMENT_INVALID', 'DOCUMENT_EXPIRED', 'UNDER_AGE', BACKGROUND_CHECK_MISSING],
]);

/** Replaces a reason that does not hold on each possible today. All reasons but these and the expiry are independent of the day. */
const UNKNOWN_TODAY: Readonly<Record<string, string>> = {
	UNDER_AGE: 'AGE_UNKNOWN',
	AGE_UNKNOWN: 'AGE_UNKNOWN',
	[IMPOSSIBLE_BIRTH]: 'AGE_UNKNOWN',
};

/** Returns the reasons against a document. */
function documentReasons(document: unknown, parameters: DocumentParameters): string[] {
	const found = parameters.days.map((today) => reasonsOn(today, document, parameters));
	const reasons = [...new Set(found.flat())].map((reason) =>
		found.every((each) => each.includes(reason)) ? reason : (UNKNOWN_TODAY[reason] ?? 'EXPIRY_UNKNOWN'),
	);
	return reasons.map((reason) => (reason === IMPOSSIBLE_BIRTH ? 'CONTRADICTORY' : reason));
}

/** True if another level of the answer holds another person's document. */
function isAnother(document: unknown, other: unknown, { days }: DocumentParameters): boolean {
	const [one, two] = [document, other].map((each) => documentReading(each, days[0]!)?.fields);
	return (['fullName', 'dateOfBirth', 'documentNumber'] as const).some(
		(name) => one?.[name] && two?.[name] && one[name] !== two[name],
	);
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

/** Returns reasons for dates that contradict each other or today. */
function impossibleDates(fields: DocumentFields, today: string): string[] {
	const { isExpired, dateOfBirth: born, dateOfIssue: issued, dateOfExpiry: expiry } = fields;
	const isBefore = (one: string | null, other: string | null) =>
		one !== null && other !== null && one < other;
	const isImpossible =
		(isExpired === false && isBefore(expiry, today)) ||
		isBefore(issued, born) ||
		isBefore(expiry, issued) ||
		isBefore(dayAfter(today, 1), issued);
	const isImpossibleBirth = isBefore(today, born) || isBefore(born, earliestBirth(today));
	return [...(isImpossible ? ['CONTRADICTORY'] : []), ...(isImpossibleBirth ? [IMPOSSIBLE_BIRTH] : [])];
}

/**
 * A match, a risk or an unreadable background check counts even if none was requested. A clear one proves nothing if the
 * person's name or date of birth was not read.
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

/** Returns the document for the output. Omits an age and an expiry in days that differ between the possible days. */
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
