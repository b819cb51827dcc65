import type { IDataObject } from 'n8n-workflow';
import { ANSWERS } from '../unit/documented';
import { runNode, toolTypeOf } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, fakeProgeny, useNock } from './support/progeny';
import { NODES } from './support/services';
import { useVirtualTime } from './support/virtualTime';
import { dealt } from '../support/thorough';

useNock();
useVirtualTime();

test.each(NODES)(
	'%s as an AI tool tells the agent why it failed, whatever On Error says, and never that the person passed',
	async (node, { inputs, unsendable }) => {
		const traffic = fakeProgeny();
		const setup = { node, account: ACCOUNT, items: [{ json: {} }], parameters: inputs };
		const tool = await runNode({ ...setup, settings: { type: toolTypeOf(node) } });
		expect({ status: tool.status, items: tool.outputs }).toEqual({
			status: 'success',
			items: [
				[
					{
						json: {
							error: expect.any(String),
							message: expect.stringMatching(`^\\[${unsendable}\\] `),
						},
						pairedItem: 0,
					},
				],
			],
		});

		const { status, outputs } = await runNode(setup);
		expect({ status, outputs }).toEqual({ status: 'error', outputs: [] });
		expect(traffic.submits).toHaveLength(0);
	},
);

describe.each(NODES)(
	"%s answers an agent in less than 1 kB, as a model's context is not to be filled",
	(node, { inputs }) => {
		const answers = Object.entries(ANSWERS);
		const outcomes: Array<[string, Parameters<typeof fakeProgeny>[0], IDataObject?]> = [
			...answers.map(([name, answer]) => [name, { task: () => [200, answer] }] as (typeof outcomes)[number]),
			[
				'no result in time, to be reviewed',
				{ task: () => [200, PENDING] },
				{ options: { timeout: 5, onTimeout: 'review' } },
			],
			['an unknown outcome', { submit: () => [500, 'x'.repeat(5000)] }],
			['a rejected upload', { submit: () => [400, { image: ['x'.repeat(5000)] }] }],
			['Submit Photo', {}, { operation: 'submit' }],
		];

		test.each(dealt(node, outcomes))('%s', async (_, handlers, parameters = {}) => {
			fakeProgeny(handlers);
			const { json } = await runNode({
				node,
				account: ACCOUNT,
				items: [fileItem(tinyJpeg())],
				parameters: { ...inputs, options: { timeout: 5 }, ...parameters },
				settings: { type: toolTypeOf(node) },
			});
			expect(json).toHaveLength(1);
			expect(Buffer.byteLength(JSON.stringify(json))).toBeLessThan(1024);
		});
	},
);
