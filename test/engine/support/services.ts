import type { IDataObject } from 'n8n-workflow';
import {
	ANOTHER_PERSON,
	AUTHENTICATED,
	FACE_TOO_SMALL,
	LIVE,
	REGISTERED,
	SPOOF,
	type TaskAnswer,
} from '../../unit/documented';
import type { NodeName } from './engine';

/** An answer about a task, and what the node makes of it. */
interface Judged {
	answer: TaskAnswer;
	finding: IDataObject;
}

/** What tells one node apart from the others, for the tests that all of them must pass. */
export interface Service {
	/** Its path under /api/v3 (documented). */
	path: string;
	/** The operation of its own. */
	operation: string;
	/** What is sent beside the photo: parameters and form fields of these names. It comes out again. */
	texts: Record<string, string>;
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

/** The nodes, by the names of their types. */
export const SERVICES: Record<NodeName, Service> = {
	authenticateFace: {
		path: '/services/authenticate_face/',
		operation: 'authenticate',
		texts: { uuid: UUID },
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
		texts: {},
		good: { answer: REGISTERED, finding: { registered: true, decision: 'pass', reasons: [], uuid: UUID } },
		bad: {
			answer: FACE_TOO_SMALL,
			finding: {
				registered: false,
				decision: 'fail',
				reasons: ['FACE_TOO_SMALL', 'NOT_LIVE'],
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
		texts: {},
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
};

/** The same as rows of a table: `describe.each(NODES)('%s', (node, service) => ...)`. */
export const NODES = Object.entries(SERVICES) as Array<[NodeName, Service]>;
