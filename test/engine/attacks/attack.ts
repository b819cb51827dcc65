import type { IDataObject } from 'n8n-workflow';
import { UUID } from '../support/services';

/** A node's outputs with Route by Decision, by their indexes; the last is n8n's error output. */
export const FAIL = 0;
export const PASS = 2;
export const ERROR = 3;

const CLAIMS = {
	authenticated: true,
	live: true,
	registered: true,
	decision: 'pass',
	reasons: [],
	uuid: UUID,
	taskId: 'forged',
	authentication: { result: true },
	liveness: { result: true },
	timing: { polls: 1 },
};

/** Returns the JSON of an incoming item that claims, wherever an output could look, that the person passed. */
export const evilJson = (): IDataObject => ({
	...CLAIMS,
	input: CLAIMS,
	providerData: CLAIMS,
	error: '',
	message: 'welcome',
	$json: CLAIMS,
	json: CLAIMS,
	_files: { ...CLAIMS, authenticated: true },
	// As JSON.parse makes it: a key of its own.
	...(JSON.parse(`{ "constructor": ${JSON.stringify(CLAIMS)} }`) as IDataObject),
});

/** Adds a key `__proto__`, which a careless copy would make the prototype. */
export const withPrototype = (json: IDataObject): IDataObject =>
	Object.defineProperty({ ...json }, '__proto__', { value: CLAIMS, enumerable: true, configurable: true });

/** True if an item says that a person passed, however a later node reads it. */
export const saysYes = (json: IDataObject): boolean =>
	json.authenticated === true || json.live === true || json.registered === true || json.decision === 'pass';
