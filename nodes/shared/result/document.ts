import type { DecisionResult, JudgeParameters } from '../service';
import {
	BACKGROUND_CHECK_MISSING,
	backgroundCheckOutput,
	readBackgroundCheck,
	type BackgroundCheckOutput,
	type BackgroundCheckReading,
} from './backgroundCheck';
import { decisionOn, timedOutDecision, type CheckOutput } from './decision';
import { fieldsOfDocument, type DocumentFields, type DocumentReading } from './documentFields';
import { objectionsOf, type Expectations, type Objections } from './expectations';
import { HOLDER_CHECKS, holderFailures, holderOutput, type HolderCheck } from './holder';
import type { Issue } from './issues';
import { shownWords } from './personalData';
import { readTaskResult } from './taskResult';

/** What the user asks of a document. */
export interface DocumentParameters extends JudgeParameters, Expectations {
	/** The day in the workflow's time zone, yyyy-mm-dd. */
	today: string;
	/** Whether a pass needs a background check that is clear. */
	includesBackgroundCheck: boolean;
}

/** What goes out of a document's answer beside the outcome. */
export interface DocumentDetails {
	/** Whether the selfie shows the person in the document. */
	faceMatch?: CheckOutput;
	liveness?: CheckOutput;
	/** Absent where Progeny gave none. With Hide Personal Data only `isValid` and `isExpired`. */
	document?: Pick<DocumentFields, 'isValid' | 'isExpired'> & Partial<DocumentFields>;
	backgroundCheck?: BackgroundCheckOutput;
	/** The texts of Progeny's codes; absent when there is none. */
	issues?: Issue[];
	/** With Include Provider Data: the task's result as Progeny sent it. */
	providerData?: unknown;
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
	const result = readTaskResult(task);
	const { data } = result;
	const reading = fieldsOfDocument(data, parameters.today);
	const background = readBackgroundCheck(task, data);
	const against = [
		documentObjections(reading, parameters),
		backgroundObjections(background, parameters.includesBackgroundCheck),
	];
	const failures = [...holderFailures(data, checks), ...against.flatMap((each) => each.failures)];
	const doubts = [...against.flatMap((each) => each.doubts), ...parameters.doubts];
	return {
		...decisionOn(result, failures, doubts),
		...holderOutput(data, checks, parameters),
		...(reading === undefined ? {} : { document: shownFields(reading.fields, parameters) }),
		...backgroundCheckOutput(background, parameters),
		...shownWords(result, parameters),
	};
}

function documentObjections(
	reading: DocumentReading | undefined,
	parameters: DocumentParameters,
): Objections {
	if (reading === undefined || reading.fields.isValid === null)
		return { failures: ['DOCUMENT_NOT_READ'], doubts: [] };
	const { isValid, isExpired, dateOfBirth, expiresInDays } = reading.fields;
	// NaN, which an unusable `today` makes of it, counts as expired.
	const hasExpired = expiresInDays !== null && !(expiresInDays >= 0);
	const isUnborn = dateOfBirth !== null && dateOfBirth > parameters.today;
	const expected = objectionsOf(reading, parameters);
	return {
		failures: [
			...(isValid ? [] : ['DOCUMENT_INVALID']),
			...(isExpired === true ? ['DOCUMENT_EXPIRED'] : []),
			...expected.failures,
		],
		doubts: [
			...((isExpired === false && hasExpired) || isUnborn ? ['CONTRADICTORY'] : []),
			...(isExpired === null ? ['EXPIRY_UNKNOWN'] : []),
			...expected.doubts,
		],
	};
}

/** What says that there is a match or a risk counts even where no background check was asked for. */
function backgroundObjections({ state, reasons }: BackgroundCheckReading, isAskedFor: boolean): Objections {
	return { failures: state === 'missing' && isAskedFor ? [BACKGROUND_CHECK_MISSING] : [], doubts: reasons };
}

function shownFields(
	fields: DocumentFields,
	{ hidePersonalData }: DocumentParameters,
): NonNullable<DocumentDetails['document']> {
	const { isValid, isExpired } = fields;
	return hidePersonalData ? { isValid, isExpired } : fields;
}
