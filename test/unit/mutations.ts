import fc from 'fast-check';
import { words } from '../support/words';
import { ANSWERS, type Answer } from './documented';

/** Every property test of the unit suite runs with this seed, so that a failure comes back. */
export const SEED = 20260101;

type Container = Record<string, unknown> | unknown[];

/** One edit of a JSON document. `place` picks one of its containers, `entry` one of that container's entries. */
interface Edit {
	kind: 'replace' | 'delete' | 'add';
	place: number;
	entry: number;
	key: string;
	value: unknown;
}

/** Keys that mean something in Progeny's answers or in JavaScript. */
const KEYS = [
	...words(`
		httpStatus success errors document provider id status result data authentication liveness compare uuid issues task error
		error_code FACE_TOO_SMALL matchScore scorePercent score quality probability __proto__ constructor prototype toString length`),
	...['', '0'],
];

/** Values that are nearly right: the wrong type, the right type with the wrong meaning, limits, empty things. */
const JUNK: unknown[] = [
	...[true, false, 'true', 'false', 1, 0, -1, null, '', [], {}, [true], [[]], ' '],
	...[200, 399, 400, 404.5, 500, 1e308, 0.5, 201, 199, 300, 302, -1, 3.2, 9900, -0.1, 99],
	...words(
		'SUCCESS success FAILURE 200 400 20.0 100.0 -0.5 NaN Infinity 1e999 0 None none OK 299 302 FACE_TOO_SMALL',
	),
	...[{ result: false }, { success: false }, { error: null, detail: 'None' }, { liveness: null }, [null]],
	...[
		{ error: 'None', error_code: 0 },
		{ errors: [] },
		{ data: { result: false } },
		{ raw: { result: false } },
	],
	...['Absolute face size is too small', '\u0000\u202e\u2028', 'x'.repeat(1500)],
	...[{ result: true }, { result: 'true' }, { result: 1 }, { result: [true] }, { result: { result: true } }],
	...[{ error_code: 'UNKNOWN' }, { error: 'a text without a code' }, { data: { error_code: 'EYES_CLOSED' } }],
	...[{ liveness: {} }, { liveness: { FACE_CROPPED: '' } }, { liveness: { FACE_CROPPED: null } }],
	...[{ liveness: ['FACE_CROPPED'] }, { liveness: 'FACE_CROPPED' }, ['FACE_CROPPED']],
	...['d3da2b7a-b062-11ec-b3b9-0242ac190002', '98008E56-CD6F-410C-9D8D-F9E620661395'],
	...['d3da2b7a-b062-11ec-b3b9-0242ac19000', ' d3da2b7a-b062-11ec-b3b9-0242ac190002'],
	JSON.parse('{ "__proto__": { "result": true, "polluted": true } }'),
	{ constructor: { prototype: { polluted: true } } },
];

/** Keys, values and whole answers that mean something to one kind of node. */
export interface Vocabulary {
	keys: string[];
	values: unknown[];
	answers: Answer[];
	/** The maximum number of edits of an answer. */
	edits: number;
}

const FACES: Vocabulary = { keys: [], values: [], answers: Object.values(ANSWERS), edits: 5 };

const editWith = ({ keys, values }: Vocabulary): fc.Arbitrary<Edit> =>
	fc.record({
		kind: fc.constantFrom('replace' as const, 'delete' as const, 'add' as const),
		place: fc.nat(1000),
		entry: fc.nat(1000),
		key: fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom(...KEYS) },
			{ weight: 1, arbitrary: fc.string() },
			...(keys.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...keys) }] : []),
		),
		value: fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom(...JUNK) },
			{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
			{ weight: 1, arbitrary: fc.constantFrom(...Object.values(ANSWERS)).map(({ result }) => result) },
			...(values.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...values) }] : []),
		),
	});

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const containersIn = (value: unknown): Container[] =>
	isContainer(value) ? [value, ...Object.values(value).flatMap(containersIn)] : [];

/** Sets a key as JSON.parse would: `__proto__` becomes a key like any other. */
function set(container: Container, key: string, value: unknown): void {
	Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function apply(document: Container, { kind, place, entry, key, value }: Edit): void {
	const containers = containersIn(document);
	const container = containers[place % containers.length];
	const keys = Object.keys(container);
	if (kind === 'add' || keys.length === 0) {
		const isIndex = /^(0|[1-9]\d{0,3})$/.test(key);
		set(container, Array.isArray(container) && !isIndex ? String(container.length) : key, value);
		return;
	}
	const chosen = keys[entry % keys.length];
	if (kind === 'replace') set(container, chosen, value);
	else if (Array.isArray(container)) container.splice(Number(chosen), 1);
	else delete container[chosen];
}

/**
 * Task answers that are documented ones with some edits at random places: a value replaced, taken away or added.
 * The result went through JSON, as an answer does. Half of them start from `passing`, half from the vocabulary's answers.
 */
export const mutationsOf = (
	passing: Answer,
	vocabulary: Vocabulary = FACES,
): fc.Arbitrary<Record<string, unknown>> =>
	fc
		.tuple(
			fc.oneof(fc.constant(passing), fc.constantFrom(...vocabulary.answers)),
			fc.array(editWith(vocabulary), { maxLength: vocabulary.edits }),
		)
		.map(([sample, edits]) => {
			const document = structuredClone(sample);
			for (const each of edits) {
				apply(document, { ...each, value: isContainer(each.value) ? parsed(each.value) : each.value });
			}
			return parsed(document) as Record<string, unknown>;
		});

const parsed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
