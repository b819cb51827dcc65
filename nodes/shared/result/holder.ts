import type { JudgeParameters } from '../service';
import { checkFailReasons, LIVENESS } from './decision';
import type { CheckOutput } from './details';
import { readCheck, shownData, withNumbers, type Check } from './taskResult';
import { own } from '../util/values';

/** A check of the person who holds a document. */
export interface HolderCheck {
	/** Its name in the output. */
	readonly name: 'faceMatch' | 'liveness';
	/** Its names in Progeny's answer: a `false` of any of them counts. */
	readonly fields: readonly string[];
	readonly failed: string;
	readonly missing: string;
	/** Its numbers, where Progeny gives any. */
	readonly scores: readonly string[];
}

/**
 * What has to be true of the holder. The names are documented for a passport (`compare`, `liveness`), and for a comparison with a
 * registered face (`authentication`); inferred for any other document.
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

/** Why the holder is not who the document says: one reason for each check that did not pass. */
export function holderFailures(data: Record<string, unknown>, checks: readonly HolderCheck[]): string[] {
	return checks.flatMap((check) => checkFailReasons(check, worstOf(data, check.fields)));
}

/** The checks as they go out; one is absent where Progeny gave none. With Hide Personal Data they have no fields that are unknown. */
export function holderOutput(
	data: Record<string, unknown>,
	checks: readonly HolderCheck[],
	{ hideScores, hidePersonalData }: JudgeParameters,
): { [Name in HolderCheck['name']]?: CheckOutput } {
	const outputs = checks.flatMap(({ name, fields, scores }) => {
		const check = worstOf(data, fields);
		if (check === undefined) return [];
		const details = hidePersonalData ? {} : shownData(check.data);
		const numbers = withNumbers({ ...details, ...numbersOf(check.data, scores) }, scores);
		return [[name, { result: check.result === true, ...(hideScores ? {} : numbers) }]];
	});
	return Object.fromEntries(outputs) as ReturnType<typeof holderOutput>;
}

const numbersOf = (data: Record<string, unknown>, names: readonly string[]) =>
	Object.fromEntries(names.map((name) => [name, own(data, name)]));

/** Of a check's fields in the answer, the one that is `false`, else one that is `true`, else any. */
function worstOf(data: Record<string, unknown>, fields: readonly string[]): Check | undefined {
	const checks = fields.flatMap((field) => readHolderCheck(data, field) ?? []);
	const withResult = (wanted: boolean) => checks.find(({ result }) => result === wanted);
	return withResult(false) ?? withResult(true) ?? checks[0];
}

/** A check of the holder is a bare boolean (documented for a passport), or an object as in the face services. */
function readHolderCheck(data: Record<string, unknown>, field: string): Check | undefined {
	const value = own(data, field);
	return typeof value === 'boolean' ? { result: value, data: {} } : readCheck(data, field);
}
