import { asRecord, own } from '../util/values';
import type { Issue } from './issues';

/**
 * Advice to the person in front of the camera, by Progeny's code (documented, the last three for v2 of the API). The first code
 * that applies counts. `Bad face` is absent on purpose: it also means that the liveness probability is too low.
 */
export const ADVICE = {
	FACE_NOT_FOUND: 'No face was found. Show your whole face.',
	FACE_TOO_SMALL: 'Come closer to the camera.',
	FACE_TOO_CLOSE: 'Move back a little.',
	FACE_ANGLE_TOO_LARGE: 'Look straight into the camera.',
	FAILED_TO_READ_IMAGE: 'The photo cannot be read. Take another one, as a JPEG or PNG file.',
} as const;

const CODES = Object.keys(ADVICE) as Array<keyof typeof ADVICE>;

/** `authorize` is of v2 of the API. */
const FACE_MATCHES = ['authentication', 'compare', 'authorize', 'authenticated'];
const LIVENESS_CHECKS = ['liveness', 'live'];

/**
 * Returns the advice for a failed check. Undefined if another photo would not help or would help a cheat: if a face was
 * compared, with any result, or if a liveness check failed without a code that explains it. `levels` are the objects of an
 * answer that hold checks.
 */
export function adviceFor(
	levels: ReadonlyArray<Record<string, unknown>>,
	{ codes, issues }: { codes: readonly string[]; issues: readonly Issue[] },
): string | undefined {
	const places = levels.flatMap((level) => [level, asRecord(own(level, 'document'))]);
	const answers = (names: readonly string[]) =>
		places.flatMap((place) => names.flatMap((name) => answersOf(own(place, name))));
	if (answers(FACE_MATCHES).length > 0) return undefined;
	const isExplained = issues.some(
		({ check, code }) => ['liveness', 'task'].includes(check) && Object.hasOwn(ADVICE, code),
	);
	if (!isExplained && answers(LIVENESS_CHECKS).some((answer) => answer !== true)) return undefined;
	const code = CODES.find((one) => codes.includes(one));
	return code && ADVICE[code];
}

/** Returns a check's answers: itself, or the `result` in it and in its `data`. A provider's object or list is not an answer. */
function answersOf(check: unknown): unknown[] {
	const inCheck = asRecord(check);
	const inData = asRecord(own(inCheck, 'data'));
	return [check, own(inCheck, 'result'), own(inData, 'result')].filter(
		(answer) => answer !== undefined && typeof answer !== 'object',
	);
}
