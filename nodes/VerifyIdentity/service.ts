import {
	daysOf,
	DOCUMENT_FILES,
	readDocumentType,
	readExpectations,
	selfieProperty,
} from '../shared/item/documentProperties';
import { isSafeguardOn } from '../shared/item/parameters';
import { decideDocument, type DocumentDetails } from '../shared/result/document';
import { HOLDER_CHECKS } from '../shared/result/holder';
import { CHECK_OUTPUTS, type DecisionResult, type Service } from '../shared/service';

/** The result of Verify Identity. */
export interface VerifyIdentityResult extends DecisionResult, DocumentDetails {
	/** True exactly if `decision` is `pass`. */
	verified: boolean;
}

/**
 * Progeny's kyc_passport and kyc_card: read a document, compare its photo with a selfie and check the selfie's liveness
 * (documented). Their paths with a background check are inferred from the documentation's menu.
 */
export const verifyIdentity: Service = {
	call(values) {
		const documentType = readDocumentType(values);
		const includesBackgroundCheck = isSafeguardOn(values.option('backgroundCheck'));
		const expected = readExpectations(values);
		return {
			path: `/services/kyc_${documentType}${includesBackgroundCheck ? '_with_background_check' : ''}/`,
			isUndocumented: includesBackgroundCheck,
			files: { selfie_image: selfieProperty, ...DOCUMENT_FILES[documentType] },
			judge: (task, parameters) =>
				decideDocument(task, HOLDER_CHECKS, {
					...parameters,
					...expected,
					days: daysOf(values, parameters.now),
					includesBackgroundCheck,
				}),
		};
	},
	affirmative: 'verified',
	hasProviderData: true,
	outputs: CHECK_OUTPUTS,
};
