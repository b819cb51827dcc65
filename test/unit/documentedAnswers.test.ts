import * as documented from './documented';
import { JUDGES, JUDGE_ROWS, type NodeName } from './judges';

const NO_FACES = 'fail AUTHENTICATION_MISSING LIVENESS_MISSING';
const NO_HOLDER = 'fail FACE_MATCH_MISSING LIVENESS_MISSING DOCUMENT_NOT_READ';
/** The decision of each node on an answer without its checks. */
const NOTHING: Record<NodeName, string> = {
	authenticateFace: NO_FACES,
	faceLiveness: 'fail LIVENESS_MISSING',
	registerFace: 'fail UUID_MISSING',
	verifyIdentity: NO_HOLDER,
	readDocument: 'fail DOCUMENT_NOT_READ',
	backgroundCheck: 'fail BACKGROUND_CHECK_MISSING',
};

/** The decision and reasons of every node on each answer, if they are not `NOTHING`. */
const DECIDED: Record<keyof typeof documented.ANSWERS, Partial<Record<NodeName, string>>> = {
	AUTHENTICATED: { authenticateFace: 'pass', faceLiveness: 'pass', verifyIdentity: 'fail DOCUMENT_NOT_READ' },
	LIVE: {
		authenticateFace: 'fail AUTHENTICATION_MISSING',
		faceLiveness: 'pass',
		verifyIdentity: 'fail FACE_MATCH_MISSING DOCUMENT_NOT_READ',
	},
	...Object.fromEntries(
		['FACE_TOO_SMALL', 'FACE_NOT_FOUND'].map((code) => [
			code,
			{
				authenticateFace: `fail ${code} AUTHENTICATION_MISSING NOT_LIVE`,
				faceLiveness: `fail ${code} NOT_LIVE`,
				registerFace: `fail ${code} NOT_LIVE`,
				verifyIdentity: `fail ${code} FACE_MATCH_MISSING NOT_LIVE DOCUMENT_NOT_READ`,
				readDocument: `fail ${code} DOCUMENT_NOT_READ`,
				backgroundCheck: `fail ${code} BACKGROUND_CHECK_MISSING`,
			},
		]),
	),
	REGISTERED: { registerFace: 'pass' },
	PASSPORT: { registerFace: 'fail LIVENESS_MISSING', verifyIdentity: 'pass', readDocument: 'pass' },
	BACKGROUND_CHECK: { backgroundCheck: 'review CONTRADICTORY' },
	BACKGROUND_CHECK_TASK: { backgroundCheck: 'pass' },
	EMPTY_ENVELOPE: {},
	ANOTHER_PERSON: {
		authenticateFace: 'fail NOT_MATCHED',
		// A task of authenticate_face whose match failed is not simply live.
		faceLiveness: 'review CONTRADICTORY',
		verifyIdentity: 'fail FACE_NOT_MATCHED DOCUMENT_NOT_READ',
	},
	SPOOF: {
		authenticateFace: 'fail AUTHENTICATION_MISSING NOT_LIVE',
		faceLiveness: 'fail NOT_LIVE',
		registerFace: 'fail NOT_LIVE',
		verifyIdentity: 'fail FACE_MATCH_MISSING NOT_LIVE DOCUMENT_NOT_READ',
	},
	UNREADABLE_PICTURE: {
		authenticateFace: 'fail FAILED_TO_READ_IMAGE NOT_MATCHED',
		faceLiveness: 'review FAILED_TO_READ_IMAGE CONTRADICTORY',
		registerFace: 'fail FAILED_TO_READ_IMAGE',
		verifyIdentity: 'fail FAILED_TO_READ_IMAGE FACE_NOT_MATCHED DOCUMENT_NOT_READ',
		readDocument: 'fail FAILED_TO_READ_IMAGE DOCUMENT_NOT_READ',
		backgroundCheck: 'fail FAILED_TO_READ_IMAGE BACKGROUND_CHECK_MISSING',
	},
	CRASHED: Object.fromEntries(
		Object.entries(NOTHING).map(([node, nothing]) => [
			node,
			node === 'registerFace' ? 'fail ConnectionError' : nothing.replace('fail', 'fail ConnectionError'),
		]),
	),
	PENDING: {},
};

test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
	const decided = JUDGE_ROWS.map(([node, { judge }]) => {
		const { decision, reasons } = judge(answer);
		return [node, [decision, ...reasons].join(' ')];
	});
	expect(Object.fromEntries(decided)).toEqual({ ...NOTHING, ...DECIDED[name] });
});

test("ignores v2's plain booleans at the top", () => {
	const answer = { liveness: true, authorize: true, authentication: true };
	expect(JUDGES.authenticateFace.judge(answer).decision).toBe('fail');
});
