import { runNode, toolTypeOf } from './support/engine';
import { ACCOUNT, fakeProgeny, useNock } from './support/progeny';
import { NODES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

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
