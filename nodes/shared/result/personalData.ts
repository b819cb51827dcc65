import type { JudgeParameters } from '../service';
import { wordsOf } from './decision';
import type { Issue } from './issues';
import type { TaskResult } from './taskResult';

/** What the user asks of a result that holds personal data. */
export interface PersonalDataParameters extends JudgeParameters {
	/** Nothing in the output that may tell who the person is: no data of the document, no hits, none of the server's words. */
	hidePersonalData: boolean;
}

/** Progeny's and its providers' own words, which may hold personal data, as the parameters allow. */
export const shownWords = (
	result: TaskResult,
	parameters: PersonalDataParameters,
): { issues?: Issue[]; providerData?: unknown } =>
	parameters.hidePersonalData ? {} : wordsOf(result, parameters);
