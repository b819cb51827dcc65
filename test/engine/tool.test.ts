import type { IDataObject } from 'n8n-workflow';
import { ANSWERS } from '../unit/documented';
import { runNode, toolTypeOf } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, fakeProgeny, useProgeny } from './support/progeny';
import { NODES } from './support/services';
import { rowsFor } from '../support/thorough';

useProgeny();

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

		test.each(rowsFor(node, outcomes))('%s', async (_, handlers, parameters = {}) => {
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

const HUGE = 'Zdzislawa Quxworth '.repeat(15);
const huge = {
	issues: {
		liveness: Object.fromEntries(
			Array.from({ length: 100 }, (_, i) => [`THE_FACE_IS_TOO_SMALL_FOR_THIS_PROVIDER_${i}`, HUGE]),
		),
	},
	liveness: {
		result: false,
		data: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`more_${i}`, HUGE])),
	},
	document: {
		...{
			is_valid: false,
			is_expired: true,
			fullName: HUGE,
			firstName: HUGE,
			lastName: HUGE,
			documentNumber: HUGE,
		},
		...{ nationality: HUGE, sex: HUGE, dateOfBirth: '1990-9-4', dateOfExpiry: '2033-9-25' },
	},
	background_check: {
		...{ potential_match: true, risk_level: 'high', total_matches: 12 },
		hits: Array.from({ length: 12 }, () => ({ name: HUGE, topics: ['sanction'] })),
	},
};

test.each(NODES)(
	'%s answers an agent in less than 1 kB, whatever Progeny says, and cuts no verdict',
	async (node, { inputs }) => {
		const body = { id: 1, status: 'SUCCESS', result: { status: 200, data: huge } };
		fakeProgeny({ task: () => [200, body], submit: () => [200, { id: 'a.b:'.repeat(50) }] });
		const setup = { node, account: ACCOUNT, items: [fileItem(tinyJpeg())] };
		const parameters = {
			...inputs,
			options: { extendData: true, includeInput: true, reference: 'r'.repeat(1000) },
		};
		const whole = await runNode({ ...setup, parameters });
		const { json } = await runNode({ ...setup, parameters, settings: { type: toolTypeOf(node) } });
		const beside = ['receipt', 'providerData', 'input', 'reference'];
		const answer = Object.fromEntries(Object.entries(json[0]).filter(([key]) => !beside.includes(key)));
		expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(1024);
		expect(JSON.stringify(whole.json[0]).length).toBeGreaterThan(3000);
		const { decision, taskId } = whole.json[0];
		expect(answer).toMatchObject({
			decision,
			taskId,
			reasons: expect.arrayContaining((whole.json[0].reasons as string[]).slice(0, 5)),
		});
		expect(Object.keys(answer).slice(0, 3)).toEqual(Object.keys(whole.json[0]).slice(0, 3));
	},
);
