import { PENDING, answerWith, taskId } from './support/answers';
import { fileItem, photo } from './support/items';
import { ACCOUNT, check, fakeProgeny, formOf, useProgeny } from './support/progeny';
import { NODE_ROWS } from './support/services';

useProgeny();

/** Photos that are declared as something else, with the file name and the type that their bytes tell. */
const PHOTOS = [
	['eileen-collins.png', 'photo.png', 'image/png'],
	['grace-hopper.jpg', 'photo.jpg', 'image/jpeg'],
] as const;

describe.each(NODE_ROWS)('%s', (node, service) => {
	const { path, inputs, files, fields, shown, hasProviderData, good, bad } = service;

	test('two photos in, a good and a bad result out, in order, paired, numbers as numbers, one login', async () => {
		const traffic = fakeProgeny({
			task: (n, id) => [200, n === 0 ? PENDING : id === taskId(0) ? good.answer : bad.answer],
		});
		const byItem = Object.entries(inputs).map(([name, value]) => [
			name,
			String(value).startsWith('=') ? value : `={{ $json.${name} }}`,
		]);
		const { status, outputs, error } = await check({
			node,
			items: PHOTOS.map(([file]) => fileItem(photo(file), inputs)),
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
		if (files.length === 0) return;
		for (const [n, [file, name, type]] of PHOTOS.entries()) {
			const sent = (await formOf(traffic.submits[n])).get(files[0]) as File;
			expect([sent.name, sent.type]).toEqual([name, type]);
			expect(Buffer.from(await sent.arrayBuffer()).equals(photo(file))).toBe(true);
		}
	});

	test('logs in with a form, sends exactly what the service accepts, the photos last, and polls by the task ID', async () => {
		const id = 'Task:with.odd_characters-1';
		const traffic = fakeProgeny({
			login: () => [200, { access: 'opaque-token', refresh: 'r' }],
			submit: () => [200, { id }],
		});
		await check({ node });
		expect(traffic.logins[0].type).toMatch(/^multipart\/form-data; boundary=/);
		expect([...(await formOf(traffic.logins[0]))]).toEqual([
			['username', ACCOUNT.username],
			['password', ACCOUNT.password],
		]);
		const authorization = 'Bearer opaque-token';
		expect(traffic.submits[0]).toMatchObject({ path, authorization });
		const sent = [...(await formOf(traffic.submits[0]))];
		const texts = [...Object.entries(fields), ...(hasProviderData ? [['extend_data', 'false']] : [])];
		expect(sent.slice(0, texts.length)).toEqual(texts);
		expect(sent.slice(texts.length).map(([field]) => field)).toEqual(files);
		expect(traffic.polls).toEqual([{ id, authorization }]);
	});

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

	test('a refusal of the upload is quoted, unless personal text was sent', async () => {
		const words = 'The submitted data was not a file. Check the encoding type on the form.';
		const traffic = fakeProgeny({ submit: () => [400, { image: [words] }] });
		const { error } = await check({ node });
		const quoted = node === 'backgroundCheck' ? '' : `: image: ${words}`;
		expect(error!.message).toMatch(new RegExp(`\\(HTTP 400\\)${quoted}$`));
		expect(error!.description).toMatch(/^\[SUBMIT_REJECTED\] Nothing was submitted\./);
		expect(traffic.submits).toHaveLength(1);
	});
});
