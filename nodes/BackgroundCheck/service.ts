import { checkedDate } from '../shared/document/dates';
import { checkedName } from '../shared/document/inputName';
import {
	BACKGROUND_CHECK_FIELD,
	backgroundCheckVerdict,
	timedOutBackgroundCheck,
	type BackgroundCheckVerdict,
} from '../shared/result/backgroundCheck';
import { CHECK_OUTPUTS, type Service } from '../shared/service';

/** Progeny's background_check: a name and a date of birth in, possible matches out (documented). */
export const backgroundCheck: Service<BackgroundCheckVerdict> = {
	call({ parameter, timeZone }) {
		return {
			path: '/services/background_check/',
			files: {},
			fields: {
				fullname: checkedName(parameter('fullName')),
				birth_date: checkedDate(parameter('dateOfBirth'), { now: Date.now(), timeZone: timeZone() }),
			},
			shownFields: {},
			judge: backgroundCheckVerdict,
		};
	},
	hasProviderData: false,
	minimums: [],
	unwrappedField: BACKGROUND_CHECK_FIELD,
	timedOut: timedOutBackgroundCheck,
	outputs: CHECK_OUTPUTS,
};
