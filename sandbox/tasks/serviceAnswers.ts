import { specOf, type SandboxService } from '../api/paths';
import { dataAnswer, type FinishedAnswer } from './answers';
import { partsOf, type DocumentScenario } from './documentScenarios';
import type { FaceScenario, SelfieChecks } from './faceScenarios';
import { hasChecks, isFaceScenario, type Scenario } from './scenarios';

interface FaceResult {
	data: { authentication?: unknown; liveness?: { result?: unknown }; issues?: Record<string, unknown> };
	status?: number;
}

/** Returns a scenario's finished task for a service that it is usable with; undefined if it never finishes. */
export function answerOf(scenario: Scenario, service: SandboxService): FinishedAnswer | undefined {
	if (!isFaceScenario(scenario)) return documentAnswer(scenario, service);
	if (service === 'authenticate_face' || !hasChecks(scenario)) return scenario.answer;
	return specOf(service).files[0] === 'image'
		? faceAnswer(scenario, service)
		: documentAnswer({}, service, scenario.selfie);
}

/** Returns the answer of authenticate_face without its match. A passed liveness check becomes the scenario's UUID for register_face. */
function faceAnswer({ uuid, answer }: FaceScenario, service: SandboxService): FinishedAnswer {
	const { data, status } = answer!.result as FaceResult;
	const issues = Object.entries(data.issues ?? {}).filter(([check]) => check !== 'authentication');
	const left = issues.length > 0 && { issues: Object.fromEntries(issues) };
	// A failure status caused by the match goes with it.
	const ownStatus = left || !data.issues ? status : 200;
	// In the key order of each service's documented sample.
	if (service === 'register_face' && data.liveness?.result === true)
		return { ...answer!, result: { status: ownStatus, data: { uuid, ...left } } };
	const liveness = data.liveness !== undefined && { liveness: data.liveness };
	return { ...answer!, result: { data: { ...liveness, ...left }, status: ownStatus } };
}

const passingChecks: SelfieChecks = { compare: true, liveness: true };

/** Returns a document service's answer, with a selfie's checks if the service has one. */
function documentAnswer(
	scenario: Partial<DocumentScenario>,
	service: SandboxService,
	{ status = 200, issues, ...checks }: SelfieChecks = passingChecks,
): FinishedAnswer {
	const { files, document: type, backgroundCheck } = specOf(service);
	const { document, background } = partsOf(scenario, service);
	const check = { ...(backgroundCheck && background && { background_check: background }) };
	if (!type) return { ...dataAnswer(check), ...(scenario.isBare && { body: check }) };
	const selfie = files[0] === 'selfie_image' && checks;
	if (document) return dataAnswer({ document, ...selfie, ...check, ...(issues && { issues }) }, status);
	const notFound = { document: { DOCUMENT_NOT_FOUND: 'No machine-readable zone found' } };
	return dataAnswer({ ...selfie, ...check, issues: notFound }, 400);
}

/** Returns the refusal of a scenario's POST; an error of the UUID becomes one of a field that the service has. */
export function refusalOf({ refuse }: Scenario, service: SandboxService): Scenario['refuse'] {
	const body = refuse?.body;
	const isOfUuid = typeof body === 'object' && body !== null && 'uuid' in body;
	if (!isOfUuid || service === 'authenticate_face') return refuse;
	const [file] = specOf(service).files;
	if (file === undefined) return { ...refuse!, body: { fullname: ['Not a valid string.'] } };
	const badImage =
		'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';
	return { ...refuse!, body: { [file]: [badImage] } };
}
