import { Row } from './mainExample';
import { SAME_WOMAN_PHOTO } from './photos';

/** The expected decision of each photo of the demo. */
const EXPECTED: Record<string, { decision: string; reason?: string }> = {
	[SAME_WOMAN_PHOTO]: { decision: 'pass' },
	'grace-hopper.jpg': { decision: 'fail' },
	'cat.png': { decision: 'fail', reason: 'FACE_NOT_FOUND' },
};

/** True if each of the demo's photos appears once, with its expected decision. n8n's form does not keep the order of the upload. */
export function isExpected(rows: Row[]): boolean {
	const photos = Object.keys(EXPECTED);
	return (
		rows.length === photos.length &&
		photos.every((photo) => rows.some((row) => row.photo === photo && fits(row)))
	);
}

function fits({ photo, decision, reasons }: Row): boolean {
	const expected = EXPECTED[photo]!;
	return (
		decision === expected.decision && (expected.reason === undefined || reasons.includes(expected.reason))
	);
}
