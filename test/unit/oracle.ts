/*
 * How Progeny's answers are to be decided, from its documentation and the design, for the face nodes. It shares no line with
 * the code that it is held against, and reads in another way: it lists every field of the places that count, and asks of each
 * whether it objects.
 */
import type { FaceNode } from './judges';
import type { Decision, JudgeParameters } from '../../nodes/shared/service';

type Node = Record<string, unknown>;

const isObject = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of own keys; undefined where the way there ends. */
export const at = (value: unknown, ...path: string[]): unknown =>
	path.reduce((node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined), value);

/** The task's result, read from JSON text where it is that. */
export function resultOf(answer: unknown): unknown {
	const result = at(answer, 'result');
	if (typeof result !== 'string') return result;
	try {
		return JSON.parse(result);
	} catch {
		return result;
	}
}

/** A number, or a text that is one; NaN for anything else. */
const numeric = (value: unknown): number =>
	typeof value === 'number' || (typeof value === 'string' && /^\s*[-+.\d][-+.\de]*\s*$/i.test(value))
		? Number(value)
		: NaN;

/** Whether a value is a UUID as text, of any version. */
export const isUuidShaped = (value: unknown): boolean =>
	typeof value === 'string' &&
	value
		.split('-')
		.map(({ length }) => length)
		.join() === '8,4,4,4,12' &&
	[...value.replaceAll('-', '')].every((digit) => '0123456789abcdefABCDEF'.includes(digit));

const CHECKS = ['authentication', 'compare', 'liveness'];
const isPassed = (check: unknown) => at(check, 'result') === true;

const SILENT = ['null', 'false', '0', '"0"', '"None"', '[]', '{}', undefined];
const isSilent = (value: unknown): boolean =>
	SILENT.includes(JSON.stringify(value)) || (typeof value === 'string' && !/\S/.test(value));

/** What each field must not be, by its name. */
const OBJECTIONS: Record<string, (value: unknown) => boolean> = {
	result: (value) => value === false || at(value, 'result') === false,
	success: (value) => value === false || at(value, 'result') === false,
	error: (value) =>
		isObject(value)
			? Object.values(value).some((each) => !isSilent(each)) || value.result === false
			: !isSilent(value),
	error_code: (value) => !isSilent(value),
	errors: (value) => !isSilent(value),
	issues: (value) =>
		isObject(value)
			? Object.keys(value).some((key) => !CHECKS.includes(key) || !isSilent(value[key]))
			: !isSilent(value),
	...Object.fromEntries(
		CHECKS.map((name) => [name, (value: unknown) => value !== null && value !== true && !isPassed(value)]),
	),
};
const isUnknownFailure = (value: unknown) => at(value, 'result') === false;

const isGoodStatus = (status: unknown): boolean =>
	status === undefined ||
	status === null ||
	status === 'SUCCESS' ||
	status === 'OK' ||
	(numeric(status) >= 200 && numeric(status) <= 299);

/** The names of the fields that speak against a pass, whatever its checks say. */
export function objectionsIn(answer: unknown): string[] {
	const result = resultOf(answer);
	const heads = [answer, result, at(result, 'data')];
	const checks = heads.flatMap((head) => CHECKS.map((name) => at(head, name))).filter(isObject);
	const places = [...heads, ...checks, ...checks.map((check) => at(check, 'data'))].filter(isObject);
	const fields = places.flatMap((place) => Object.entries(place));
	return [
		...(at(answer, 'status') === 'SUCCESS' ? [] : ['status']),
		...[at(answer, 'httpStatus'), at(result, 'status')]
			.filter((status) => !isGoodStatus(status))
			.map(() => 'a status'),
		...fields
			.filter(([name, value]) =>
				Object.hasOwn(OBJECTIONS, name) ? OBJECTIONS[name](value) : isUnknownFailure(value),
			)
			.map(([name]) => name),
	];
}

interface Minimum {
	check: string;
	score: string;
	highest: number;
	reason: string;
}
const MINIMUMS: Record<string, Minimum> = {
	minMatchPercent: {
		check: 'authentication',
		score: 'scorePercent',
		highest: 100,
		reason: 'MATCH_BELOW_MINIMUM',
	},
	minLivenessProbability: {
		check: 'liveness',
		score: 'probability',
		highest: 1,
		reason: 'LIVENESS_BELOW_MINIMUM',
	},
};
const NEEDED: Record<Exclude<FaceNode, 'registerFace'>, string[]> = {
	authenticateFace: ['authentication', 'liveness'],
	faceLiveness: ['liveness'],
};

/** The minimums that are set for these checks and missed, as reasons. */
function missedMinimums(data: unknown, checks: string[], set: JudgeParameters['minimums']): string[] {
	return Object.entries(MINIMUMS)
		.filter(([option, { check }]) => checks.includes(check) && Object.hasOwn(set, option))
		.filter(([option, { check, score, highest }]) => {
			const [needed, reached] = [numeric(set[option]), numeric(at(data, check, 'data', score))];
			return !(0 <= needed && needed <= reached && reached <= highest);
		})
		.map(([, { reason }]) => reason);
}

/** What a node has to make of an answer: its decision, and the reasons of its own for a review. */
export function expected(
	node: FaceNode,
	answer: unknown,
	parameters: JudgeParameters,
): { decision: Decision; doubts: string[] } {
	const data = at(resultOf(answer), 'data');
	const contradictory = objectionsIn(answer).length > 0 ? ['CONTRADICTORY'] : [];
	const doubts = [...contradictory, ...parameters.doubts];
	if (node === 'registerFace') {
		const liveness = at(data, 'liveness') ?? undefined;
		if (!isUuidShaped(at(data, 'uuid')) || (liveness !== undefined && !isPassed(liveness)))
			return { decision: 'fail', doubts: [] };
	} else {
		if (!NEEDED[node].every((name) => isPassed(at(data, name)))) return { decision: 'fail', doubts: [] };
		doubts.push(...missedMinimums(data, NEEDED[node], parameters.minimums));
	}
	return { decision: doubts.length > 0 ? 'review' : 'pass', doubts };
}
