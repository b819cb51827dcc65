import type { JudgeParameters } from '../service';
import { wordsOf } from './decision';
import type { Issue } from './issues';
import type { TaskResult } from './taskResult';

/** Progeny's and its providers' own words, which may hold personal data, as the parameters allow. */
export const shownWords = (
	result: TaskResult,
	parameters: JudgeParameters,
): { issues?: Issue[]; providerData?: unknown } =>
	parameters.hidePersonalData ? {} : wordsOf(result, parameters);
