import { specOf, type SandboxService } from '../api/paths';
import { documentScenarios, type DocumentScenario } from './documentScenarios';
import { faceScenarios, type FaceScenario } from './faceScenarios';

/** A scenario of any service. */
export type Scenario = FaceScenario | DocumentScenario;

/** Every scenario: those with a UUID first, in its order. */
export const scenarios: readonly Scenario[] = [...faceScenarios, ...documentScenarios];

const byUuid = new Map(faceScenarios.map((scenario) => [scenario.uuid, scenario]));
const byName = new Map(scenarios.map((scenario) => [scenario.name, scenario]));

/** Returns the scenario that this UUID (lower case, with dashes) is reserved for, if any. */
export function scenarioOf(uuid: string): FaceScenario | undefined {
	return byUuid.get(uuid);
}

/** Returns the scenario of this name, if any. */
export function scenarioNamed(name: string): Scenario | undefined {
	return byName.get(name);
}

/** True if a reserved UUID forces the scenario. */
export function isFaceScenario(scenario: Scenario): scenario is FaceScenario {
	return 'uuid' in scenario;
}

/** Returns the UUID that forces the scenario of this name. Throws if there is none. */
export function scenarioUuid(name: string): string {
	const scenario = scenarioNamed(name);
	if (!scenario || !isFaceScenario(scenario)) throw new Error(`There is no scenario "${name}" with a UUID`);
	return scenario.uuid;
}

/** Returns the services that a scenario's photo or name can be used with. */
export function usableWith(scenario: Scenario): 'all' | 'faces' | 'faces and selfies' | 'documents' {
	if (!isFaceScenario(scenario)) return 'documents';
	if (!hasChecks(scenario)) return 'all';
	if (!scenario.selfie) return 'faces';
	return scenario.conclusion === 'pass' ? 'all' : 'faces and selfies';
}

/** True if the scenario's photo or name can be used with this service. */
export function isUsable(scenario: Scenario, service: SandboxService): boolean {
	const services = usableWith(scenario);
	const [file] = specOf(service).files;
	if (services === 'all') return true;
	if (file === 'image') return services !== 'documents';
	return services === 'documents' || (services === 'faces and selfies' && file === 'selfie_image');
}

/** True if the answer has checks; a failed job or an empty result is the same for every service. */
export function hasChecks({ answer }: FaceScenario): boolean {
	const data = (answer?.result as { data?: unknown } | null | undefined)?.data;
	return typeof data === 'object' && data !== null && Object.keys(data).length > 0;
}
