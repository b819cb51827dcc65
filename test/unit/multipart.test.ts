import { encodeMultipart } from '../../nodes/shared/progeny/multipart';

/** The form as a server reads it. */
async function read(parts: Parameters<typeof encodeMultipart>[0]) {
	const { body, contentType } = encodeMultipart(parts);
	return await new Response(body, { headers: { 'content-type': contentType } }).formData();
}

test('a server reads the texts and files that were put in, in their order', async () => {
	const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 0]);
	const form = await read({
		image: { bytes, fileName: 'photo.png', mimeType: 'image/png' },
		uuid: 'd3da2b7a',
		extend_data: 'false',
	});
	expect([...form.keys()]).toEqual(['image', 'uuid', 'extend_data']);
	const image = form.get('image') as File;
	expect([image.name, image.type]).toEqual(['photo.png', 'image/png']);
	expect(Buffer.from(await image.arrayBuffer()).equals(bytes)).toBe(true);
	expect([form.get('uuid'), form.get('extend_data')]).toEqual(['d3da2b7a', 'false']);
});

test.each(['', 'with "quotes" & ümläuts €', 'line\r\nbreaks\r\n--'])('the text %j arrives', async (text) => {
	expect((await read({ password: text })).get('password')).toBe(text);
});

test('what lies in a file cannot end its part: each form has a boundary of its own', () => {
	const [one, two] = [encodeMultipart({ a: 'b' }), encodeMultipart({ a: 'b' })];
	expect(one.contentType).toMatch(/^multipart\/form-data; boundary=progeny-[0-9a-f-]{36}$/);
	expect(one.contentType).not.toBe(two.contentType);
});
