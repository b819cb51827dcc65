import { checkedDate } from '../shared/document/dates';
import { checkedName } from '../shared/document/inputName';
import {
	BACKGROUND_CHECK_FIELD,
	decideBackgroundCheck,
	type BackgroundCheckDetails,
} from '../shared/result/backgroundCheck';
import { CHECK_OUTPUTS, type DecisionResult, type Service } from '../shared/service';

/** The result of Background Check. */
export interface BackgroundCheckResult extends DecisionResult, BackgroundCheckDetails {
	/** True exactly if `decision` is `pass`. */
	clear: boolean;
}

/** Progeny's background_check: looks for a name and a date of birth on lists (documented). */
export const backgroundCheck: Service = {
	call: ({ parameter, timeZone }) => ({
		path: '/services/background_check/',
		files: {},
		fields: {
			fullname: checkedName(parameter('fullName')),
			birth_date: checkedDate(parameter('dateOfBirth'), { now: Date.now(), timeZone: timeZone() }),
		},
		judge: decideBackgroundCheck,
	}),
	affirmative: 'clear',
	hasProviderData: false,
	unwrappedField: BACKGROUND_CHECK_FIELD,
	outputs: CHECK_OUTPUTS,
};
