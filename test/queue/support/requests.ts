import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { Sandbox, scenarioUuid } from '../../../sandbox';

/** A request to the example kyc-webhook, with what its answer must be. */
export interface PlannedRequest {
	/** Sent along, and part of the photo's name and bytes: no two requests are alike. */
	number: number;
	photo: Photo;
	person: string;
	expected: { status: number; body: Record<string, unknown> };
}

type Kind = Omit<PlannedRequest, 'number'>;
type Expected = Kind['expected'];

const decided = (decision: string, reasons: unknown, more = {}): Expected => ({
	status: 200,
	body: { authenticated: decision === 'pass', decision, reasons, ...more, executionId: expect.any(String) },
});

const advised = (code: string) =>
	decided('fail', expect.arrayContaining([code]), { advice: expect.any(String) });

const fault = (status: number, code: string): Expected => ({
	status,
	body: { code, error: expect.any(String), executionId: expect.any(String) },
});

const FORCED: [scenario: string, Expected][] = [
	['pass', decided('pass', [])],
	['another-person', decided('fail', ['NOT_MATCHED'])],
	['spoof', decided('fail', ['NOT_LIVE'])],
	['low-match', decided('pass', [])],
	['face-not-found-b', advised('FACE_NOT_FOUND')],
	['face-too-small-a', advised('FACE_TOO_SMALL')],
	['contradictory-status', decided('review', ['CONTRADICTORY'])],
	['no-liveness', decided('fail', ['LIVENESS_MISSING'])],
	['failure', fault(502, 'TASK_FAILED')],
	['refused-400', fault(422, 'SUBMIT_REJECTED')],
];

/**
 * `count` requests of many outcomes, mixed: most force theirs by a reserved UUID, the others are decided by the sandbox's face engine
 * from what their photo shows.
 */
export async function mixedRequests(sandbox: Sandbox, count: number): Promise<PlannedRequest[]> {
	const person = await sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
	const photo = bundledPhoto('grace-hopper.jpg');
	const kinds: Kind[] = [
		...FORCED.map(([scenario, expected]) => ({ photo, person: scenarioUuid(scenario), expected })),
		{ photo: await registeredWomanAgain(), person, expected: decided('pass', []) },
		{ photo, person, expected: decided('fail', expect.arrayContaining(['NOT_MATCHED'])) },
		{ photo: bundledPhoto('cat.png'), person, expected: advised('FACE_NOT_FOUND') },
	];
	return Array.from({ length: count }, (_, number) => {
		const kind = kinds[number % kinds.length]!;
		return { ...kind, number, photo: marked(kind.photo, number) };
	});
}

/** Returns `count` requests whose task passes after the sandbox's task time, or as `scenario` says. */
export function passingRequests(count: number, scenario = 'pass'): PlannedRequest[] {
	const photo = bundledPhoto('grace-hopper.jpg');
	const kind = { person: scenarioUuid(scenario), expected: decided('pass', []) };
	return Array.from({ length: count }, (_, number) => ({ ...kind, number, photo: marked(photo, number) }));
}

/** Returns the photo under a name and with bytes of its own; what stands behind a picture's end is not looked at. */
function marked({ name, type, data }: Photo, number: number): Photo {
	const mark = Buffer.from(`request ${number}`);
	return { name: `${number}-${name}`, type, data: Buffer.concat([data, mark]) };
}
