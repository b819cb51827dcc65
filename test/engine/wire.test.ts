import { fileItem, photo } from './support/items';
import { ACCOUNT, check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, PHOTO_NODES } from './support/services';

useProgeny();

/** A multipart body as a server reads it. */
const parsed = (body: Buffer, type: string) =>
	new Response(body, { headers: { 'content-type': type } }).formData();

describe.each(NODE_ROWS)('%s', (node, { path, files, fields, hasProviderData }) => {
	test('logs in with a form, sends exactly what the service takes, the photos last, and polls by the task ID', async () => {
		const id = 'Task:with.odd_characters-1';
		const traffic = fakeProgeny({
			login: () => [200, { access: 'opaque-token', refresh: 'r' }],
			submit: () => [200, { id }],
		});
		await check({ node });
		const [{ type, body }] = traffic.logins;
		expect(type).toMatch(/^multipart\/form-data; boundary=/);
		expect([...(await parsed(Buffer.from(body, 'latin1'), type))]).toEqual([
			['username', ACCOUNT.username],
			['password', ACCOUNT.password],
		]);

		const [submit] = traffic.submits;
		const authorization = 'Bearer opaque-token';
		expect(submit).toMatchObject({ path, authorization });
		const sent = [...(await parsed(submit.body, submit.type))];
		const texts = [...Object.entries(fields), ...(hasProviderData ? [['extend_data', 'false']] : [])];
		expect(sent.slice(0, texts.length)).toEqual(texts);
		expect(sent.slice(texts.length).map(([field]) => field)).toEqual(files);
		expect(traffic.polls).toEqual([{ id, authorization }]);
	});
});

describe.each(PHOTO_NODES)('%s', (node, { files }) => {
	test.each([
		['a PNG that is declared as something else', 'eileen-collins.png', 'photo.png', 'image/png'],
		['a JPEG that is declared as something else', 'grace-hopper.jpg', 'photo.jpg', 'image/jpeg'],
	])(
		'%s arrives byte for byte, with the type and the file name of its bytes',
		async (_, file, name, type) => {
			const traffic = fakeProgeny();
			await check({ node, items: [fileItem(photo(file))] });
			const [submit] = traffic.submits;
			const value = (await parsed(submit.body, submit.type)).get(files[0]) as File;
			expect([value.name, value.type]).toEqual([name, type]);
			expect(Buffer.from(await value.arrayBuffer()).equals(photo(file))).toBe(true);
		},
	);
});
