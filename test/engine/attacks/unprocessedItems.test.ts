import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INode } from 'n8n-workflow';
import { taskId } from '../support/answers';
import { CONTINUE, failed } from '../support/check';
import { NODE_CLASSES, outputsByN8n, refusedByN8n } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { check, fakeProgeny, useProgeny, type Check } from '../support/progeny';
import { NODE_ROWS } from '../support/services';
import { ERROR, FAIL, PASS, evilJson, saysYes } from './attack';
import { rowsFor } from '../../support/thorough';

useProgeny();

const ROUTED = { routeByDecision: true };
const evilPhoto = () => fileItem(tinyJpeg(), evilJson());

/** Items that n8n puts on an output by itself, or lets through, while nothing passes. */
const WAYS_IN: Record<string, Partial<INode> & { throws?: boolean }> = {
	'Always Output Data': { alwaysOutputData: true },
	'Always Output Data and Continue': { alwaysOutputData: true, onError: 'continueRegularOutput' },
	'Always Output Data and the error output': { alwaysOutputData: true, onError: 'continueErrorOutput' },
	'a disabled node': { disabled: true },
	'a disabled node with the error output': { disabled: true, onError: 'continueErrorOutput' },
	'a node that throws under Continue': { onError: 'continueRegularOutput', throws: true },
	'a node that throws with the error output': { onError: 'continueErrorOutput', throws: true },
	'a node that throws, with Retry On Fail and Continue': {
		onError: 'continueRegularOutput',
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
		throws: true,
	},
};

afterEach(() => jest.restoreAllMocks());

describe.each(NODE_ROWS)(
	'%s: nothing that was not judged reaches Pass',
	(node, { unsendable, bad, good }) => {
		const run = (setup: Check) =>
			check({ node, items: [evilPhoto(), { json: evilJson() }], options: ROUTED, outputs: 4, ...setup });

		test.each(rowsFor(node, Object.entries(WAYS_IN)))('%s', async (_, { throws, ...settings }) => {
			fakeProgeny({ task: () => [200, bad.answer] });
			if (throws) jest.spyOn(NODE_CLASSES[node].prototype, 'execute').mockRejectedValue(new Error('broken'));
			const items = settings.onError === undefined ? { items: [evilPhoto()] } : {};
			const { arrived } = await run({ settings, ...items });
			expect(arrived[PASS]).toEqual([]);
			expect(arrived[ERROR].filter(saysYes)).toEqual([]);
			expect(arrived[FAIL].length + arrived[ERROR].length).toBeGreaterThan(0);
		});

		test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'an unexpected exception of our own code under %s: no item passes unchecked',
			async (onError) => {
				fakeProgeny();
				jest.spyOn(ExecuteContext.prototype, 'addExecutionHints').mockImplementation(() => {
					throw new Error('broken');
				});
				const item = expect.objectContaining({ json: { error: 'broken' } });
				for (const options of [{}, ROUTED]) {
					const { status, outputs } = await run({ options, settings: { onError } });
					expect([status, outputs.flat()]).toEqual(['success', [item, item]]);
				}
			},
		);

		test('Always Output Data adds its empty item to Fail, even if everyone passed or no item came in', async () => {
			fakeProgeny();
			const settings = { alwaysOutputData: true };
			const { arrived } = await run({ items: [evilPhoto()], settings });
			expect(arrived[FAIL]).toEqual([{}]);
			expect(arrived[PASS]).toEqual([expect.objectContaining(good.output)]);
			expect((await run({ items: [], settings })).arrived[PASS]).toEqual([]);
		});

		/** The wires stay in place when routing is switched off, by hand or by something that is not `true`. */
		test.each(
			rowsFor<[string, unknown]>(node, [
				['off', { routeByDecision: false }],
				['"true"', { routeByDecision: 'true' }],
				['1', { routeByDecision: 1 }],
				['an expression', { routeByDecision: '={{ true }}' }],
				['options from an expression', '={{ ({ routeByDecision: true }) }}'],
				['no options', null],
			]),
		)('wires of three outputs, with routing %s: the error output claims no pass', async (_, options) => {
			fakeProgeny({ task: (_, id) => [200, id === taskId(0) ? good.answer : bad.answer] });
			const { arrived } = await run({
				items: [evilPhoto(), evilPhoto(), { json: evilJson() }],
				options,
				settings: { onError: 'continueErrorOutput' },
			});
			expect(arrived[FAIL].map(saysYes).sort()).toEqual([false, true]);
			expect(arrived[1]).toEqual([failed(unsendable)]);
			expect(arrived[PASS]).toEqual([]);
		});
	},
);

/** Values of `options` in a workflow's JSON. */
const OPTIONS = [
	...[true, 'true', 1, [true], null, '={{ true }}'].map((value) => ({ routeByDecision: value })),
	'={{ ({ routeByDecision: true }) }}',
	'={{ $json.nothing.at.all }}',
	null,
	[{ routeByDecision: true }],
].map((options): [string, IDataObject] => [JSON.stringify(options), { options: options as IDataObject }]);
OPTIONS.push(['no options', {}]);

describe.each(NODE_ROWS)('%s: n8n draws the outputs that the node fills', (node, { operation, inputs }) => {
	const OPERATIONS: Array<[string, IDataObject]> = [
		['its own', { operation }],
		['getResult', { operation: 'getResult', receipt: 'pgr' }],
		['submit', { operation: 'submit' }],
		['missing', {}],
		['an expression', { operation: "={{ 'submit' }}" }],
		['unheard of', { operation: 'Submit' }],
	];

	test.each(rowsFor(node, OPERATIONS))(
		'operation %s, with every value of the option',
		async (name, given) => {
			for (const [title, options] of OPTIONS) {
				const parameters = { ...inputs, ...given, ...options };
				const setup = { node, items: [{ json: evilJson() }], parameters, settings: CONTINUE };
				const outputs = (await check(setup).catch(refusedByN8n))?.outputs;
				if (outputs === undefined && name === 'an expression') continue;
				const isRouted = title === '{"routeByDecision":true}' && name !== 'submit';
				const failure = { json: expect.objectContaining({ error: expect.any(String) }) };
				const items = [expect.objectContaining(failure)];
				expect({ title, drawn: outputsByN8n(setup).length, outputs }).toEqual({
					title,
					drawn: isRouted ? 3 : 1,
					outputs: isRouted ? [items, [], []] : [items],
				});
			}
		},
	);
});
