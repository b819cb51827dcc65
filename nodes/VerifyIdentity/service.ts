import { isSafeguardOn } from '../shared/item/parameters';
import {
	DOCUMENT_FILES,
	readDocumentType,
	readExpectations,
	daysOf,
} from '../shared/item/documentProperties';
import { selfieProperty } from '../shared/item/documentProperties';
import { holderVerdict, timedOutHolder, type HolderVerdict } from '../shared/result/document';
import { CHECK_OUTPUTS, type Service } from '../shared/service';

/**
 * Progeny's kyc_passport and kyc_card: a selfie and a document in; liveness, a face comparison and what the document says out
 * (documented). With a background check their paths are inferred from the documentation's menu.
 */
export const verifyIdentity: Service<HolderVerdict> = {
	call(values) {
		const documentType = readDocumentType(values);
		const includesBackgroundCheck = isSafeguardOn(values.option('backgroundCheck'));
		const expected = readExpectations(values);
		return {
			path: `/services/kyc_${documentType}${includesBackgroundCheck ? '_with_background_check' : ''}/`,
			isUndocumented: includesBackgroundCheck,
			files: { selfie_image: selfieProperty, ...DOCUMENT_FILES[documentType] },
			fields: {},
			shownFields: {},
			judge: (task, parameters) =>
				holderVerdict(task, {
					...parameters,
					...expected,
					days: daysOf(values, parameters.now),
					includesBackgroundCheck,
				}),
		};
	},
	hasProviderData: true,
	minimums: [],
	timedOut: timedOutHolder,
	outputs: CHECK_OUTPUTS,
};
