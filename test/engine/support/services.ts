import type { IDataObject } from 'n8n-workflow';
import {
	ANOTHER_PERSON,
	AUTHENTICATED,
	BACKGROUND_CHECK_TASK,
	FACE_TOO_SMALL,
	LIVE,
	REGISTERED,
	SPOOF,
	type TaskAnswer,
} from '../../unit/documented';
import { tinyJpeg } from './items';

/** An answer about a task, and what the node makes of it. */
interface Judged {
	answer: TaskAnswer;
	finding: IDataObject;
}

/** What tells one node apart from the others, for the tests that all of them must pass. */
export interface Service {
	/** Its path under /api/v3 (documented). */
	path: string;
	/** Its other paths, by its parameters. */
	otherPaths?: string[];
	/** The operation of its own. */
	operation: string;
	/** The node's parameters beside those that have a default. */
	inputs: IDataObject;
	/** Values of these that make it another submission. */
	others: IDataObject[];
	/** Photos that it needs beside the one in the binary field `data`, by their binary fields. */
	morePhotos?: Record<string, Buffer>;
	/** What is sent in the form: the field of each photo, the one of `data` first. */
	files: string[];
	/** Whether it takes `extend_data`. */
	hasProviderData: boolean;
	/** What an item without a photo fails with; of a service without photos, one without the texts. */
	unsendable: string;
	/** The texts that are sent, by their form fields. */
	fields: Record<string, string>;
	/** Those of them that come out again. */
	shown: Record<string, string>;
	/** The task ID of the documented answer to an accepted upload. */
	accepted: string;
	/** The documented answer to an upload that is not accepted (HTTP 400). */
	refused: Record<string, string[]>;
	/** A good face, as documented. */
	good: Judged;
	/** Another one. */
	bad: Judged;
	/** What a task that did not end in time comes to where the user wants a result. */
	timedOut: IDataObject;
	/** What only an output that says yes has in it, as JSON. */
	yes: RegExp;
}

/** The person registered under this UUID (documented). */
export const UUID = REGISTERED.result.data.uuid;

const live = { result: true, score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const tooSmall = { code: 'FACE_TOO_SMALL', message: 'Absolute face size is too small' };

/** A document as the sample has it, without what depends on the day. */
const DOCUMENT = {
	is_valid: true,
	is_expired: false,
	dateOfBirth: 'None-None-None',
	age: 31,
	firstName: 'JANE',
	lastName: 'DOE',
	dateOfIssue: 'None-None-None',
	dateOfExpiry: 'None-None-None',
	documentNumber: 'XX000000',
	sex: 'F',
	nationality: 'UKRAINIAN',
	portrait: 'images/services/ocr_passport/0000000000.jpg',
	portrait_url: 'https://dev.progeny.tech/media/images/services/ocr_passport/0000000000.jpg',
};
const document = {
	isValid: true,
	isExpired: false,
	fullName: 'JANE DOE',
	firstName: 'JANE',
	lastName: 'DOE',
	dateOfBirth: null,
	age: 31,
	dateOfIssue: null,
	dateOfExpiry: null,
	expiresInDays: null,
	documentNumber: 'XX000000',
	sex: 'F',
	nationality: 'UKRAINIAN',
};
const answer = (data: TaskAnswer['result']['data']): TaskAnswer => ({
	id: 2188,
	status: 'SUCCESS',
	result: { status: 200, data },
});
/** A photo that is sent beside the one in `data`. */
const ANOTHER_PHOTO = tinyJpeg({ width: 999 });
/** The person whose background is checked, where the item has a photo: who has none has no name either. */
const JANE = '={{ $binary.data || $parameter.operation === "getResult" ? "Jane Doe" : "" }}';

const NO_FILE = 'No file was submitted.';
const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.';
const REQUIRED = 'This field is required.';

/** One row for each node. */
const services = {
	authenticateFace: {
		path: '/services/authenticate_face/',
		operation: 'authenticate',
		inputs: { uuid: UUID },
		others: [{ uuid: 'aaaaaaaa-b062-11ec-b3b9-0242ac190002' }],
		files: ['image'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: { uuid: UUID },
		shown: { uuid: UUID },
		accepted: 'd48eac86-228e-4933-a01d-279886a9c6b5',
		refused: { image: [NOT_A_FILE], uuid: [REQUIRED] },
		good: {
			answer: AUTHENTICATED,
			finding: {
				authenticated: true,
				decision: 'pass',
				reasons: [],
				authentication: { result: true, matchScore: 20, scorePercent: 100 },
				liveness: live,
			},
		},
		bad: {
			answer: ANOTHER_PERSON,
			finding: {
				authenticated: false,
				decision: 'fail',
				reasons: ['NOT_MATCHED'],
				authentication: { result: false, matchScore: 1.25, scorePercent: 6.25 },
				liveness: live,
			},
		},
		timedOut: { authenticated: false, decision: 'review', reasons: ['TIMED_OUT'] },
		yes: /"authenticated":true|"decision":"pass"/,
	},
	registerFace: {
		path: '/services/register_face/',
		operation: 'register',
		inputs: {},
		others: [],
		files: ['image'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: {},
		shown: {},
		accepted: '58bf8a18-b10b-409d-91d6-fdd358408dff',
		refused: { image: [NOT_A_FILE] },
		good: { answer: REGISTERED, finding: { registered: true, decision: 'pass', reasons: [], uuid: UUID } },
		bad: {
			answer: FACE_TOO_SMALL,
			finding: {
				registered: false,
				decision: 'fail',
				reasons: ['FACE_TOO_SMALL', 'NOT_LIVE'],
				advice: 'Come closer to the camera.',
				uuid: null,
				issues: [{ check: 'liveness', ...tooSmall }],
				liveness: { result: false },
			},
		},
		timedOut: { registered: false, decision: 'review', reasons: ['TIMED_OUT'], uuid: null },
		yes: /"registered":true|"decision":"pass"|"uuid":"/,
	},
	faceLiveness: {
		path: '/services/face_liveness/',
		operation: 'check',
		inputs: {},
		others: [],
		files: ['image'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: {},
		shown: {},
		accepted: 'f22a63b1-7d05-4bf1-9633-a623a2799c22',
		refused: { image: [NO_FILE] },
		good: { answer: LIVE, finding: { live: true, decision: 'pass', reasons: [], liveness: live } },
		bad: {
			answer: SPOOF,
			finding: {
				live: false,
				decision: 'fail',
				reasons: ['NOT_LIVE'],
				liveness: { result: false, score: -3.5, quality: 0.75, probability: 0.0293 },
			},
		},
		timedOut: { live: false, decision: 'review', reasons: ['TIMED_OUT'] },
		yes: /"live":true|"decision":"pass"/,
	},
	verifyIdentity: {
		path: '/services/kyc_passport/',
		otherPaths: [
			'/services/kyc_card/',
			'/services/kyc_passport_with_background_check/',
			'/services/kyc_card_with_background_check/',
		],
		operation: 'verify',
		inputs: { documentType: 'passport', selfieBinaryPropertyName: 'data' },
		others: [{ options: { backgroundCheck: true } }],
		morePhotos: { passport: ANOTHER_PHOTO },
		files: ['selfie_image', 'passport_image'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: {},
		shown: {},
		accepted: 'efe46711-b1d8-43f1-9d02-7a54c43b79a2',
		refused: { selfie_image: [NO_FILE], passport_image: [NO_FILE] },
		good: {
			answer: answer({ document: DOCUMENT, compare: true, liveness: true }),
			finding: {
				verified: true,
				decision: 'pass',
				reasons: [],
				faceMatch: { result: true },
				liveness: { result: true },
				document,
			},
		},
		bad: {
			answer: answer({ document: DOCUMENT, compare: false, liveness: true }),
			finding: {
				verified: false,
				decision: 'fail',
				reasons: ['FACE_NOT_MATCHED'],
				faceMatch: { result: false },
				liveness: { result: true },
				document,
			},
		},
		timedOut: { verified: false, decision: 'review', reasons: ['TIMED_OUT'] },
		yes: /"verified":true|"decision":"pass"/,
	},
	readDocument: {
		path: '/services/ocr_card/',
		otherPaths: ['/services/ocr_passport/'],
		operation: 'read',
		inputs: { documentType: 'card', frontBinaryPropertyName: 'data' },
		others: [{ documentType: 'passport', passportBinaryPropertyName: 'data' }],
		morePhotos: { back: ANOTHER_PHOTO },
		files: ['front_id', 'back_id'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: {},
		shown: {},
		accepted: '08bcb59c-c01c-42b9-b666-44df639cff78',
		refused: {
			// `selfie_image` is not one of its fields, but is in the sample.
			selfie_image: [NO_FILE],
			front_id: [NO_FILE],
			back_id: [NO_FILE],
			extend_data: [REQUIRED],
		},
		good: {
			answer: answer({ document: DOCUMENT }),
			finding: { valid: true, decision: 'pass', reasons: [], document },
		},
		bad: {
			answer: answer({ document: { ...DOCUMENT, is_valid: false } }),
			finding: {
				valid: false,
				decision: 'fail',
				reasons: ['DOCUMENT_INVALID'],
				document: { ...document, isValid: false },
			},
		},
		timedOut: { valid: false, decision: 'review', reasons: ['TIMED_OUT'] },
		yes: /"valid":true|"decision":"pass"/,
	},
	backgroundCheck: {
		path: '/services/background_check/',
		operation: 'check',
		inputs: { fullName: JANE, dateOfBirth: '1990-09-04' },
		others: [{ fullName: 'Jane Dow' }, { dateOfBirth: '1990-09-05' }],
		files: [],
		hasProviderData: false,
		unsendable: 'INVALID_NAME',
		fields: { fullname: 'Jane Doe', birth_date: '1990-09-04' },
		shown: {},
		accepted: 'efe46711-b1d8-43f1-9d02-7a54c43b79a2',
		refused: { fullname: [REQUIRED], birth_date: [REQUIRED] },
		good: {
			answer: BACKGROUND_CHECK_TASK,
			finding: {
				clear: true,
				decision: 'pass',
				reasons: [],
				backgroundCheck: { potentialMatch: false, riskLevel: 'unknown', totalMatches: 0, hits: [] },
			},
		},
		bad: {
			answer: answer({ message: 'nothing' }),
			finding: { clear: false, decision: 'fail', reasons: ['BACKGROUND_CHECK_MISSING'] },
		},
		timedOut: { clear: false, decision: 'review', reasons: ['TIMED_OUT'] },
		yes: /"clear":true|"decision":"pass"/,
	},
} satisfies Record<string, Service>;

/** The name of a node's type. */
export type NodeName = keyof typeof services;

/** The nodes, by the names of their types. */
export const SERVICES: Record<NodeName, Service> = services;

/** The same as rows of a table: `describe.each(NODES)('%s', (node, service) => ...)`. */
export const NODES = Object.entries(SERVICES) as Array<[NodeName, Service]>;
/** Those that send photos. */
export const PHOTO_NODES = NODES.filter(([, { files }]) => files.length > 0);
/** One that leaves a record with Progeny, and one that does not. */
export const SOME_NODES = NODES.filter(([node]) => ['registerFace', 'verifyIdentity'].includes(node));
