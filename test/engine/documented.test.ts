import { withAffirmative } from '../../nodes/shared/item/output';
import { hasNoContent } from '../../nodes/shared/result/contradictions';
import { ANSWERS } from '../unit/documented';
import { PLAIN } from '../unit/judges';
import { fakeProgeny, check, useProgeny } from './support/progeny';
import { NODE_ROWS, SERVICES, type NodeName } from './support/services';
import { answerWith } from './support/answers';
import { registeredNodes } from '../support/nodes';
import { rowsFor } from '../support/thorough';

useProgeny();

/** It is not certain that an answer about a failure comes with HTTP 200. */
const ENDED = Object.entries(ANSWERS).flatMap(([name, answer]) =>
	[200, 400]
		.filter((httpStatus) => answer.status === 'SUCCESS' && !hasNoContent({ ...answer, httpStatus }))
		.map((status) => [name, status, answer] as const),
);

/** n8n's default. */
const N8N_TIME_ZONE = 'America/New_York';
/** The unit tests hold each of these to every documented answer. */
const judgeOf = (node: NodeName) => (answer: Record<string, unknown>) => {
	const { inputs } = SERVICES[node];
	const parameter = (name: string) => (name === 'fullName' ? 'Jane Doe' : inputs[name]);
	const { service } = registeredNodes.find(({ description }) => description.name === node)!;
	const call = service.call({ parameter, option: () => undefined, timeZone: () => N8N_TIME_ZONE });
	return withAffirmative(service, call.judge(answer, { ...PLAIN, now: [Date.now()] }));
};

describe.each(NODE_ROWS)('%s, by what Progeny documents', (node, service) => {
	const { inputs, shown, accepted, refused, good, bad, yes } = service;
	const run = () => check({ node });

	test('its upload is accepted with a task ID, by which the result is fetched', async () => {
		const traffic = fakeProgeny({ submit: () => [200, { id: accepted }] });
		const { json } = await run();
		expect(json[0]).toMatchObject({ ...good.output, taskId: accepted });
		expect(traffic.polls.map(({ id }) => id)).toEqual([accepted]);
	});

	test('an answer about another task, or about another person, does not pass', async () => {
		const another = '0b1f7a3e-3f0a-4f0e-9a55-1f6f2c1f7a11';
		const ofAnother: unknown[] = [{ ...good.answer, task_id: another }];
		if (inputs.uuid !== undefined) ofAnother.push(answerWith(good.answer, { uuid: another }));
		for (const answer of ofAnother) {
			fakeProgeny({ task: () => [200, answer] });
			const { json } = await run();
			expect(json).toEqual([expect.objectContaining({ decision: 'review', reasons: ['CONTRADICTORY'] })]);
		}
	});

	test('its refusal is quoted, unless personal text was sent', async () => {
		const traffic = fakeProgeny({ submit: () => [400, refused] });
		const { error } = await run();
		const [[field, [words]]] = Object.entries(refused);
		const quoted = node === 'backgroundCheck' ? '' : `: ${field}: ${words}`;
		expect(error!.message).toContain(`(HTTP 400)${quoted}`);
		expect(error!.message.includes(words)).toBe(quoted !== '');
		expect(error!.description).toMatch(/^\[SUBMIT_REJECTED\] Nothing was submitted\./);
		expect(traffic.submits).toHaveLength(1);
	});

	test.each(rowsFor(node, ENDED))(
		'%s, sent with HTTP %i, is returned as it is judged',
		async (_, status, answer) => {
			fakeProgeny({ task: () => [status, answer] });
			const { outputs } = await run();
			const json = {
				...judgeOf(node)({ ...answer, httpStatus: status }),
				...shown,
				taskId: expect.any(String),
				timing: expect.objectContaining({ polls: 1 }),
			};
			expect(outputs).toEqual([[{ json, pairedItem: { item: 0 } }]]);
			expect(yes.test(JSON.stringify(outputs)) && status === 400).toBe(false);
		},
	);

	test('its good and its bad answer are told apart', () => {
		expect(JSON.stringify(good.output)).toMatch(yes);
		expect(JSON.stringify(bad.output)).not.toMatch(yes);
		expect(judgeOf(node)(good.answer)).toEqual(good.output);
		expect(judgeOf(node)(bad.answer)).toEqual(bad.output);
	});
});
