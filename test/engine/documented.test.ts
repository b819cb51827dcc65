import { ACCEPTED, ANSWERS, REFUSED } from '../unit/documented';
import { JUDGES } from '../unit/judges';
import { runNode } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useNock } from './support/progeny';
import { NODES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

/** It is not certain that an answer about a failure comes with HTTP 200. */
const ENDED = Object.entries(ANSWERS).flatMap(([name, answer]) =>
	answer.status === 'SUCCESS' ? [200, 400].map((status) => [name, status, answer] as const) : [],
);

describe.each(NODES)('%s, by what Progeny documents', (node, { path, texts, good, bad, yes }) => {
	const run = () =>
		runNode({ node, account: ACCOUNT, items: [fileItem(tinyJpeg())], parameters: { ...texts } });

	test('its upload is accepted with a task ID, by which the result is fetched', async () => {
		const traffic = fakeProgeny({ submit: () => [200, ACCEPTED[path]] });
		const { json } = await run();
		expect(json[0]).toMatchObject({ ...good.finding, taskId: ACCEPTED[path].id });
		expect(traffic.polls.map(({ id }) => id)).toEqual([ACCEPTED[path].id]);
	});

	test('its refusal is quoted', async () => {
		const traffic = fakeProgeny({ submit: () => [400, REFUSED[path]] });
		const { error } = await run();
		const [[field, [words]]] = Object.entries(REFUSED[path]);
		expect(error!.message).toContain(`(HTTP 400): ${field}: ${words}`);
		expect(error!.description).toMatch(/^\[SUBMIT_REJECTED\] Progeny took nothing\./);
		expect(traffic.submits).toHaveLength(1);
	});

	test.each(ENDED)('%s, sent with HTTP %i, comes out as it is judged', async (_, status, answer) => {
		fakeProgeny({ task: () => [status, answer] });
		const { outputs } = await run();
		const json = {
			...JUDGES[node].judge({ ...answer, httpStatus: status }),
			...texts,
			taskId: expect.any(String),
			timing: expect.objectContaining({ polls: 1 }),
		};
		expect(outputs).toEqual([[{ json, pairedItem: { item: 0 } }]]);
		expect(yes.test(JSON.stringify(outputs)) && status === 400).toBe(false);
	});

	test('its good and its bad answer are told apart', () => {
		expect(JSON.stringify(good.finding)).toMatch(yes);
		expect(JSON.stringify(bad.finding)).not.toMatch(yes);
		expect(JUDGES[node].judge(good.answer)).toEqual(good.finding);
		expect(JUDGES[node].judge(bad.answer)).toEqual(bad.finding);
	});
});
