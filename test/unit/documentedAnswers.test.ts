import { timedOutVerdict, verdict, type Verdict } from '../../nodes/AuthenticateFace/verdict';
import {
	livenessVerdict,
	timedOutLiveness,
	type LivenessVerdict,
} from '../../nodes/FaceLiveness/livenessVerdict';
import { registration, timedOutRegistration, type Registration } from '../../nodes/RegisterFace/registration';
import type { Issue } from '../../nodes/shared/result/issues';
import * as documented from './documented';
import { PLAIN } from './judges';
import { expected as decided } from './oracle';

type Name = keyof typeof documented.ANSWERS;

const LIVE = { result: true, score: 2.5943651, quality: 0.8175214, probability: 0.930498 };
const SPOOF = { result: false, score: -3.5, quality: 0.75, probability: 0.0293 };
const GOOD_PICTURE = { result: true, score: 2.5, quality: 0.75, probability: 0.92 };
const TOO_SMALL: Issue = {
	check: 'liveness',
	code: 'FACE_TOO_SMALL',
	message: 'Absolute face size is too small',
};
const NOT_FOUND: Issue = { check: 'liveness', code: 'FACE_NOT_FOUND', message: 'Failed to detect face' };
const UNREADABLE: Issue = {
	check: 'authentication',
	code: 'FAILED_TO_READ_IMAGE',
	message: 'Failed to read image',
};

describe('authenticate_face', () => {
	const fail = (...reasons: string[]): Verdict => ({ authenticated: false, decision: 'fail', reasons });
	const nothing = fail('AUTHENTICATION_MISSING', 'LIVENESS_MISSING');
	const expected: Record<Name, Verdict> = {
		AUTHENTICATED: {
			authenticated: true,
			decision: 'pass',
			reasons: [],
			authentication: { result: true, matchScore: 20, scorePercent: 100 },
			liveness: LIVE,
		},
		LIVE: { ...fail('AUTHENTICATION_MISSING'), liveness: LIVE },
		FACE_TOO_SMALL: {
			...fail('FACE_TOO_SMALL', 'AUTHENTICATION_MISSING', 'NOT_LIVE'),
			advice: 'Come closer to the camera.',
			issues: [TOO_SMALL],
			liveness: { result: false },
		},
		FACE_NOT_FOUND: {
			...fail('FACE_NOT_FOUND', 'AUTHENTICATION_MISSING', 'NOT_LIVE'),
			advice: 'No face was found. Show your whole face.',
			issues: [NOT_FOUND],
			liveness: { result: false },
		},
		ANOTHER_PERSON: {
			...fail('NOT_MATCHED'),
			authentication: { result: false, matchScore: 1.25, scorePercent: 6.25 },
			liveness: LIVE,
		},
		SPOOF: { ...fail('AUTHENTICATION_MISSING', 'NOT_LIVE'), liveness: SPOOF },
		UNREADABLE_PICTURE: {
			...fail('FAILED_TO_READ_IMAGE', 'NOT_MATCHED'),
			issues: [UNREADABLE],
			authentication: { result: false },
			liveness: GOOD_PICTURE,
		},
		REGISTERED: nothing,
		PASSPORT: nothing,
		BACKGROUND_CHECK: nothing,
		BACKGROUND_CHECK_TASK: nothing,
		EMPTY_ENVELOPE: nothing,
		CRASHED: nothing,
		PENDING: nothing,
	};
	test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
		expect(verdict(answer, PLAIN)).toStrictEqual(expected[name]);
		expect(decided('authenticateFace', answer, PLAIN).decision).toBe(expected[name].decision);
	});

	test("v2's plain booleans at the top are no verdict", () => {
		expect(verdict({ liveness: true, authorize: true, authentication: true }, PLAIN).decision).toBe('fail');
	});

	test('a task that did not end in time is a review without checks', () => {
		expect(timedOutVerdict()).toStrictEqual({
			authenticated: false,
			decision: 'review',
			reasons: ['TIMED_OUT'],
		});
	});
});

describe('face_liveness', () => {
	const fail = (...reasons: string[]): LivenessVerdict => ({ live: false, decision: 'fail', reasons });
	const review = (...reasons: string[]): LivenessVerdict => ({ live: false, decision: 'review', reasons });
	const live: LivenessVerdict = { live: true, decision: 'pass', reasons: [], liveness: LIVE };
	const missing = fail('LIVENESS_MISSING');
	const expected: Record<Name, LivenessVerdict> = {
		LIVE: live,
		AUTHENTICATED: live,
		// A task of authenticate_face whose match failed is not simply live.
		ANOTHER_PERSON: { ...review('CONTRADICTORY'), liveness: LIVE },
		UNREADABLE_PICTURE: {
			...review('FAILED_TO_READ_IMAGE', 'CONTRADICTORY'),
			issues: [UNREADABLE],
			liveness: GOOD_PICTURE,
		},
		FACE_TOO_SMALL: {
			...fail('FACE_TOO_SMALL', 'NOT_LIVE'),
			advice: 'Come closer to the camera.',
			issues: [TOO_SMALL],
			liveness: { result: false },
		},
		FACE_NOT_FOUND: {
			...fail('FACE_NOT_FOUND', 'NOT_LIVE'),
			advice: 'No face was found. Show your whole face.',
			issues: [NOT_FOUND],
			liveness: { result: false },
		},
		SPOOF: { ...fail('NOT_LIVE'), liveness: SPOOF },
		REGISTERED: missing,
		PASSPORT: missing,
		BACKGROUND_CHECK: missing,
		BACKGROUND_CHECK_TASK: missing,
		EMPTY_ENVELOPE: missing,
		CRASHED: missing,
		PENDING: missing,
	};
	test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
		expect(livenessVerdict(answer, PLAIN)).toStrictEqual(expected[name]);
		expect(decided('faceLiveness', answer, PLAIN).decision).toBe(expected[name].decision);
	});

	test('a task that did not end in time is a review without a check', () => {
		expect(timedOutLiveness()).toStrictEqual({ live: false, decision: 'review', reasons: ['TIMED_OUT'] });
	});
});

describe('register_face', () => {
	const fail = (...reasons: string[]): Registration => ({
		registered: false,
		decision: 'fail',
		reasons,
		uuid: null,
	});
	const nothing = fail('UUID_MISSING');
	const expected: Record<Name, Registration> = {
		REGISTERED: {
			registered: true,
			decision: 'pass',
			reasons: [],
			uuid: 'd3da2b7a-b062-11ec-b3b9-0242ac190002',
		},
		FACE_TOO_SMALL: {
			...fail('FACE_TOO_SMALL', 'NOT_LIVE'),
			advice: 'Come closer to the camera.',
			issues: [TOO_SMALL],
			liveness: { result: false },
		},
		FACE_NOT_FOUND: {
			...fail('FACE_NOT_FOUND', 'NOT_LIVE'),
			advice: 'No face was found. Show your whole face.',
			issues: [NOT_FOUND],
			liveness: { result: false },
		},
		SPOOF: { ...fail('NOT_LIVE'), liveness: SPOOF },
		UNREADABLE_PICTURE: {
			...fail('FAILED_TO_READ_IMAGE'),
			issues: [UNREADABLE],
			liveness: GOOD_PICTURE,
		},
		LIVE: { ...nothing, liveness: LIVE },
		AUTHENTICATED: { ...nothing, liveness: LIVE },
		ANOTHER_PERSON: { ...nothing, liveness: LIVE },
		PASSPORT: fail('LIVENESS_MISSING'),
		BACKGROUND_CHECK: nothing,
		BACKGROUND_CHECK_TASK: nothing,
		EMPTY_ENVELOPE: nothing,
		CRASHED: nothing,
		PENDING: nothing,
	};
	test.each(Object.entries(documented.ANSWERS))('%s', (name, answer) => {
		expect(registration(answer, PLAIN)).toStrictEqual(expected[name]);
		expect(decided('registerFace', answer, PLAIN).decision).toBe(expected[name].decision);
	});

	test('a task that did not end in time is a review without a UUID', () => {
		expect(timedOutRegistration()).toStrictEqual({
			registered: false,
			decision: 'review',
			reasons: ['TIMED_OUT'],
			uuid: null,
		});
	});
});
