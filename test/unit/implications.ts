/*
 * The facts that must be true of an answer that passed, from Progeny's documentation and the design: implications, not a second
 * implementation. They read the JSON as a whole and by other means than the code does.
 */
import type { DocumentParameters } from '../../nodes/shared/result/document';
import type { Decision } from '../../nodes/shared/service';
import { words } from '../support/words';
import { isFaceNode, type NodeName } from './judges';

type Node = Record<string, unknown>;

const isObject = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the value at a path of own keys; undefined if the way there ends. */
export const at = (value: unknown, ...path: string[]): unknown =>
	path.reduce((node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined), value);

/** Returns the task's result, read from JSON text if it is that. */
export function resultOf(answer: unknown): unknown {
	const result = at(answer, 'result');
	if (typeof result !== 'string') return result;
	try {
		return JSON.parse(result);
	} catch {
		return result;
	}
}

/** Reads a number from a number or a text; NaN for anything else. */
const numeric = (value: unknown): number =>
	typeof value === 'number' || (typeof value === 'string' && /^\s*[-+.\d][-+.\de]*\s*$/i.test(value))
		? Number(value)
		: NaN;

const CHECKS = ['authentication', 'compare', 'liveness'];
const PARTS = [...CHECKS, 'document', 'background_check'];
const NOTHING = ['', '0', 'None', 'null', 'false', '[]', '{}', undefined];
const isNothing = (value: unknown) =>
	NOTHING.includes(typeof value === 'string' ? value : JSON.stringify(value)) ||
	(typeof value === 'string' && !/\S/.test(value));

const isSomething = (value: unknown) => !isNothing(value) && !isObject(value);
const plain = (value: unknown) => (typeof value === 'object' ? '' : String(value));

const isNo = (value: unknown) => /^(false|0|no)$/i.test(plain(value));

/** No key of a place may have these words beside it, whatever else it has. */
const LOUD: Array<[key: RegExp, isLoud: (value: unknown) => boolean]> = [
	[/^(errors?|error_code|errorCode|errorMessage|exception|failed|failure|issues)$/, isSomething],
	[/^(success|authenticated|registered|verified|live|(is_)?valid)$/, isNo],
	[/^(success|status_code|status)$/, (value) => /^(false|no|failed|error|4\d\d|5\d\d)$/i.test(plain(value))],
	[/^result$/, (value) => value === false],
	[/./, (value) => at(value, 'result') === false || at(value, 'success') === false],
];

/** Returns the places that must be silent: the three levels, the known parts at each, and the data of these. */
const placesOf = (answer: unknown): Node[] =>
	[...levelsOf(answer), ...PARTS.flatMap((name) => partsOf(answer, name))].filter(isObject);

const levelsOf = (answer: unknown): unknown[] => [answer, resultOf(answer), at(resultOf(answer), 'data')];

const partsOf = (answer: unknown, name: string): unknown[] =>
	levelsOf(answer).flatMap((level) => [at(level, name), at(level, name, 'data')]);

function faultsOfPass(node: NodeName, answer: Node, p: DocumentParameters): string[] {
	const data = at(resultOf(answer), 'data');
	const faults: string[] = [];
	const needs: Needs = (what, isMet) => void (isMet || faults.push(what));
	const has = (name: string) => at(data, name, 'result') === true;
	needs('the state SUCCESS', answer.status === 'SUCCESS');
	needs('no doubt', p.reviewReasons.length === 0);
	needs('a good HTTP status', !(numeric(answer.httpStatus ?? 200) >= 300));
	for (const place of [...levelsOf(answer), ...partsOf(answer, 'document')].filter(isObject))
		for (const check of CHECKS) needs(`no false ${check}`, at(place, check) !== false);
	for (const place of placesOf(answer))
		for (const [key, value] of Object.entries(place))
			for (const [name, isLoud] of place === answer || key === 'status' ? [] : LOUD)
				needs(`silence at ${key}`, !(name.test(key) && isLoud(value)));
	for (const place of [at(resultOf(answer)), ...PARTS.map((name) => at(data, name))])
		needs('a good status', !(numeric(at(place, 'status')) >= 300) && at(place, 'status') !== false);
	for (const key of ['task', 'task_id'])
		needs('its own task', !/^[0-9a-f]{8}-.{27}$/i.test(String(at(answer, key))));

	const minimum = (option: string, score: unknown, highest: number) => {
		if (!Object.hasOwn(p.minimums, option)) return;
		const needed = numeric(p.minimums[option]);
		needs(option, needed <= numeric(score) && numeric(score) <= highest && needed >= 0);
		needs(`${option} in percent`, highest === 1 || needed === 0 || needed > 1);
	};
	if (isFaceNode(node)) {
		if (node === 'registerFace') {
			needs('a UUID', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(at(data, 'uuid'))));
			needs('no other liveness', at(data, 'liveness') == null || has('liveness'));
			return faults;
		}
		needs('liveness', has('liveness'));
		minimum('minLivenessProbability', at(data, 'liveness', 'data', 'probability'), 1);
		if (node === 'authenticateFace') needs('a match', has('authentication'));
		if (node === 'authenticateFace')
			minimum('minMatchPercent', at(data, 'authentication', 'data', 'scorePercent'), 100);
		return faults;
	}
	needsBackground(needs, answer, node === 'backgroundCheck' || p.includesBackgroundCheck);
	if (node === 'backgroundCheck') return faults;
	if (node === 'verifyIdentity') {
		const isTrue = (name: string) => at(data, name) === true || has(name);
		needs('liveness', isTrue('liveness'));
		needs('a match', isTrue('compare') || isTrue('authentication'));
	}
	needsOfDocument(needs, at(data, 'document'), p);
	return faults;
}

/** Notes what is needed for a pass, if it is not there. */
type Needs = (what: string, isMet: boolean) => void;

/** Returns the fields of an object as text, without what is in the objects and lists in it. */
const shallow = (value: unknown): string =>
	JSON.stringify(
		Object.entries(value ?? {})
			.filter(([, each]) => !isObject(each))
			.map(([key, each]) => ({ [key]: Array.isArray(each) ? each.map(() => 0) : (each as unknown) })),
	);

const A_HIT = /"[^"]*(match|hit)[^"]*":("?0*[1-9][\d.]*"?[,}]|\[[^\]]|true)|"risk_level":"(?!unknown|low")/i;

/** Looks for a hit in the text of every check. */
function needsBackground(needs: Needs, answer: Node, isNeeded: boolean): void {
	const checks = levelsOf(answer)
		.map((level) => at(level, 'background_check'))
		.filter((check) => isObject(check) && !isNothing(check));
	const places = checks.flatMap((check) => [check, at(check, 'data')]);
	needs('no hit', !places.some((place) => A_HIT.test(shallow(place))));
	needs('a background check', !isNeeded || checks.length > 0);
	for (const check of isNeeded ? checks : [])
		needs('a clear one', at(check, 'potential_match') === false && at(check, 'total_matches') === 0);
}

/** Returns the day that a text names; undefined if it names none that exists. */
const dayOf = (text: unknown): string | undefined => {
	const found = /^\s*([1-9]\d{3})-(\d\d?)-(\d\d?)(?:T00:00.*)?\s*$/.exec(plain(text));
	const parts = found?.slice(1, 4) ?? [];
	const day = parts.map((part) => part.padStart(2, '0')).join('-');
	const time = Date.parse(`${day}T00:00:00Z`);
	return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
};

function needsOfDocument(needs: Needs, document: unknown, p: DocumentParameters): void {
	const [today] = p.days;
	const field = (key: string) => at(document, key);
	const [born, issued, expiry] = words('dateOfBirth dateOfIssue dateOfExpiry').map((key) =>
		dayOf(field(key)),
	);
	const names = words('fullName firstName lastName').map((key) => plain(field(key) ?? ''));
	const letters = (text: unknown): string[] =>
		plain(text).normalize('NFD').toUpperCase().match(/[A-Z]/g) ?? [];
	needs('is_valid', field('is_valid') === true);
	needs('is_expired', field('is_expired') === false);
	const read = [...names.flatMap(letters), ...names, plain(field('documentNumber') ?? '')].join('');
	needs('something that was read', born !== undefined || /[1-9a-wyz]/i.test(read));
	needs('a birth before today', born === undefined || born <= today);
	needs('no birth before 1897', born === undefined || born >= '1897');
	needs('an expiry to come', expiry === undefined || expiry >= today);
	needs('a birth before the issue', !(born && issued && issued < born));
	needs('an issue before the expiry', !(issued && expiry && expiry < issued));
	const { minAge, minValidityDays, expectedName, expectedDateOfBirth } = p;
	const age = born ? parseInt(today) - parseInt(born) : numeric(field('age'));
	needs('the age', minAge === undefined || age >= numeric(minAge));
	const validity = (Date.parse(expiry!) - Date.parse(today)) / 864e5;
	needs('the validity', minValidityDays === undefined || validity >= numeric(minValidityDays));
	needs('the birth', expectedDateOfBirth === undefined || born === dayOf(expectedDateOfBirth));
	const wanted = letters(expectedName);
	const given = letters(names.join());
	const isNamed = wanted.length > 1 && wanted.every((letter) => given.includes(letter));
	needs('the name', expectedName === undefined || isNamed);
}

/** Returns the faults of a node's decision on an answer: a pass without a condition of a pass, or a reason without its decision. */
export function faultsOf(
	node: NodeName,
	answer: Node,
	parameters: DocumentParameters,
	{ decision, reasons }: { decision: Decision; reasons: string[] },
): string[] {
	if (decision === 'pass')
		return [
			...(reasons.length > 0 ? ['a reason for a pass'] : []),
			...faultsOfPass(node, answer, parameters),
		];
	const isOfFail = reasons.some((reason) => OF_FAIL.test(reason));
	// Register Face fails without a UUID, and then Progeny's own code may be the only reason.
	if (decision === 'fail')
		return isOfFail || (node === 'registerFace' && reasons.length > 0) ? [] : ['a reason for a fail'];
	return [...(reasons.length > 0 ? [] : ['a reason for a review']), ...(isOfFail ? ['a fail'] : [])];
}

const OF_FAIL =
	/^(NOT_MATCHED|NOT_LIVE|FACE_NOT_MATCHED|DOCUMENT_(INVALID|EXPIRED|NOT_READ)|UNDER_AGE|(AUTHENTICATION|LIVENESS|FACE_MATCH|BACKGROUND_CHECK|UUID)_MISSING)$/;
