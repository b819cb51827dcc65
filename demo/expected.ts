import { Row } from './mainExample';
import { SAME_WOMAN_PHOTO } from './photos';

/** What must come out of each photo of the demo; the reason is asked for only where it is the point. */
const EXPECTED: Record<string, { decision: string; reason?: string }> = {
	[SAME_WOMAN_PHOTO]: { decision: 'pass' },
	'grace-hopper.jpg': { decision: 'fail' },
	'cat.png': { decision: 'fail', reason: 'FACE_NOT_FOUND' },
};

/** Whether each of the demo's photos came out once, as it must. Their order is n8n's: its form does not keep that of the upload. */
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
