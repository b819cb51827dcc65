import pMap from 'p-map';
import fc from 'fast-check';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { CONTINUE } from './support/check';
import { pairedWith, refusedByN8n, type Ran } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, UUID } from './support/services';
import { runs } from '../support/thorough';

useProgeny();

const RUNS = runs(1200);
const SEED = 20260101;
const AT_ONCE = 8;

const FAILING = [
	'={{ $json.nothing.at.all }}',
	'={{ nonsense( }}',
	'={{ (() => { throw new Error("no") })() }}',
];
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>;
const odd = fc.oneof(
	json,
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.double(),
	fc.constantFrom('', ' ', '0', '-1', 'NaN', '1e999', 'true', '__proto__', '={{ $json }}', '={{ $binary }}'),
	fc.constantFrom(...FAILING),
);
/** Mostly a sensible value, now and then an odd one. */
const mostly = <T>(sensible: fc.Arbitrary<T>) =>
	fc.oneof({ weight: 4, arbitrary: sensible as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });

const options = fc.record(
	{
		concurrency: mostly(fc.integer({ min: -1, max: 60 })),
		extendData: mostly(fc.boolean()),
		timeout: mostly(fc.integer({ min: -5, max: 4000 })),
		onTimeout: mostly(fc.constantFrom('error', 'review')),
		minMatchPercent: mostly(fc.double({ min: -1, max: 101, noNaN: true })),
		minLivenessProbability: mostly(fc.double({ min: -0.1, max: 1.1, noNaN: true })),
		hideScores: mostly(fc.boolean()),
		routeByDecision: mostly(fc.boolean()),
		includeInput: mostly(fc.boolean()),
		backgroundCheck: mostly(fc.boolean()),
		hidePersonalData: mostly(fc.boolean()),
		minAge: mostly(fc.integer({ min: 0, max: 40 })),
		expectedName: mostly(fc.constantFrom('Jane Doe', '={{ $json.name }}')),
		expectedDateOfBirth: odd,
	},
	{ requiredKeys: [] },
);
const parameters = fc.record(
	{
		operation: fc.constantFrom('its own', 'its own', 'submit', 'getResult', 'unheard of'),
		binaryPropertyName: mostly(fc.constantFrom('data', 'photo', '={{ $binary.data }}')),
		uuid: mostly(fc.constantFrom(UUID, '={{ $json.uuid }}', UUID.toUpperCase())),
		receipt: mostly(fc.uuid()),
		documentType: mostly(fc.constantFrom('passport', 'card')),
		fullName: mostly(fc.constantFrom('Jane Doe', '={{ $json.name }}')),
		dateOfBirth: mostly(fc.constantFrom('1990-09-04', '={{ $json.born }}')),
		options: fc.oneof(
			{ weight: 9, arbitrary: options as fc.Arbitrary<unknown> },
			{ weight: 1, arbitrary: odd },
		),
	},
	{ requiredKeys: ['operation', 'uuid', 'receipt', 'binaryPropertyName'] },
);
const file = fc.oneof(fc.constant(tinyJpeg()), fc.uint8Array({ maxLength: 60 }).map(Buffer.from));
const item: fc.Arbitrary<INodeExecutionData> = fc
	.tuple(fc.dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 3 }), fc.option(file), fc.boolean())
	.map(([fields, photo, hasUuid]) => {
		const data = { ...fields, ...(hasUuid ? { uuid: UUID } : {}) } as IDataObject;
		return photo === null ? { json: data } : fileItem(photo, data);
	});
const settings = fc.constantFrom<Partial<INode>>({}, CONTINUE, { onError: 'continueErrorOutput' });
const service = fc.constantFrom(...NODE_ROWS);
const items = fc.array(item, { minLength: 1, maxLength: 4 });
const cases = fc.sample(fc.record({ service, parameters, items, settings }), { numRuns: RUNS, seed: SEED });
type Case = (typeof cases)[number];

/**
 * Every other task ends well: its answer has what each of the services needs for a yes, since a random task ID may be of any. A
 * liveness check with scores serves them all.
 */
const hasPassed = (id: string) => /[02468]$/.test(id);
const answers = NODE_ROWS.map(([, { good, bad }]) => ({
	good: good.answer.result.data,
	bad: bad.answer.result.data,
}));
const taskOf = (id: string) => ({
	id: 1,
	status: 'SUCCESS',
	result: {
		status: 200,
		data: Object.assign({}, ...[...answers].reverse().map(({ good, bad }) => (hasPassed(id) ? good : bad))),
	},
});

async function runAll(): Promise<Array<Ran | undefined>> {
	fakeProgeny({ task: (_n, id) => [200, taskOf(id)] });
	const run = ({ service: [node, { operation }], items, settings, ...row }: Case) => {
		// As n8n loads them: fast-check makes objects without a prototype.
		const parameters = JSON.parse(JSON.stringify(row.parameters)) as IDataObject;
		if (parameters.operation === 'its own') parameters.operation = operation;
		return check({ node, items, parameters, settings }).catch(refusedByN8n);
	};
	return await pMap(cases, run, { concurrency: AT_ONCE });
}

const CODED = /^\[[A-Z_]+\] \S/;
const describeCase = ({ service: [node], parameters, settings, items }: Case) =>
	JSON.stringify({ node, parameters, settings, items: items.map(({ json }) => json) });
/** Expressions are n8n's to evaluate, and their failures n8n's to word. */
const hasExpression = ({ parameters }: Case) => JSON.stringify(parameters).includes('"={{');

const KINDS = ['result', 'yes', 'failure', 'submitted', 'error'] as const;
type Kind = (typeof KINDS)[number];

/** What is wrong with an item that came out, or which kinds of item it is. */
function judgeItem(row: Case, json: IDataObject): { kinds: Kind[]; wrong?: string | false } {
	const [, { good, yes }] = row.service;
	const [says] = Object.keys(good.output);
	const result = { ...json };
	for (const key of ['input', 'providerData']) delete result[key];
	if (JSON.stringify(JSON.parse(JSON.stringify(result))) !== JSON.stringify(result))
		return { kinds: [], wrong: 'cannot be stored' };
	if (typeof result.error === 'string') {
		const isKnown = CODED.test(String(result.message)) || hasExpression(row);
		const hasMore = Object.keys(result).some((key) => !['error', 'message'].includes(key));
		return { kinds: ['failure'], wrong: (!isKnown || hasMore) && 'a failure that is not ours' };
	}
	if (!(says in result)) {
		const isSubmitted = row.parameters.operation === 'submit' && typeof result.taskId === 'string';
		return { kinds: ['submitted'], wrong: !isSubmitted && 'neither a result nor a failure' };
	}
	const isYes = result[says] === true;
	const isContradictory = typeof result[says] !== 'boolean' || yes.test(JSON.stringify(result)) !== isYes;
	return {
		kinds: isYes ? ['result', 'yes'] : ['result'],
		wrong:
			(isContradictory && 'a result that contradicts itself') ||
			(isYes !== ((result.reasons as string[]).length === 0) && 'a yes with reasons, or a no without') ||
			(isYes && !hasPassed(String(result.taskId)) && 'a yes that Progeny did not give'),
	};
}

/** The same for a whole run. */
function judgeRun(row: Case, ran: Ran): { kinds: Kind[]; wrong?: string | false } {
	const out = ran.outputs.flat();
	if (ran.status === 'error') {
		const isOurs = CODED.test(ran.error?.description ?? '') || hasExpression(row);
		const isRight = isOurs && out.length === 0 && row.settings.onError === undefined;
		return { kinds: ['error'], wrong: !isRight && `an odd error: ${ran.error?.message}` };
	}
	const paired = out.map(pairedWith).sort((a, b) => a - b);
	if (ran.status !== 'success' || paired.join() !== row.items.map((_, n) => n).join())
		return { kinds: [], wrong: `${ran.status}, items ${paired.join()} of ${row.items.length}` };
	const judged = out.map(({ json }) => judgeItem(row, json));
	return { kinds: judged.flatMap(({ kinds }) => kinds), wrong: judged.find(({ wrong }) => wrong)?.wrong };
}

test(`${RUNS} random runs: one item for each, our results or our failures, and no pass that Progeny did not return`, async () => {
	const results = await runAll();
	const judged = results.flatMap((ran, i) =>
		ran === undefined ? [] : [{ ...judgeRun(cases[i], ran), row: cases[i] }],
	);
	const wrong = judged.filter((one) => one.wrong).map((one) => `${one.wrong}: ${describeCase(one.row)}`);
	expect(wrong).toEqual([]);
	expect(judged.length).toBeGreaterThan((3 * RUNS) / 4);
	const kinds = judged.flatMap(({ kinds: each }) => each);
	for (const kind of KINDS)
		expect([kind, kinds.filter((other) => other === kind).length > RUNS / 60]).toEqual([kind, true]);
});
