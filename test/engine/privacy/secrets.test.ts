import { answerWith } from '../support/answers';
import { LoggerProxy, type IDataObject } from 'n8n-workflow';
import { setupFor } from '../support/check';
import { runNode } from '../support/engine';
import { PHOTO } from '../support/items';
import { leaksIn, textsIn } from '../support/leaks';
import { NODE_ROWS } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { WireServer, answer } from '../support/wireServer';
import { contexts, leaksAfter, leaksElsewhere, logged, watchNodes } from './run';

useVirtualTime();
watchNodes();

test('both of n8n’s loggers are recorded, at every level', async () => {
	await leaksAfter({});
	logged.length = 0;
	for (const level of ['error', 'warn', 'info', 'debug'] as const) {
		contexts[0].logger[level](`node ${level}`, { token: 'abc' });
		LoggerProxy[level](`engine ${level}`);
	}
	for (const level of ['error', 'warn', 'info', 'debug'])
		expect(logged).toEqual(expect.arrayContaining([`node ${level}`, `engine ${level}`, 'abc']));
});

describe.each(NODE_ROWS)(
	'%s: a successful run leaves no secret and no part of the photo behind',
	(node, { good }) => {
		const extended = answerWith(good.answer, { extend_data: { a: 1 } });
		const everything = { routeByDecision: true, includeInput: true, extendData: true, minMatchPercent: 50 };
		test.each<[string, IDataObject]>([
			['submit', { operation: 'submit' }],
			['get result', { operation: 'getResult', receipt: 'd48eac86-228e-4933-a01d-279886a9c6b5' }],
			['with everything', { options: { timeout: 1, ...everything } }],
			['without scores', { options: { timeout: 1, hideScores: true, extendData: true } }],
		])('%s', async (_, parameters) => {
			const script = { poll: () => answer(200, extended) };
			const { ran, leaks, tokens } = await leaksAfter(script, { node, parameters });
			expect({ status: ran.status, leaks }).toEqual({ status: 'success', leaks: [] });
			expect(leaksElsewhere(tokens)).toEqual([]);
			expect(logged.length).toBeGreaterThan(0);
		});
	},
);

describe('a photo that was put into the wrong parameter as text is not repeated in full', () => {
	const base64 = PHOTO.toString('base64');
	test.each<[string, IDataObject]>([
		['UUID', { uuid: '={{ $json.photo }}' }],
		['Input Binary Field', { binaryPropertyName: '={{ $json.photo }}' }],
		['Receipt or Task ID', { operation: 'getResult', receipt: '={{ $json.photo }}' }],
	])('%s', async (_, parameters) => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const server = await WireServer.start({ poll: () => answer(404, {}) });
			const items = [{ json: { photo: base64 } }];
			const ran = await runNode({ ...setupFor(server, 1, { parameters, settings: { onError } }), items });
			await server.close();
			const { message, description } = ran.error ?? { message: '' };
			expect(leaksIn(textsIn([message, description, ran.outputs, ran.hints]), server.tokens)).toEqual([]);
		}
	});
});
