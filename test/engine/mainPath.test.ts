import { PENDING, answerWith, taskId } from './support/answers';
import { fileItem, photo } from './support/items';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS } from './support/services';

useProgeny();

test.each(NODE_ROWS)(
	'%s: two photos in, a good and a bad result out, in order, paired, numbers as numbers, one login',
	async (node, { path, inputs, shown, good, bad }) => {
		const traffic = fakeProgeny({
			task: (n, id) => [200, n === 0 ? PENDING : id === taskId(0) ? good.answer : bad.answer],
		});
		const byItem = Object.entries(inputs).map(([name, value]) => [
			name,
			String(value).startsWith('=') ? value : `={{ $json.${name} }}`,
		]);
		const { status, outputs, error } = await check({
			node,
			items: ['eileen-collins.png', 'grace-hopper.jpg'].map((name) => fileItem(photo(name), inputs)),
			parameters: Object.fromEntries(byItem),
			options: { concurrency: 1 },
		});
		expect([status, error]).toEqual(['success', undefined]);
		const item = (output: object, n: number) => ({
			json: {
				...output,
				...shown,
				taskId: taskId(n),
				timing: {
					submittedAt: expect.stringMatching(/^\d{4}-.*Z$/),
					completedAt: expect.stringMatching(/^\d{4}-.*Z$/),
					elapsedMs: expect.any(Number),
					polls: n === 0 ? 2 : 1,
				},
			},
			pairedItem: { item: n },
		});
		expect(outputs).toEqual([[item(good.output, 0), item(bad.output, 1)]]);
		expect(traffic.logins).toHaveLength(1);
		expect(traffic.submits.map((submit) => submit.path)).toEqual([path, path]);
	},
);

describe.each(NODE_ROWS)('%s, by what Progeny documents', (node, { inputs, refused, good }) => {
	test('an answer about another task, or about another person, does not pass', async () => {
		fakeProgeny({ task: (_, id) => [200, { ...good.answer, task_id: id }] });
		expect((await check({ node })).json).toEqual([expect.objectContaining(good.output)]);
		const another = '0b1f7a3e-3f0a-4f0e-9a55-1f6f2c1f7a11';
		const ofAnother: unknown[] = [{ ...good.answer, task_id: another }];
		if (inputs.uuid !== undefined) ofAnother.push(answerWith(good.answer, { uuid: another }));
		for (const answer of ofAnother) {
			fakeProgeny({ task: () => [200, answer] });
			const { json } = await check({ node });
			expect(json).toEqual([expect.objectContaining({ decision: 'review', reasons: ['CONTRADICTORY'] })]);
		}
	});

	test('its refusal is quoted, unless personal text was sent', async () => {
		const traffic = fakeProgeny({ submit: () => [400, refused] });
		const { error } = await check({ node });
		const [[field, [words]]] = Object.entries(refused);
		const quoted = node === 'backgroundCheck' ? '' : `: ${field}: ${words}`;
		expect(error!.message).toContain(`(HTTP 400)${quoted}`);
		expect(error!.message.includes(words)).toBe(quoted !== '');
		expect(error!.description).toMatch(/^\[SUBMIT_REJECTED\] Nothing was submitted\./);
		expect(traffic.submits).toHaveLength(1);
	});
});
