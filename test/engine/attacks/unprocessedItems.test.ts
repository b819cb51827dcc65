import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INode } from 'n8n-workflow';
import { NODES as NODE_CLASSES, outputsByN8n, refusedByN8n, runNode, type Setup } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, fakeProgeny, taskId, useProgeny } from '../support/progeny';
import { NODES } from '../support/services';
import { ERROR, FAIL, PASS, evilJson, saysYes } from './attack';
import { rowsFor } from '../../support/thorough';

useProgeny();

const ROUTED = { options: { routeByDecision: true } };

/** What n8n puts on an output by itself, or lets through, while the node judges nobody a pass. */
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

describe.each(NODES)(
	'%s: nothing that was not judged reaches Pass',
	(node, { inputs, unsendable, bad, good }) => {
		const run = (setup: Partial<Setup>) =>
			runNode({
				node,
				account: ACCOUNT,
				items: [fileItem(tinyJpeg(), evilJson()), { json: evilJson() }],
				parameters: { ...inputs, ...ROUTED },
				outputs: 4,
				...setup,
			});

		test.each(rowsFor(node, Object.entries(WAYS_IN)))('%s', async (_, { throws, ...settings }) => {
			fakeProgeny({ task: () => [200, bad.answer] });
			if (throws) jest.spyOn(NODE_CLASSES[node].prototype, 'execute').mockRejectedValue(new Error('broken'));
			const { arrived } = await run({
				settings,
				...(settings.onError === undefined ? { items: [fileItem(tinyJpeg(), evilJson())] } : {}),
			});
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
				for (const parameters of [inputs, { ...inputs, ...ROUTED }]) {
					const { status, outputs } = await run({ parameters, settings: { onError } });
					const failed = { json: { error: 'broken' } };
					const expected = [expect.objectContaining(failed), expect.objectContaining(failed)];
					expect([status, outputs.flat()]).toEqual(['success', expected]);
				}
			},
		);

		test('Always Output Data adds its empty item to Fail, also where everybody passed', async () => {
			fakeProgeny();
			const { arrived } = await run({
				items: [fileItem(tinyJpeg(), evilJson())],
				settings: { alwaysOutputData: true },
			});
			expect(arrived[FAIL]).toEqual([{}]);
			expect(arrived[PASS]).toEqual([expect.objectContaining(good.finding)]);
		});

		test('no input item at all', async () => {
			fakeProgeny();
			const { arrived } = await run({ items: [], settings: { alwaysOutputData: true } });
			expect(arrived[PASS]).toEqual([]);
		});

		/** The wires stay where they were when routing is switched off, by hand or by something that is not `true`. */
		test.each(
			rowsFor<[string, unknown]>(node, [
				['off', { routeByDecision: false }],
				['"true"', { routeByDecision: 'true' }],
				['1', { routeByDecision: 1 }],
				['an expression', { routeByDecision: '={{ true }}' }],
				['options from an expression', '={{ ({ routeByDecision: true }) }}'],
				['no options', null],
			]),
		)('wires of three outputs, with routing %s: the error output says no yes', async (_, options) => {
			fakeProgeny({ task: (_, id) => [200, id === taskId(0) ? good.answer : bad.answer] });
			const { arrived } = await run({
				items: [0, 1].map(() => fileItem(tinyJpeg(), evilJson())).concat({ json: evilJson() }),
				parameters: { ...inputs, options: options as IDataObject },
				settings: { onError: 'continueErrorOutput' },
			});
			expect(arrived[FAIL].map(saysYes).sort()).toEqual([false, true]);
			expect(arrived[1]).toEqual([
				{ error: expect.any(String), message: expect.stringMatching(`^\\[${unsendable}\\]`) },
			]);
			expect(arrived[PASS]).toEqual([]);
		});
	},
);

const VALUES = [true, false, 'true', 'false', 1, 0, {}, [true], null, '={{ true }}', "={{ 'true' }}"];
/** What may stand under `options` of a workflow's JSON. */
const OPTIONS = [
	...VALUES.map((value) => ({ routeByDecision: value })),
	'={{ ({ routeByDecision: true }) }}',
	'={{ $json.nothing.at.all }}',
	{},
	null,
	'routeByDecision',
	[{ routeByDecision: true }],
].map((options): [string, IDataObject] => [JSON.stringify(options), { options: options as IDataObject }]);
OPTIONS.push(['no options', {}]);

describe.each(NODES)('%s: n8n draws the outputs that the node fills', (node, { operation, inputs }) => {
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
		async (name, parameters) => {
			for (const [title, options] of OPTIONS) {
				const setup: Setup = {
					node,
					account: ACCOUNT,
					items: [{ json: evilJson() }],
					parameters: { ...inputs, ...parameters, ...options },
					settings: { onError: 'continueRegularOutput' },
				};
				const outputs = (await runNode(setup).catch(refusedByN8n))?.outputs;
				if (outputs === undefined && name === 'an expression') continue;
				const isRouted = title === '{"routeByDecision":true}' && name !== 'submit';
				const failed = [
					expect.objectContaining({ json: expect.objectContaining({ error: expect.any(String) }) }),
				];
				expect({ title, drawn: outputsByN8n(setup).length, outputs }).toEqual({
					title,
					drawn: isRouted ? 3 : 1,
					outputs: isRouted ? [failed, [], []] : [failed],
				});
			}
		},
	);
});
