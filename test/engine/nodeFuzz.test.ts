import fc from 'fast-check';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { runNode, type Ran } from './engine';
import { fileItem, tinyJpeg } from './items';
import { ACCOUNT, NOT_MATCHED, PASSED, UUID, playProgeny, useNock } from './progeny';

jest.mock('../../nodes/shared/schedule', () => {
	const real = jest.requireActual('../../nodes/shared/schedule');
	const nextPollMs = (situation: never) => (real.nextPollMs(situation) === undefined ? undefined : 1);
	return { ...real, nextPollMs };
});
jest.mock('../../nodes/shared/limits', () =>
	jest.requireActual('./faults.fast').fastLimits(jest.requireActual('../../nodes/shared/limits')),
);

useNock();

const RUNS = 400;
const SEED = 20260101;
const AT_ONCE = 8;

const FAILING = ['={{ $json.nothing.at.all }}', '={{ nonsense( }}', '={{ (() => { throw new Error("no") })() }}'];
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>;
const odd = fc.oneof(
	json,
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.double(),
	fc.constantFrom('', ' ', '0', '-1', 'NaN', '1e999', 'true', '__proto__', '={{ $json }}', '={{ $binary }}', ...FAILING),
);
/** Mostly a sensible value, now and then an odd one. */
const mostly = <T>(sensible: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: sensible as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });

const options = fc.record(
	{
		concurrency: mostly(fc.integer({ min: -1, max: 60 })),
		extendData: mostly(fc.boolean()),
		timeout: mostly(fc.integer({ min: -5, max: 4000 })),
		onTimeout: mostly(fc.constantFrom('error', 'review')),
		minMatchPercent: mostly(fc.double({ min: -1, max: 101, noNaN: true })),
		minLivenessProbability: mostly(fc.double({ min: -0.1, max: 1.1, noNaN: true })),
		hideScores: mostly(fc.boolean()),
		includeInput: mostly(fc.boolean()),
	},
	{ requiredKeys: [] },
);
const parameters = fc.record(
	{
		operation: fc.constantFrom('authenticate', 'authenticate', 'submit', 'getResult', 'unheard of'),
		binaryPropertyName: mostly(fc.constantFrom('data', 'photo', '={{ $binary.data }}')),
		uuid: mostly(fc.constantFrom(UUID, '={{ $json.uuid }}', UUID.toUpperCase())),
		taskId: mostly(fc.uuid()),
		routeByDecision: fc.oneof(fc.boolean(), json),
		options: fc.oneof({ weight: 9, arbitrary: options as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd }),
	},
	{ requiredKeys: ['operation', 'uuid'] },
);
const item: fc.Arbitrary<INodeExecutionData> = fc
	.tuple(
		fc.dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 3 }),
		fc.option(fc.oneof(fc.constant(tinyJpeg()), fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)))),
		fc.boolean(),
	)
	.map(([fields, file, hasUuid]) => {
		const data = { ...fields, ...(hasUuid ? { uuid: UUID } : {}) } as IDataObject;
		return file === null ? { json: data } : fileItem(file, data);
	});
const settings = fc.constantFrom<Partial<INode>>(
	{},
	{ onError: 'continueRegularOutput' },
	{ onError: 'continueErrorOutput' },
);
const cases = fc.sample(fc.record({ parameters, items: fc.array(item, { minLength: 1, maxLength: 4 }), settings }), {
	numRuns: RUNS,
	seed: SEED,
});
type Case = (typeof cases)[number];

const passedTasks = (id: string) => /[02468]$/.test(id);

async function runAll(): Promise<Ran[]> {
	playProgeny({ task: (_n, id) => [200, passedTasks(id) ? PASSED : NOT_MATCHED] });
	const results = new Array<Ran>(cases.length);
	let next = 0;
	const lane = async () => {
		while (next < cases.length) {
			const i = next++;
			const { parameters, items, settings } = cases[i];
			results[i] = await runNode({
				account: ACCOUNT,
				items,
				parameters: parameters as unknown as IDataObject,
				settings,
			});
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
	return results;
}

const CODED = /^\[[A-Z_]+\] \S/;
const describeCase = ({ parameters, settings, items }: Case) =>
	JSON.stringify({ parameters, settings, items: items.map(({ json }) => json) });
/** Expressions are n8n's to evaluate, and their failures n8n's to word. */
const hasExpression = ({ parameters }: Case) => JSON.stringify(parameters).includes('"={{');

test(`${RUNS} runs with random parameters: one item out for each one in, our verdicts or our failures, no pass that Progeny did not give`, async () => {
	const results = await runAll();
	const seen = { verdicts: 0, passes: 0, failures: 0, submits: 0, errors: 0 };
	results.forEach((ran, i) => {
		const row = cases[i];
		const input = describeCase(row);
		if (ran.status === 'error') {
			seen.errors++;
			expect({ input, onError: row.settings.onError, out: ran.outputs.flat() }).toEqual({ input, onError: undefined, out: [] });
			const isOurs = CODED.test(ran.error!.description ?? '');
			expect({ input, error: ran.error!.message, isOurs: isOurs || hasExpression(row) }).toMatchObject({ isOurs: true });
			return;
		}
		expect({ input, status: ran.status }).toEqual({ input, status: 'success' });
		const out = ran.outputs.flat();
		const paired = out.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		expect({ input, paired: [...paired].sort() }).toEqual({ input, paired: row.items.map((_, n) => n) });
		for (const { json, pairedItem } of out) {
			const includesInput = json.progeny !== undefined && json.decision === undefined;
			const result = (includesInput ? json.progeny : json) as IDataObject;
			expect(JSON.parse(JSON.stringify(result))).toEqual(result);
			if (typeof result.error === 'string') {
				seen.failures++;
				const isOurs = CODED.test(String(result.message)) || hasExpression(row);
				expect({ input, result, isOurs }).toMatchObject({ isOurs: true });
				expect(result).not.toHaveProperty('decision');
			} else if (result.decision === undefined) {
				seen.submits++;
				expect({ input, keys: Object.keys(result).sort() }).toEqual({ input, keys: ['submittedAt', 'taskId', 'uuid'] });
				expect(row.parameters.operation).toBe('submit');
			} else {
				seen.verdicts++;
				const { decision, authenticated, taskId } = result as { decision: string; authenticated: unknown; taskId: string };
				expect(['pass', 'review', 'fail']).toContain(decision);
				expect({ input, pairedItem, authenticated }).toEqual({ input, pairedItem, authenticated: decision === 'pass' });
				if (decision === 'pass') {
					seen.passes++;
					expect({ input, given: passedTasks(taskId) }).toEqual({ input, given: true });
				}
			}
		}
	});
	for (const [what, count] of Object.entries(seen)) expect([what, count > 10]).toEqual([what, true]);
}, 60_000);
