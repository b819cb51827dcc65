import {
	DOCUMENT_FILES,
	readDocumentType,
	readExpectations,
	daysOf,
} from '../shared/item/documentProperties';
import { documentVerdict, timedOutDocument, type DocumentVerdict } from '../shared/result/document';
import { CHECK_OUTPUTS, type Service } from '../shared/service';

/** Progeny's ocr_passport and ocr_card: a document in, what it says out (documented). They do not check who holds it. */
export const readDocument: Service<DocumentVerdict> = {
	call(values) {
		const documentType = readDocumentType(values);
		const expected = readExpectations(values);
		return {
			path: `/services/ocr_${documentType}/`,
			files: DOCUMENT_FILES[documentType],
			fields: {},
			shownFields: {},
			judge: (task, parameters) =>
				documentVerdict(task, {
					...parameters,
					...expected,
					days: daysOf(values, parameters.now),
					includesBackgroundCheck: false,
				}),
		};
	},
	hasProviderData: true,
	minimums: [],
	timedOut: timedOutDocument,
	outputs: CHECK_OUTPUTS,
};
