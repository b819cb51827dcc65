import { runNode } from './support/engine';
import { fileItem, photo, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, PHOTO_NODES } from './support/services';

useProgeny();

/** A multipart body as a server reads it. */
const parsed = (body: Buffer, type: string) =>
	new Response(body, { headers: { 'content-type': type } }).formData();

describe.each(NODE_ROWS)('%s', (node, { path, inputs, files, fields, hasProviderData }) => {
	const send = (file: Buffer, options = {}) =>
		runNode({ node, account: ACCOUNT, items: [fileItem(file)], parameters: { ...inputs, options } });

	test('the login is multipart with exactly username and password, and no token', async () => {
		const traffic = fakeProgeny();
		await send(tinyJpeg());
		const [{ type, body }] = traffic.logins;
		expect(type).toMatch(/^multipart\/form-data; boundary=/);
		expect([...(await parsed(Buffer.from(body, 'latin1'), type))]).toEqual([
			['username', ACCOUNT.username],
			['password', ACCOUNT.password],
		]);
	});

	test('the form has exactly what the service takes, the photos last', async () => {
		const traffic = fakeProgeny();
		await send(tinyJpeg());
		const [submit] = traffic.submits;
		expect(submit.path).toBe(path);
		const sent = [...(await parsed(submit.body, submit.type))];
		const texts = [...Object.entries(fields), ...(hasProviderData ? [['extend_data', 'false']] : [])];
		expect(sent.slice(0, texts.length)).toEqual(texts);
		expect(sent.slice(texts.length).map(([field]) => field)).toEqual(files);
	});

	test.each([
		[undefined, 'false'],
		[false, 'false'],
		[true, 'true'],
	])('Include Provider Data %s sends extend_data as the text %s, if at all', async (extendData, sent) => {
		const traffic = fakeProgeny();
		await send(tinyJpeg(), extendData === undefined ? {} : { extendData });
		const [submit] = traffic.submits;
		const value = (await parsed(submit.body, submit.type)).get('extend_data');
		expect(value).toBe(hasProviderData ? sent : null);
	});

	test('every request but the login carries the token of the login, and the task is asked for by its ID', async () => {
		const traffic = fakeProgeny({
			login: () => [200, { access: 'opaque-token', refresh: 'r' }],
			submit: () => [200, { id: 'Task:with.odd_characters-1' }],
		});
		await send(tinyJpeg());
		expect(traffic.submits[0].authorization).toBe('Bearer opaque-token');
		expect(traffic.polls).toEqual([
			{ id: 'Task:with.odd_characters-1', authorization: 'Bearer opaque-token' },
		]);
	});
});

describe.each(PHOTO_NODES)('%s', (node, { inputs, files }) => {
	test.each([
		['a PNG that is declared as something else', 'eileen-collins.png', 'photo.png', 'image/png'],
		['a JPEG that is declared as something else', 'grace-hopper.jpg', 'photo.jpg', 'image/jpeg'],
	])(
		'%s arrives byte for byte, with the type and the file name of its bytes',
		async (_, file, name, type) => {
			const traffic = fakeProgeny();
			await runNode({ node, account: ACCOUNT, items: [fileItem(photo(file))], parameters: inputs });
			const [submit] = traffic.submits;
			const value = (await parsed(submit.body, submit.type)).get(files[0]) as File;
			expect([value.name, value.type]).toEqual([name, type]);
			expect(Buffer.from(await value.arrayBuffer()).equals(photo(file))).toBe(true);
		},
	);
});
