import { runNode } from './engine';
import { fileItem, photo, tinyJpeg } from './items';
import { ACCOUNT, UUID, playProgeny, useNock } from './progeny';

useNock();

/** A multipart body as a server reads it. */
const parsed = (body: Buffer, type: string) =>
	new Response(body, { headers: { 'content-type': type } }).formData();

test('the login is multipart with exactly username and password, and no token', async () => {
	const traffic = playProgeny();
	await runNode({ account: ACCOUNT, items: [fileItem(tinyJpeg())], parameters: { uuid: UUID } });
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
])('%s arrives byte for byte, with the type and the file name of its bytes', async (_, file, name, type) => {
	const traffic = playProgeny();
	await runNode({ account: ACCOUNT, items: [fileItem(photo(file))], parameters: { uuid: UUID } });
	const [submit] = traffic.submits;
	const form = await parsed(submit.body, submit.type);
	expect([...form.keys()]).toEqual(['image', 'uuid', 'extend_data']);
	const image = form.get('image') as File;
	expect([image.name, image.type]).toEqual([name, type]);
	expect(Buffer.from(await image.arrayBuffer()).equals(photo(file))).toBe(true);
	expect(form.get('uuid')).toBe(UUID);
});

test.each([
	[undefined, 'false'],
	[false, 'false'],
	[true, 'true'],
])('Include Provider Data %s sends extend_data as the text %s', async (extendData, sent) => {
	const traffic = playProgeny();
	await runNode({
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: { uuid: UUID, options: extendData === undefined ? {} : { extendData } },
	});
	const [submit] = traffic.submits;
	expect((await parsed(submit.body, submit.type)).get('extend_data')).toBe(sent);
});

test('every request but the login carries the token of the login, and the task is asked for by its ID', async () => {
	const traffic = playProgeny({
		login: () => [200, { access: 'opaque-token', refresh: 'r' }],
		submit: () => [200, { id: 'task/with?odd&characters' }],
	});
	await runNode({ account: ACCOUNT, items: [fileItem(tinyJpeg())], parameters: { uuid: UUID } });
	expect(traffic.submits[0].authorization).toBe('Bearer opaque-token');
	expect(traffic.polls).toEqual([{ id: 'task/with?odd&characters', authorization: 'Bearer opaque-token' }]);
});
