import type { Service } from '../api/paths';
import type { FinishedAnswer } from './answers';
import type { Scenario } from './scenarios';

interface Data {
	authentication?: unknown;
	liveness?: { result?: unknown };
	issues?: Record<string, unknown>;
}

/**
 * What a scenario's finished task answers with this service. Scenarios are written for authenticate_face; face_liveness answers the same
 * without the match, register_face gives the scenario's own UUID in place of a passed liveness check. Answers without checks stay as they are.
 */
export function answerOf({ uuid, answer }: Scenario, service: Service): FinishedAnswer | undefined {
	const result = answer?.result as { data?: unknown; status?: number } | null | undefined;
	if (service === 'authenticate_face' || !isRecord(result) || !isRecord(result.data)) return answer;
	const { liveness, issues = {} } = result.data as Data;
	const left = Object.fromEntries(Object.entries(issues).filter(([check]) => check !== 'authentication'));
	const hasLeft = Object.keys(left).length > 0;
	const registered = service === 'register_face' && liveness?.result === true;
	const data = {
		...(registered ? { uuid } : liveness !== undefined && { liveness }),
		...(hasLeft && { issues: left }),
	};
	// A failure status that the match alone had caused goes with it.
	const status = hasLeft || !('issues' in result.data) ? result.status : 200;
	// In the key order of each service's documented sample.
	return { ...answer!, result: registered ? { status, data } : { data, status } };
}

/** What a scenario's POST is refused with by this service; only authenticate_face has a UUID to object to. */
export function refusalOf({ refuse }: Scenario, service: Service): Scenario['refuse'] {
	if (!isRecord(refuse?.body) || !('uuid' in refuse.body) || service === 'authenticate_face') return refuse;
	return {
		...refuse,
		body: {
			image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
		},
	};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
