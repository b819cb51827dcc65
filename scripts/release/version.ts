import { Refusal } from './refusal';

const PLAIN = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

const numbers = (version: string): number[] => PLAIN.exec(version)!.slice(1).map(Number);

/** Whether `a` is before `b`; both are plain versions. */
function isBefore(a: string, b: string): boolean {
	const [left, right] = [numbers(a), numbers(b)];
	const differing = left.findIndex((number, index) => number !== right[index]);
	return differing >= 0 && left[differing] < right[differing];
}

/**
 * The version that a release gets.
 * @param current the version in package.json
 * @param step `patch`, `minor`, `major`, or the version itself. This may be the current one, which is then released for the first time
 * @throws Refusal for anything else, also for a pre-release or an older version
 */
export function nextVersion(current: string, step: string): string {
	if (!PLAIN.test(current))
		throw new Refusal(`package.json's version, ${current}, is not of the form x.y.z.`);
	const [major, minor, patch] = numbers(current);
	if (step === 'patch') return `${major}.${minor}.${patch + 1}`;
	if (step === 'minor') return `${major}.${minor + 1}.0`;
	if (step === 'major') return `${major + 1}.0.0`;
	if (!PLAIN.test(step)) throw new Refusal(`"${step}" is none of patch, minor, major and x.y.z.`);
	if (isBefore(step, current)) throw new Refusal(`${step} is older than the current version, ${current}.`);
	return step;
}
