/**
 * Bodies of the task endpoint, in the shapes, key orders and types of Progeny's documented samples: scores of the
 * authentication as strings, those of the liveness check as numbers, and a failed liveness check in one of two shapes.
 */

/** Codes of a picture that cannot be checked, with their messages: the first two as in Progeny's samples. */
export const faceErrors = {
	FACE_NOT_FOUND: 'Failed to detect face',
	FACE_TOO_SMALL: 'Absolute face size is too small',
	FACE_TOO_CLOSE: 'Face is too close to the camera',
	FACE_ANGLE_TOO_LARGE: 'Face angle is too large',
	TOO_MANY_FACES: 'More than one face found',
	FAILED_TO_READ_IMAGE: 'Failed to read image',
} as const;

/** Code of a picture that cannot be checked. */
export type FaceErrorCode = keyof typeof faceErrors;

/** Shape A: error directly in `liveness`, `result.status` 400. Shape B: error in `liveness.data`, `result.status` 200. */
export type FailureShape = 'A' | 'B';

/** The answer to a poll of a finished task. */
export interface FinishedAnswer {
	/** HTTP status of the answer, 200 if absent. */
	httpStatus?: number;
	/** State of the job. */
	status: string;
	/** `result` of the envelope; omitted if undefined. */
	result?: unknown;
	/** The whole body, in place of the envelope. */
	body?: object;
}

/** Numbers of a liveness check; `probability` (0-1) is the logistic function of `score`. */
export interface LivenessNumbers {
	score: number;
	quality: number;
	probability: number;
}

/** Returns the numbers of a liveness check for a probability and a quality (both 0-1), rounded as in Progeny's samples. */
export function livenessNumbers(probability: number, quality: number): LivenessNumbers {
	const within = Math.min(Math.max(probability, 0.0005), 0.9995);
	const score = round(Math.log(within / (1 - within)), 7);
	return { score, quality: round(quality, 7), probability: round(1 / (1 + Math.exp(-score)), 6) };
}

/** Returns the `authentication` block for a similarity (0-1): decimals as strings, 20.0 going with 100.0 percent. */
export function authenticationBlock(result: boolean, similarity: number) {
	const within = Math.min(Math.max(similarity, 0), 1);
	return { result, data: { matchScore: (within * 20).toFixed(1), scorePercent: (within * 100).toFixed(1) } };
}

/** Returns the `liveness` block of a check that could be made. */
export function livenessBlock(result: boolean, numbers: LivenessNumbers) {
	return { data: { ...numbers }, result };
}

/** Returns the shape of a code in Progeny's samples: B for `FACE_NOT_FOUND`, A otherwise. */
export function documentedShape(code: FaceErrorCode): FailureShape {
	return code === 'FACE_NOT_FOUND' ? 'B' : 'A';
}

/** Returns a finished task whose picture could not be checked. */
export function faceErrorAnswer(
	code: FaceErrorCode,
	shape: FailureShape = documentedShape(code),
): FinishedAnswer {
	const error = faceErrors[code];
	const issues = { liveness: { [code]: error } };
	const liveness =
		shape === 'A'
			? { result: false, error, error_code: code }
			: { data: { error, error_code: code }, result: false };
	return { status: 'SUCCESS', result: { data: { liveness, issues }, status: shape === 'A' ? 400 : 200 } };
}

/** Returns a finished register_face that registered the face; `more` is added beside the UUID. */
export function registeredAnswer(uuid: string, more: object = {}): FinishedAnswer {
	return { status: 'SUCCESS', result: { status: 200, data: { uuid, ...more } } };
}

/** Returns a finished check with this `data`. */
export function dataAnswer(data: unknown, status = 200): FinishedAnswer {
	return { status: 'SUCCESS', result: { status, data } };
}

/**
 * Returns a finished authenticate_face for a UUID without a registered face. Progeny's docs do not state it; `Bad params` is the v2 API's
 * code for "the image or the UUID is missing or not valid".
 */
export function unregisteredAnswer(liveness: unknown): FinishedAnswer {
	const error = 'No one is registered under this UUID';
	return dataAnswer(
		{
			authentication: { result: false, error, error_code: 'Bad params' },
			liveness,
			issues: { authentication: { 'Bad params': error } },
		},
		400,
	);
}

/** Returns a job that crashed, with Celery's JSON form of an exception, a plain string, or null. */
export function failureAnswer(result: unknown): FinishedAnswer {
	return { status: 'FAILURE', result };
}

/** Returns Celery's JSON form of an exception. */
export function exception(type: string, message: string, module = 'builtins') {
	return { exc_type: type, exc_message: [message], exc_module: module };
}

function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
