import type { JudgeParameters } from '../service';
import { checkFailReasons, LIVENESS } from './decision';
import type { CheckOutput } from './details';
import { readCheck, shownData, withNumbers, type Check } from './taskResult';
import { own } from '../util/values';

/** A check of a document's holder. */
export interface HolderCheck {
	/** Its name in the output. */
	readonly name: 'faceMatch' | 'liveness';
	/** Its names in Progeny's answer. A `false` under any of them counts. */
	readonly fields: readonly string[];
	readonly failed: string;
	readonly missing: string;
	/** Its numbers, if Progeny returns any. */
	readonly scores: readonly string[];
}

/**
 * The checks that a holder must pass. Their names are documented for a passport (`compare`, `liveness`) and for a comparison
 * with a registered face (`authentication`), and inferred for other documents.
 */
export const HOLDER_CHECKS: readonly HolderCheck[] = [
	{
		name: 'faceMatch',
		fields: ['compare', 'authentication'],
		failed: 'FACE_NOT_MATCHED',
		missing: 'FACE_MATCH_MISSING',
		scores: ['matchScore', 'scorePercent'],
	},
	{
		name: 'liveness',
		fields: [LIVENESS.name],
		failed: LIVENESS.failed,
		missing: LIVENESS.missing,
		scores: LIVENESS.scores,
	},
];

/** Returns a reason for each check that the holder did not pass. */
export function holderFailReasons(data: Record<string, unknown>, checks: readonly HolderCheck[]): string[] {
	return checks.flatMap((check) => checkFailReasons(check, worstOf(data, check.fields)));
}

/** Returns the checks for the output; a check is absent if Progeny returned none. Hide Personal Data omits unknown fields. */
export function holderOutput(
	data: Record<string, unknown>,
	checks: readonly HolderCheck[],
	{ hideScores, hidePersonalData }: JudgeParameters,
): { [Name in HolderCheck['name']]?: CheckOutput } {
	const outputs = checks.flatMap(({ name, fields, scores }) => {
		const check = worstOf(data, fields);
		if (check === undefined) return [];
		const details = hidePersonalData ? {} : shownData(check.data);
		const numbers = withNumbers(details, check.data, scores);
		return [[name, { result: check.result === true, ...(hideScores ? {} : numbers) }]];
	});
	return Object.fromEntries(outputs) as ReturnType<typeof holderOutput>;
}

/** Returns the check under the first of its names that is `false`, else `true`, else present. */
function worstOf(data: Record<string, unknown>, fields: readonly string[]): Check | undefined {
	const checks = fields.flatMap((field) => readHolderCheck(data, field) ?? []);
	const withResult = (wanted: boolean) => checks.find(({ result }) => result === wanted);
	return withResult(false) ?? withResult(true) ?? checks[0];
}

/** The check is a bare boolean (documented for a passport), or an object as in the face services. */
function readHolderCheck(data: Record<string, unknown>, field: string): Check | undefined {
	const value = own(data, field);
	return typeof value === 'boolean' ? { result: value, data: {} } : readCheck(data, field);
}
