import type { IDataObject } from 'n8n-workflow';
import {
	ANOTHER_PERSON,
	AUTHENTICATED,
	BACKGROUND_CHECK_TASK,
	FACE_TOO_SMALL,
	LIVE,
	PASSPORT,
	REGISTERED,
	SPOOF,
	type TaskAnswer,
} from '../../unit/documented';
import { tinyJpeg } from './items';

/** An answer about a task, and what the node makes of it. */
interface Judged {
	answer: TaskAnswer;
	output: IDataObject;
}

/** The properties of one node, for the tests that all of them must pass. */
export interface ServiceCase {
	/** Its path under /api/v3 (documented). */
	path: string;
	/** The field that is true for a pass alone. */
	affirmative: string;
	/** The operation of its own. */
	operation: string;
	/** The node's parameters beside those that have a default. */
	inputs: IDataObject;
	/** Values of these that make it another submission. */
	others: IDataObject[];
	/** Photos that it needs beside the one in the binary field `data`, by their binary fields. */
	morePhotos?: Record<string, Buffer>;
	/** The form field of each photo, that of `data` first. */
	files: string[];
	/** True if it accepts `extend_data`. */
	hasProviderData: boolean;
	/** The error of an item without a photo; for a service without photos, without the texts. */
	unsendable: string;
	/** The texts that are sent, by their form fields. */
	fields: Record<string, string>;
	/** The texts that are returned, by their form fields. */
	shown: Record<string, string>;
	/** A good face, as documented. */
	good: Judged;
	/** Another one. */
	bad: Judged;
	/** The output for a task that did not end in time, if the user wants a result. */
	timedOut: IDataObject;
	/** Matches the JSON of an output that says yes, and no other. */
	yes: RegExp;
}

type Own = Pick<ServiceCase, 'path'> &
	Partial<Omit<ServiceCase, 'affirmative' | 'good' | 'bad' | 'timedOut'>> & {
		good: { answer: TaskAnswer; shows: IDataObject };
		bad: { answer: TaskAnswer; reasons: string[]; shows: IDataObject };
		/** Its fields for a task that did not end. */
		unended?: IDataObject;
	};

/** Returns a service, by the properties in which it differs from Face Liveness. */
function service(affirmative: string, { good, bad, unended = {}, ...own }: Own): ServiceCase {
	const output = (decision: string, reasons: string[], shows: IDataObject) => ({
		[affirmative]: decision === 'pass',
		decision,
		reasons,
		...shows,
	});
	return {
		affirmative,
		operation: 'check',
		inputs: {},
		others: [],
		files: ['image'],
		hasProviderData: true,
		unsendable: 'NO_IMAGE',
		fields: {},
		shown: {},
		yes: new RegExp(`"${affirmative}":true|"decision":"pass"`),
		...own,
		good: { answer: good.answer, output: output('pass', [], good.shows) },
		bad: { answer: bad.answer, output: output('fail', bad.reasons, bad.shows) },
		timedOut: output('review', ['TIMED_OUT'], unended),
	};
}

/** The person registered under this UUID (documented). */
export const UUID = REGISTERED.result.data.uuid;

const live = { result: true, score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const tooSmall = { code: 'FACE_TOO_SMALL', message: 'Absolute face size is too small' };

/** The documented document without what depends on the day. */
const UNREAD = 'None-None-None';
const DOCUMENT = { ...PASSPORT.result.data.document, dateOfBirth: UNREAD, dateOfExpiry: UNREAD };
const { firstName, lastName, documentNumber, sex, nationality, age } = DOCUMENT;
const shownDates = { dateOfBirth: null, age, dateOfIssue: null, dateOfExpiry: null, expiresInDays: null };
const shownNames = { fullName: 'JANE DOE', firstName, lastName, documentNumber, sex, nationality };
const document = { isValid: true, isExpired: false, ...shownNames, ...shownDates };
const answer = (data: TaskAnswer['result']['data']): TaskAnswer => ({
	id: 2188,
	status: 'SUCCESS',
	result: { status: 200, data },
});
/** A photo that is sent beside the one in `data`. */
const ANOTHER_PHOTO = tinyJpeg({ width: 999 });
/** The person whose background is checked, if the item has a photo. An item without a photo has no name either. */
const JANE = '={{ $binary.data || $parameter.operation === "getResult" ? "Jane Doe" : "" }}';

/** One row for each node. */
const services = {
	authenticateFace: service('authenticated', {
		path: '/services/authenticate_face/',
		operation: 'authenticate',
		inputs: { uuid: UUID },
		others: [{ uuid: 'aaaaaaaa-b062-11ec-b3b9-0242ac190002' }],
		fields: { uuid: UUID },
		shown: { uuid: UUID },
		good: {
			answer: AUTHENTICATED,
			shows: { authentication: { result: true, matchScore: 20, scorePercent: 100 }, liveness: live },
		},
		bad: {
			answer: ANOTHER_PERSON,
			reasons: ['NOT_MATCHED'],
			shows: { authentication: { result: false, matchScore: 1.25, scorePercent: 6.25 }, liveness: live },
		},
	}),
	registerFace: service('registered', {
		path: '/services/register_face/',
		operation: 'register',
		good: { answer: REGISTERED, shows: { uuid: UUID } },
		bad: {
			answer: FACE_TOO_SMALL,
			reasons: ['FACE_TOO_SMALL', 'NOT_LIVE'],
			shows: {
				advice: 'Come closer to the camera.',
				uuid: null,
				issues: [{ check: 'liveness', ...tooSmall }],
				liveness: { result: false },
			},
		},
		unended: { uuid: null },
		yes: /"registered":true|"decision":"pass"|"uuid":"/,
	}),
	faceLiveness: service('live', {
		path: '/services/face_liveness/',
		good: { answer: LIVE, shows: { liveness: live } },
		bad: {
			answer: SPOOF,
			reasons: ['NOT_LIVE'],
			shows: { liveness: { result: false, score: -3.5, quality: 0.75, probability: 0.0293 } },
		},
	}),
	verifyIdentity: service('verified', {
		path: '/services/kyc_passport/',
		operation: 'verify',
		inputs: { documentType: 'passport', selfieBinaryPropertyName: 'data' },
		others: [{ options: { backgroundCheck: true } }],
		morePhotos: { passport: ANOTHER_PHOTO },
		files: ['selfie_image', 'passport_image'],
		good: {
			answer: answer({ document: DOCUMENT, compare: true, liveness: true }),
			shows: { faceMatch: { result: true }, liveness: { result: true }, document },
		},
		bad: {
			answer: answer({ document: DOCUMENT, compare: false, liveness: true }),
			reasons: ['FACE_NOT_MATCHED'],
			shows: { faceMatch: { result: false }, liveness: { result: true }, document },
		},
	}),
	readDocument: service('valid', {
		path: '/services/ocr_card/',
		operation: 'read',
		inputs: { documentType: 'card', frontBinaryPropertyName: 'data' },
		others: [{ documentType: 'passport', passportBinaryPropertyName: 'data' }],
		morePhotos: { back: ANOTHER_PHOTO },
		files: ['front_id', 'back_id'],
		good: { answer: answer({ document: DOCUMENT }), shows: { document } },
		bad: {
			answer: answer({ document: { ...DOCUMENT, is_valid: false } }),
			reasons: ['DOCUMENT_INVALID'],
			shows: { document: { ...document, isValid: false } },
		},
	}),
	backgroundCheck: service('clear', {
		path: '/services/background_check/',
		inputs: { fullName: JANE, dateOfBirth: '1990-09-04' },
		others: [{ fullName: 'Jane Dow' }, { dateOfBirth: '1990-09-05' }],
		files: [],
		hasProviderData: false,
		unsendable: 'INVALID_NAME',
		fields: { fullname: 'Jane Doe', birth_date: '1990-09-04' },
		good: {
			answer: BACKGROUND_CHECK_TASK,
			shows: {
				backgroundCheck: { potentialMatch: false, riskLevel: 'unknown', totalMatches: 0, hits: [] },
			},
		},
		bad: { answer: answer({ message: 'nothing' }), reasons: ['BACKGROUND_CHECK_MISSING'], shows: {} },
	}),
};

/** The name of a node's type. */
export type NodeName = keyof typeof services;

/** The nodes, by the names of their types. */
export const SERVICES: Record<NodeName, ServiceCase> = services;

/** The same as rows of a table: `describe.each(NODE_ROWS)('%s', (node, service) => ...)`. */
export const NODE_ROWS = Object.entries(SERVICES) as Array<[NodeName, ServiceCase]>;
/** One that leaves a record with Progeny, and one that does not. */
export const SOME_NODES = NODE_ROWS.filter(([node]) => ['registerFace', 'verifyIdentity'].includes(node));
