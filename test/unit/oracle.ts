/*
 * How Progeny's answers are to be read, from its documentation and the design. It shares no line with the code that it is held
 * against, and reads in another way.
 */
type Node = Record<string, unknown>;

const isObject = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of own keys; undefined where the way there ends. */
export const at = (value: unknown, ...path: string[]): unknown =>
	path.reduce((node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined), value);

/** A number, or a text that is one; NaN for anything else. */
export const numeric = (value: unknown): number =>
	typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;

/** Whether a value is a UUID as text, of any version. */
export const isUuidShaped = (value: unknown): boolean =>
	typeof value === 'string' &&
	value
		.split('-')
		.map(({ length }) => length)
		.join() === '8,4,4,4,12' &&
	[...value.replaceAll('-', '')].every((digit) => '0123456789abcdefABCDEF'.includes(digit));

/** Whether the job succeeded, and nothing in its answer speaks of a failure: no status, no issue, no error and no code anywhere. */
export function isClean(answer: unknown): boolean {
	const [status, data] = [at(answer, 'result', 'status'), at(answer, 'result', 'data')];
	const issues = at(data, 'issues');
	const names = isObject(data) ? Object.keys(data).filter((name) => name !== 'issues') : [];
	const checks = names.flatMap((name) => [at(data, name), at(data, name, 'data')]);
	const isSilent = (place: unknown) => isNothing(at(place, 'error')) && isNothing(at(place, 'error_code'));
	return (
		at(answer, 'status') === 'SUCCESS' &&
		(status === undefined || status === null || numeric(status) < 400) &&
		(isNothing(issues) || (isObject(issues) && Object.values(issues).every(isNothing))) &&
		[at(answer, 'result'), data, ...checks].every(isSilent)
	);
}

const isNothing = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	value === false ||
	(typeof value === 'object' && Object.keys(value).length === 0);
