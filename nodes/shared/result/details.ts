import { abridged } from './abridge';
import type { Issue } from './issues';
import { readCheck, shownData, withNumbers, type TaskResult } from './taskResult';
import type { JudgeParameters } from '../service';
import { codeOf, withoutNumbers } from '../util/quote';
import { withoutUndefined } from '../util/values';

/** A check in the output. Scores are numbers; Progeny's unknown fields are kept. */
export interface CheckOutput {
	result: boolean;
	[field: string]: unknown;
}

/** Progeny's texts and the providers' data in the output. */
export interface ServerDetails {
	/** The texts of Progeny's codes; absent without any. */
	issues?: Issue[];
	/** With Include Provider Data: the task's result as Progeny sent it. */
	providerData?: unknown;
}

/** The details of a face service's answer in the output. */
export type Details<Name extends string = string> = ServerDetails & { [Check in Name]?: CheckOutput };

/** The name of a check in Progeny's answer and in the output, and its numbers. */
interface NamedCheck<Name extends string> {
	readonly name: Name;
	readonly scores: readonly string[];
}

/** Returns Progeny's texts, the checks and the providers' data, as far as the parameters allow. */
export function detailsOf<Name extends string>(
	result: TaskResult,
	kinds: ReadonlyArray<NamedCheck<Name>>,
	parameters: JudgeParameters,
): Details<Name> {
	const checks = kinds.flatMap(({ name, scores }) => {
		const check = readCheck(result.data, name);
		if (check === undefined) return [];
		const shown = parameters.hideScores ? {} : withNumbers(shownData(check.data), check.data, scores);
		return [[name, { result: check.result === true, ...shown }]];
	});
	const { issues, ...others } = serverDetails(result, parameters);
	return {
		...withoutUndefined({ issues }),
		...(Object.fromEntries(checks) as { [Check in Name]?: CheckOutput }),
		...others,
	};
}

/** Returns Progeny's texts and the providers' data, as far as the parameters allow: both may hold personal data. */
export function serverDetails(
	{ issues, raw }: TaskResult,
	{ hidePersonalData, hideScores, includeProviderData }: JudgeParameters,
): ServerDetails {
	if (hidePersonalData) return {};
	return {
		...(issues.length > 0 ? { issues: hideScores ? issues.map(withoutScores) : issues } : {}),
		...(includeProviderData && !hideScores ? { providerData: abridged(raw) } : {}),
	};
}

/** A text in place of a code may hold a score; a code does not. */
function withoutScores({ check, code, message }: Issue): Issue {
	const shown = codeOf(code) === undefined ? withoutNumbers(code) : code;
	return { check, code: shown, message: withoutNumbers(message) };
}
