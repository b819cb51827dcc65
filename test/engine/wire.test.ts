import { runNode } from './support/engine';
import { fileItem, photo, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useNock } from './support/progeny';
import { NODES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

/** A multipart body as a server reads it. */
const parsed = (body: Buffer, type: string) =>
	new Response(body, { headers: { 'content-type': type } }).formData();

describe.each(NODES)('%s', (node, { path, texts }) => {
	const send = (file: Buffer, options = {}) =>
		runNode({ node, account: ACCOUNT, items: [fileItem(file)], parameters: { ...texts, options } });

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

	test.each([
		['a PNG that is declared as something else', 'eileen-collins.png', 'photo.png', 'image/png'],
		['a JPEG that is declared as something else', 'grace-hopper.jpg', 'photo.jpg', 'image/jpeg'],
	])(
		'%s arrives byte for byte, with the type and the file name of its bytes, and exactly what the service takes beside it',
		async (_, file, name, type) => {
			const traffic = fakeProgeny();
			await send(photo(file));
			const [submit] = traffic.submits;
			expect(submit.path).toBe(path);
			const [image, ...others] = [...(await parsed(submit.body, submit.type))];
			expect(others).toEqual([...Object.entries(texts), ['extend_data', 'false']]);
			const [field, value] = image as [string, File];
			expect([field, value.name, value.type]).toEqual(['image', name, type]);
			expect(Buffer.from(await value.arrayBuffer()).equals(photo(file))).toBe(true);
		},
	);

	test.each([
		[undefined, 'false'],
		[false, 'false'],
		[true, 'true'],
	])('Include Provider Data %s sends extend_data as the text %s', async (extendData, sent) => {
		const traffic = fakeProgeny();
		await send(tinyJpeg(), extendData === undefined ? {} : { extendData });
		const [submit] = traffic.submits;
		expect((await parsed(submit.body, submit.type)).get('extend_data')).toBe(sent);
	});

	test('every request but the login carries the token of the login, and the task is asked for by its ID', async () => {
		const traffic = fakeProgeny({
			login: () => [200, { access: 'opaque-token', refresh: 'r' }],
			submit: () => [200, { id: 'task/with?odd&characters' }],
		});
		await send(tinyJpeg());
		expect(traffic.submits[0].authorization).toBe('Bearer opaque-token');
		expect(traffic.polls).toEqual([{ id: 'task/with?odd&characters', authorization: 'Bearer opaque-token' }]);
	});
});
