/** Task answers as Progeny's documentation shows them (names, types and values), and the shapes that must be expected beside them. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Answer = { [key: string]: Json };
/** The answer about a task that has ended, with what it found under `result.data`. */
export type TaskAnswer = { id: number; status: string; result: { status: number; data: Answer } };

/** Returns a task that has ended, with what it found. */
const ended = <T extends Answer>(id: number, data: T, status = 200) => ({
	id,
	status: 'SUCCESS',
	result: { status, data },
});

const LIVE_DATA = { data: { score: 2.5943651, quality: 0.8175214, probability: 0.930498 }, result: true };

/** authenticate_face, success: match scores are strings, liveness scores are numbers. */
export const AUTHENTICATED = ended(2172, {
	authentication: { result: true, data: { matchScore: '20.0', scorePercent: '100.0' } },
	liveness: LIVE_DATA,
});

/** face_liveness, live. */
export const LIVE = ended(2182, { liveness: LIVE_DATA });

const TOO_SMALL = 'Absolute face size is too small';
/** face_liveness, failure, shape A: the code stands in the check itself, and `result.status` is 400. */
export const FACE_TOO_SMALL = ended(
	2183,
	{
		liveness: { result: false, error: TOO_SMALL, error_code: 'FACE_TOO_SMALL' },
		issues: { liveness: { FACE_TOO_SMALL: TOO_SMALL } },
	},
	400,
);

/** Overview, failure, shape B: the code stands in the check's `data`, and `result.status` is 200. */
export const FACE_NOT_FOUND = ended(2158, {
	liveness: { data: { error: 'Failed to detect face', error_code: 'FACE_NOT_FOUND' }, result: false },
	issues: { liveness: { FACE_NOT_FOUND: 'Failed to detect face' } },
});

/** register_face, success: a UUID and no check at all. */
export const REGISTERED = ended(2170, { uuid: 'd3da2b7a-b062-11ec-b3b9-0242ac190002' });

/** ocr_passport, success: its checks are plain booleans. The personal values are invented. */
export const PASSPORT = ended(2188, {
	document: {
		is_valid: true,
		is_expired: false,
		dateOfBirth: '1990-9-4',
		age: 31,
		firstName: 'JANE',
		lastName: 'DOE',
		dateOfIssue: 'None-None-None',
		dateOfExpiry: '2023-9-25',
		documentNumber: 'XX000000',
		sex: 'F',
		nationality: 'UKRAINIAN',
		portrait: 'images/services/ocr_passport/0000000000.jpg',
		portrait_url: 'https://dev.progeny.tech/media/images/services/ocr_passport/0000000000.jpg',
	},
	compare: true,
	liveness: true,
});

/** background_check, nothing found: shown without any envelope. */
export const BACKGROUND_CHECK = {
	background_check: { potential_match: false, risk_level: 'unknown', total_matches: 0, hits: [] },
} satisfies Answer;

/** The same in the envelope that all other services have, as it is to be expected. */
export const BACKGROUND_CHECK_TASK = ended(2189, BACKGROUND_CHECK);

/** The envelope as the page about tasks shows it. */
export const EMPTY_ENVELOPE: Answer = { id: 2158, status: 'SUCCESS', result: { status: 200, data: {} } };

/** Not shown anywhere, to be expected: live, but another person. */
export const ANOTHER_PERSON = ended(2190, {
	authentication: { result: false, data: { matchScore: '1.25', scorePercent: '6.25' } },
	liveness: LIVE_DATA,
});

/** To be expected: a spoof with a good picture has numbers and no code; the faces may not have been compared. */
export const SPOOF = ended(2191, {
	liveness: { data: { score: -3.5, quality: 0.75, probability: 0.0293 }, result: false },
});

/** To be expected: the picture cannot be compared. */
export const UNREADABLE_PICTURE = ended(
	2192,
	{
		authentication: { result: false, error: 'Failed to read image', error_code: 'FAILED_TO_READ_IMAGE' },
		liveness: { data: { score: 2.5, quality: 0.75, probability: 0.92 }, result: true },
		issues: { authentication: { FAILED_TO_READ_IMAGE: 'Failed to read image' } },
	},
	400,
);

/** To be expected (Celery): a job that crashed. */
export const CRASHED: Answer = {
	id: 2193,
	status: 'FAILURE',
	result: { exc_type: 'ConnectionError', exc_message: ['...'], exc_module: 'requests.exceptions' },
};

/** To be expected: a job that has not ended. */
export const PENDING: Answer = { id: 2194, status: 'PENDING', result: null };

/** All of these, by name. */
export const ANSWERS: Record<string, Answer> = {
	AUTHENTICATED,
	LIVE,
	FACE_TOO_SMALL,
	FACE_NOT_FOUND,
	REGISTERED,
	PASSPORT,
	BACKGROUND_CHECK,
	BACKGROUND_CHECK_TASK,
	EMPTY_ENVELOPE,
	ANOTHER_PERSON,
	SPOOF,
	UNREADABLE_PICTURE,
	CRASHED,
	PENDING,
};
