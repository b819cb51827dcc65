import { specOf, type Service } from '../api/paths';
import { dataAnswer, type FinishedAnswer } from './answers';
import { partsOf, type DocumentScenario } from './documentScenarios';
import { isFaceScenario, type AnyScenario, type Scenario } from './scenarios';

type Issues = Record<string, unknown>;

interface Data {
	authentication?: unknown;
	liveness?: unknown;
	issues?: Issues;
}

interface Result {
	data: Data;
	status?: number;
}

/** What a scenario's finished task answers with this service. Answers without checks stay as they are. */
export function answerOf(scenario: AnyScenario, service: Service): FinishedAnswer | undefined {
	if (!isFaceScenario(scenario)) return documentAnswer(scenario, service);
	const { answer } = scenario;
	const result = answer?.result;
	if (service === 'authenticate_face' || !isRecord(result) || !isRecord(result.data)) return answer;
	const { data, status } = result as unknown as Result;
	const isFace = specOf(service).files[0] === 'image';
	const own: Data = isFace ? faceData(scenario, data, service) : documentData(data, service);
	// A failure status that a check of another service had caused goes with it.
	const ownStatus = own.issues || !data.issues ? status : 200;
	// In the key order of each service's documented sample.
	const isLiveness = isFace && !('uuid' in own);
	return {
		...answer!,
		result: isLiveness ? { data: own, status: ownStatus } : { status: ownStatus, data: own },
	};
}

/**
 * Scenarios are written for authenticate_face; face_liveness answers the same without the match, register_face gives the scenario's own
 * UUID in place of a passed liveness check.
 */
function faceData({ uuid }: Scenario, { liveness, issues = {} }: Data, service: Service): object {
	const left = Object.fromEntries(Object.entries(issues).filter(([check]) => check !== 'authentication'));
	const registered = service === 'register_face' && isRecord(liveness) && liveness.result === true;
	return {
		...(registered ? { uuid } : liveness !== undefined && { liveness }),
		...(Object.keys(left).length > 0 && { issues: left }),
	};
}

/**
 * A face scenario with a document service: the checks of a KYC service are plain, as in the passport sample. A service that only reads a
 * document has the liveness check's outcome in `is_valid`; with a code no document was read.
 */
function documentData({ authentication, liveness, issues }: Data, service: Service): object {
	const { files, document: type, backgroundCheck } = specOf(service);
	const { document, background } = partsOf({}, service);
	if (authentication === undefined && liveness === undefined) return {};
	const named = issues && { issues: renamed(issues, { authentication: 'compare' }) };
	const check = { ...(backgroundCheck && { background_check: background }) };
	if (files[0] === 'selfie_image') {
		const checks = { compare: plain(authentication), liveness: plain(liveness) };
		return { document, ...checks, ...check, ...named };
	}
	if (!type) return check;
	const valid = plain(liveness);
	const isRead = valid !== undefined && !(valid === false && issues?.liveness);
	return {
		...(isRead && { document: { ...document, is_valid: valid } }),
		...(issues?.liveness !== undefined && { issues: { document: issues.liveness } }),
	};
}

function documentAnswer(scenario: DocumentScenario, service: Service): FinishedAnswer {
	const { files, document: type, backgroundCheck } = specOf(service);
	const { document, background } = partsOf(scenario, service);
	const check = { ...(backgroundCheck && background && { background_check: background }) };
	if (!type) return { ...dataAnswer(check), ...(scenario.isBare && { body: check }) };
	const holder = files[0] === 'selfie_image' && { compare: true, liveness: true };
	const issues = { document: { DOCUMENT_NOT_FOUND: 'No machine-readable zone found' } };
	if (!document) return dataAnswer({ ...holder, ...check, issues }, 400);
	return dataAnswer({ document, ...holder, ...check });
}

/** What a scenario's POST is refused with by this service; only authenticate_face has a UUID to object to. */
export function refusalOf({ refuse }: AnyScenario, service: Service): AnyScenario['refuse'] {
	if (!isRecord(refuse?.body) || !('uuid' in refuse.body) || service === 'authenticate_face') return refuse;
	const [file] = specOf(service).files;
	if (file === undefined) return { ...refuse, body: { fullname: ['Not a valid string.'] } };
	return {
		...refuse,
		body: {
			[file]: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
		},
	};
}

/** The outcome of a check without its numbers. */
function plain(check: unknown): unknown {
	return isRecord(check) ? check.result : check;
}

function renamed(values: Issues, names: Record<string, string>): Issues {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
