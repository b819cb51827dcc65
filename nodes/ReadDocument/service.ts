import {
	daysOf,
	DOCUMENT_FILES,
	readDocumentType,
	readExpectations,
} from '../shared/item/documentProperties';
import { decideDocument, type DocumentDetails } from '../shared/result/document';
import { CHECK_OUTPUTS, type DecisionResult, type Service } from '../shared/service';

/** The result of Read Document. It says nothing about who holds the document. */
export interface ReadDocumentResult extends DecisionResult, DocumentDetails {
	/** True exactly if `decision` is `pass`. */
	valid: boolean;
}

/** Progeny's ocr_passport and ocr_card: read a document (documented). They do not check who holds it. */
export const readDocument: Service = {
	call(values) {
		const documentType = readDocumentType(values);
		const expected = readExpectations(values);
		return {
			path: `/services/ocr_${documentType}/`,
			files: DOCUMENT_FILES[documentType],
			judge: (task, parameters) =>
				decideDocument(task, [], {
					...parameters,
					...expected,
					days: daysOf(values, parameters.now),
					includesBackgroundCheck: false,
				}),
		};
	},
	affirmative: 'valid',
	hasProviderData: true,
	outputs: CHECK_OUTPUTS,
};
