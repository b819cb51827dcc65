import type { BinaryDataService } from 'n8n-core';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runNode, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useProgeny } from './support/progeny';
import { UUID } from './support/services';
import { HAS_COMBINED_MODE } from './support/engineMajor';

useProgeny();

const jpeg = tinyJpeg({ width: 300, height: 400 });
const submit = { operation: 'submit', uuid: UUID };

test('reads a photo from the field that is named', async () => {
	const traffic = fakeProgeny();
	await runNode({
		account: ACCOUNT,
		items: [fileItem(jpeg, {}, 'selfie')],
		parameters: { ...submit, binaryPropertyName: 'selfie' },
	});
	expect(traffic.submits[0].body.includes(jpeg)).toBe(true);
});

test('an expression is read for each item', async () => {
	const traffic = fakeProgeny();
	const photos = [jpeg, tinyJpeg({ width: 500, height: 600 })];
	await runNode({
		account: ACCOUNT,
		items: photos.map((file, i) => fileItem(file, { field: `photo${i}` }, `photo${i}`)),
		parameters: { ...submit, binaryPropertyName: '={{ $json.field }}', options: { concurrency: 1 } },
	});
	expect(traffic.submits.map(({ body }, i) => body.includes(photos[i]))).toEqual([true, true]);
});

const combined = { binaryMode: 'combined' };
const inline = (file: Buffer) => ({
	data: file.toString('base64'),
	mimeType: 'image/jpeg',
	fileName: 'p.jpg',
});

/** n8n before 2.5 has no combined mode. */
const onThisEngine = <T extends [string, Partial<Setup>, ...unknown[]]>(rows: T[]): T[] =>
	rows.filter(([, { workflowSettings }]) => HAS_COMBINED_MODE || workflowSettings === undefined);

describe('a file is found', () => {
	const other = tinyJpeg({ width: 77, height: 77 });
	const two = { json: {}, binary: { selfie: inline(jpeg), other: inline(other) } };
	const list = { json: { Selfie: [inline(jpeg)] } };

	test.each(
		onThisEngine<[string, Partial<Setup>, unknown]>([
			['by its name with invisible characters around it', {}, '\u200b selfie\ufeff\n'],
			['by an expression that is its field', {}, '={{ $binary.selfie }}'],
			['by an expression that is its field, in brackets', {}, '={{$binary["selfie"]}}'],
			['by an expression that is its field, in single quotes', {}, "={{  $binary['selfie']  }}"],
			['by an expression with its data, of another node', {}, '={{ $("Start").item.binary.selfie }}'],
			['by an expression with its data, of the input', {}, '={{ $input.item.binary.selfie }}'],
			['by one of a list of items', {}, '={{ $("Start").all()[$itemIndex].binary["selfie"] }}'],
			['by one whose quoted text is no path', {}, "={{ $('Start').first( ) ?. binary [ 'selfie' ] }}"],
			[
				'in the combined mode, by the name of a field of its JSON',
				{ items: [{ json: { photo: inline(jpeg) } }], workflowSettings: combined },
				'photo',
			],
			[
				'in the combined mode, by a path',
				{ items: [{ json: { body: { photo: inline(jpeg) } } }], workflowSettings: combined },
				'body.photo',
			],
			[
				'in the combined mode, by a place in a list',
				{ items: [{ json: { photos: [inline(other), inline(jpeg)] } }], workflowSettings: combined },
				'photos[1]',
			],
			[
				'in the combined mode, by a path to _files',
				{ items: [{ json: { _files: { data: inline(jpeg) } } }], workflowSettings: combined },
				'_files.data',
			],
			[
				'in the combined mode, by a name in _files',
				{
					items: [{ json: { _files: { data: inline(jpeg), other: inline(other) } } }],
					workflowSettings: combined,
				},
				'data',
			],
			[
				'in the combined mode, by an expression',
				{ items: [{ json: { body: { photo: inline(jpeg) } } }], workflowSettings: combined },
				'={{ $json.body.photo }}',
			],
			['in the combined mode, beside the JSON', { workflowSettings: combined }, 'selfie'],
			[
				'in the combined mode, as a list with one file',
				{ items: [list], workflowSettings: combined },
				'Selfie',
			],
			[
				'in the combined mode, as a list with one file, by an expression',
				{ items: [list], workflowSettings: combined },
				'={{ $json.Selfie }}',
			],
			[
				'as a data URI',
				{
					items: [
						{
							json: {},
							binary: {
								selfie: { ...inline(jpeg), data: `data:image/jpeg;base64,${jpeg.toString('base64')}` },
							},
						},
					],
				},
				'selfie',
			],
			[
				'as base64 in lines',
				{
					items: [
						{
							json: {},
							binary: {
								selfie: { ...inline(jpeg), data: jpeg.toString('base64').replace(/.{20}/g, '$&\r\n') },
							},
						},
					],
				},
				'selfie',
			],
		]),
	)('%s', async (_, setup, binaryPropertyName) => {
		const traffic = fakeProgeny();
		const { error } = await runNode({
			account: ACCOUNT,
			items: [two],
			...setup,
			parameters: { ...submit, binaryPropertyName: binaryPropertyName as string },
		});
		expect(error).toBeUndefined();
		expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true]);
	});
});

describe('a file that is not certainly the named one is not sent', () => {
	const selfies = { Selfie_0: inline(jpeg), Selfie_1: inline(jpeg) };
	const described = { filename: 'p.jpg', mimetype: 'image/jpeg', size: 9 };
	const stored = {
		id: 'filesystem-v2:workflows/workflow/executions/1/binary_data/x',
		mimeType: 'image/jpeg',
	};
	const one = fileItem(jpeg, {}, 'Selfie');

	test.each(
		onThisEngine<[string, Partial<Setup>, unknown, RegExp, RegExp]>([
			[
				'the file of another node, without its data',
				{ items: [one] },
				'={{ $node["Start"].binary.Selfie }}',
				/without its data/,
				/Type the name instead: Selfie\./,
			],
			[
				'one of two, chosen by an expression',
				{ items: [one] },
				'={{ $json.x ? $binary.y : $binary.Selfie }}',
				/without its data/,
				/: Selfie\./,
			],
			[
				'a field that the item does not have',
				{ items: [one] },
				'={{ $binary.selfie }}',
				/returned nothing$/,
				/Selfie/,
			],
			[
				'_files outside the combined mode',
				{ items: [{ json: { _files: { data: inline(jpeg) } } }] },
				'data',
				/the item's file is in its JSON, under _files$/,
				/binary mode Combined, this one has Separate/,
			],
			[
				'a path to _files outside the combined mode',
				{ items: [{ json: { _files: { data: inline(jpeg) } } }] },
				'_files.data',
				/the item's file is in its JSON, under _files$/,
				/binary mode Combined/,
			],
			[
				'JSON by an expression outside the combined mode',
				{ items: [{ json: { photo: inline(jpeg) } }] },
				'={{ $json.photo }}',
				/returned JSON, not a file/,
				/This item has no file/,
			],
			...[
				'$node["binary upload"].data.photo',
				"$node['binary upload'].data.photo",
				'$node["binary upload"] ["data"] .photo',
				'$node["binary upload"].data.binary.photo',
				'$node["binary upload"].json.photo',
				'$node["binary upload"]["json"].photo',
				'$("binary upload").first().json.photo',
				'$items("binary upload")[0].json.photo',
				'$data.photo || $binary.none',
				'$data.binary.photo',
				'$node.binary.data.photo',
				'$input.first().json.binary.photo',
			].map((expression): [string, Partial<Setup>, unknown, RegExp, RegExp] => [
				`JSON by ${expression}`,
				{
					items: [{ json: { photo: inline(jpeg), binary: { photo: inline(jpeg) } } }],
					startName: expression.includes('$node.binary') ? 'binary' : 'binary upload',
				},
				`={{ ${expression} }}`,
				/returned JSON, not a file/,
				/This item has no file/,
			]),
			[
				'a stored file by JSON outside the combined mode',
				{ items: [{ ...one, json: { photo: stored } }] },
				'={{ $json.photo }}',
				/returned JSON/,
				/Type the name instead: Selfie\./,
			],
			[
				'a path without a file in the combined mode',
				{ items: [{ json: { photo: inline(jpeg), x: { mimeType: 'a' } } }], workflowSettings: combined },
				'x',
				/called x/,
				/photo/,
			],
			[
				'a path to what JSON does not have itself',
				{ items: [{ json: { photo: inline(jpeg) } }], workflowSettings: combined },
				'constructor',
				/called constructor/,
				/photo/,
			],
			['what every object has', { items: [one] }, '__proto__', /called __proto__/, /Selfie/],
			[
				'the field of several files',
				{ items: [{ json: {}, binary: selfies }] },
				'Selfie',
				/^The field Selfie holds 2 files: Selfie_0, Selfie_1$/,
				/Turn Multiple Files off in the form \(Add Attributes\), or split them into items\./,
			],
			[
				"a mail's only attachment",
				{ items: [{ json: {}, binary: { attachment_0: inline(jpeg) } }] },
				'attachment',
				/^This item has no binary field called attachment$/,
				/The item does have: attachment_0\. Set Input Binary Field to attachment_0\.$/,
			],
			[
				"the label of a form's field",
				{ items: [fileItem(jpeg, {}, 'Photo_of_you__front_')] },
				'Photo of you (front)',
				/called Photo of you \(front\)$/,
				/Type Photo_of_you__front_ instead\.$/,
			],
			[
				"the label of a form's field in another script",
				{ items: [fileItem(jpeg, {}, '____')] },
				'Фото',
				/called Фото$/,
				/Type ____ instead\. Two such labels of the same length share one file/,
			],
			[
				'the field of several files, by an expression',
				{ items: [{ json: { Selfie: [described, described] }, binary: selfies }] },
				'={{ $json.Selfie }}',
				/^The field Selfie holds 2 files: Selfie_0, Selfie_1$/,
				/Turn Multiple Files off/,
			],
			[
				'the field of several files with a blank in its name',
				{ items: [{ json: {}, binary: { My_face__0: inline(jpeg), My_face__1: inline(jpeg) } }] },
				'My face?',
				/^The field My face\? holds 2 files: My_face__0, My_face__1$/,
				/Multiple Files/,
			],
			[
				'several files in the combined mode',
				{ items: [{ json: { Selfie: [inline(jpeg), inline(jpeg)] } }], workflowSettings: combined },
				'Selfie',
				/holds 2 files: Selfie\[0\], Selfie\[1\]/,
				/Multiple Files/,
			],
			[
				'several files in the combined mode, by an expression',
				{ items: [{ json: { Selfie: [inline(jpeg), inline(jpeg)] } }], workflowSettings: combined },
				'={{ $json.Selfie }}',
				/holds 2 files: Selfie\[0\], Selfie\[1\]/,
				/Multiple Files/,
			],
			[
				'a number where there was one file only',
				{ items: [one] },
				'Selfie_0',
				/called Selfie_0/,
				/type Selfie\./,
			],
			[
				'a list of what a form says of its file',
				{ items: [{ ...one, json: { Selfie: [described] } }] },
				'={{ $json.Selfie }}',
				/^The expression in Input Binary Field returned a list, not a file$/,
				/^\[NO_IMAGE\] Type the name instead: Selfie\./,
			],
			[
				'what a form says of its file',
				{ items: [{ ...one, json: { Selfie: described } }] },
				'={{ $json.Selfie }}',
				/returned an object, not a file/,
				/instead: Selfie\./,
			],
			[
				'a chip behind a name',
				{ items: [{ ...one, json: { Selfie: described } }] },
				'=data {{ $json.Selfie }}',
				/mixes text with an expression that returned an object/,
				/instead: Selfie\./,
			],
			['a number', { items: [one] }, '={{ 42 }}', /returned a number, not a file/, /Selfie/],
			['null', { items: [one] }, '={{ null }}', /returned nothing$/, /Selfie/],
			['true', { items: [one] }, '={{ true }}', /returned true or false, not a file/, /Selfie/],
			['an empty text', { items: [one] }, '={{ "" }}', /^Input Binary Field is empty$/, /Selfie/],
			[
				'a Buffer as JSON has it',
				{ items: [{ ...one, json: { b: { type: 'Buffer', data: [1, 2] } } }] },
				'={{ $json.b }}',
				/returned a Buffer/,
				/Selfie/,
			],
			[
				'a Buffer in a binary field',
				{ items: [{ json: {}, binary: { Selfie: { mimeType: 'image/jpeg', data: jpeg as never } } }] },
				'Selfie',
				/^The binary field Selfie holds a Buffer, not a file$/,
				/base64/,
			],
			[
				'a text in place of a binary field',
				{ items: [{ json: {}, binary: { Selfie: 'abc' as never } }] },
				'Selfie',
				/^The binary field Selfie holds text, not a file$/,
				/base64/,
			],
			[
				'base64 in place of a name',
				{ items: [{ ...one, json: { p: jpeg.toString('base64') } }] },
				'={{ $json.p }}',
				/^Input Binary Field holds base64 text/,
				/Convert to File/,
			],
			[
				'a data URI in place of a name',
				{ items: [{ ...one, json: { p: `data:image/jpeg;base64,${jpeg.toString('base64')}` } }] },
				'={{ $json.p }}',
				/holds base64 text/,
				/Convert to File/,
			],
			[
				'a long text in place of a name',
				{ items: [{ ...one, json: { p: 'aB3'.repeat(100) } }] },
				'={{ $json.p }}',
				/holds a text of 300 characters/,
				/Convert to File/,
			],
			[
				'a URL in place of a name',
				{ items: [one] },
				'https://example.com/a.jpg?token=x',
				/holds a URL/,
				/HTTP Request/,
			],
			[
				'names of fields of every length are shown',
				{ items: [fileItem(jpeg, {}, 'Please_upload_a_clear_photo_of_your_face')] },
				'Please_upload_a_clear_photo_of_your_ID_card2',
				/called Please_upload_a_clear_photo_of_your_ID_card2$/,
				/Please_upload_a_clear_photo_of_your_face/,
			],
			[
				'names with control characters, or words that n8n replaces',
				{ items: [fileItem(jpeg, {}, 'a\u001b\u202eb')] },
				'ENOENT',
				/called E NOENT$/,
				/have: a b\./,
			],
		]),
	)('%s', async (_, setup, binaryPropertyName, message, remedy) => {
		const traffic = fakeProgeny();
		const { error } = await runNode({
			account: ACCOUNT,
			items: [],
			...setup,
			parameters: { ...submit, binaryPropertyName: binaryPropertyName as string },
		});
		expect(error?.message).toMatch(message);
		expect(error!.description).toMatch(/^\[NO_IMAGE\] /);
		expect(error!.description).toMatch(remedy);
		expect(error!.message + error!.description).not.toContain(jpeg.toString('base64').slice(0, 12));
		expect(traffic.submits).toEqual([]);
	});
});

test('in the filesystem binary mode, files are read from where n8n keeps them', async () => {
	const traffic = fakeProgeny();
	const service = await filesystemStorage();
	const stored = await service.store({ type: 'execution', workflowId: 'workflow', executionId: '1' }, jpeg, {
		data: '',
		mimeType: 'text/plain',
		fileName: 'x',
	});
	expect(stored.id).toMatch(/^filesystem/);
	for (const binaryPropertyName of ['data', '={{ $binary.data }}']) {
		const { error } = await runNode({
			account: ACCOUNT,
			items: [{ json: {}, binary: { data: stored } }],
			parameters: { ...submit, binaryPropertyName },
		});
		expect(error).toBeUndefined();
	}
	expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true, true]);
});

test('a stored file that is too large is refused without being read', async () => {
	fakeProgeny();
	const service = await filesystemStorage();
	const stored = await service.store(
		{ type: 'execution', workflowId: 'workflow', executionId: '2' },
		Buffer.alloc(21 * 1024 * 1024),
		{ data: '', mimeType: 'image/jpeg' },
	);
	const read = jest.spyOn(service, 'getAsBuffer');
	const { error } = await runNode({
		account: ACCOUNT,
		items: [{ json: {}, binary: { data: stored } }],
		parameters: submit,
	});
	expect(error!.description).toMatch(/^\[IMAGE_TOO_LARGE\]/);
	expect(read).not.toHaveBeenCalled();
});

test('a stored file that is gone is named as such', async () => {
	fakeProgeny();
	await filesystemStorage();
	const gone = {
		id: 'filesystem-v2:workflows/workflow/executions/1/binary_data/gone',
		data: 'filesystem-v2',
		mimeType: 'image/jpeg',
	};
	const { error } = await runNode({
		account: ACCOUNT,
		items: [{ json: {}, binary: { data: gone } }],
		parameters: submit,
	});
	expect(error!.description).toMatch(/^\[NO_IMAGE\]/);
	expect(error!.message).toMatch(/could not be read/);
});

test.each([
	[
		'a page in place of base64',
		'<!doctype html><html>',
		/is text that is not base64$/,
		/toString\("base64"\)/,
	],
	[
		'a JPEG as text in place of base64',
		jpeg.toString('utf8'),
		/changed by reading it as text$/,
		/Response Format/,
	],
	['a JPEG as Latin-1 text in place of base64', jpeg.toString('latin1'), /not base64$/, /base64/],
	['a data URI of a GIF', 'data:image/gif;base64,R0lGODdhAQABAIA=', /is a GIF image$/, /Edit Image/],
	[
		'a data URI as the text of a file',
		Buffer.from('data:image/png;base64,iVBORw0').toString('base64'),
		/base64 text/,
		/first comma/,
	],
])('%s is refused', async (_, data, message, remedy) => {
	const traffic = fakeProgeny();
	const items = [{ json: {}, binary: { data: { data, mimeType: 'image/jpeg' } } }];
	const { error } = await runNode({ account: ACCOUNT, items, parameters: submit });
	expect(error?.message).toMatch(message);
	expect(error!.description).toMatch(/^\[UNSUPPORTED_IMAGE\] /);
	expect(error!.description).toMatch(remedy);
	expect(traffic.submits).toEqual([]);
});

test("a file that an expression returns is called by the parameter and the file's own name", async () => {
	fakeProgeny();
	const { error } = await runNode({
		account: ACCOUNT,
		items: [fileItem(Buffer.from('hello, this is text'), {}, 'selfie')],
		parameters: { ...submit, binaryPropertyName: '={{ $input.item.binary.selfie }}' },
	});
	expect(error?.message).toBe('The file upload.bin from Input Binary Field is text');
	expect(error!.description).toContain('This is not a picture. Choose a JPEG or PNG photo.');
});

describe('hints', () => {
	const tall = tinyJpeg({ height: 1081 });
	const turned = tinyJpeg({ orientation: 6 });

	test('good photos cause none', async () => {
		fakeProgeny();
		const { hints } = await runNode({
			account: ACCOUNT,
			items: [fileItem(tinyJpeg({ height: 1080 }))],
			parameters: submit,
		});
		expect(hints).toEqual([]);
	});

	test('tall and turned photos are sent, with one hint for the whole run', async () => {
		const traffic = fakeProgeny();
		const { hints } = await runNode({
			account: ACCOUNT,
			items: [tall, turned, tall, jpeg].map((file) => fileItem(file)),
			parameters: submit,
		});
		expect(traffic.submits).toHaveLength(4);
		expect(hints).toHaveLength(1);
		expect(hints[0].message).toMatch(
			/^2 photos are higher than the 1080 pixels.*1 photo is stored rotated.*Edit Image/,
		);
	});

	test('a photo without its end is sent, with a hint', async () => {
		const traffic = fakeProgeny();
		const { hints } = await runNode({
			account: ACCOUNT,
			items: [fileItem(jpeg.subarray(0, -2))],
			parameters: submit,
		});
		expect(traffic.submits).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/ends early/)]);
	});
});

/** n8n's storage of binary data in files, of the engine's own copies of the classes. */
async function filesystemStorage(): Promise<BinaryDataService> {
	const core = createRequire(require.resolve('n8n-core'));
	const { Container } = core('@n8n/di') as { Container: { get<T>(type: new (...args: never[]) => T): T } };
	const { BinaryDataConfig, BinaryDataService: Service } = core('n8n-core') as typeof import('n8n-core');
	Object.assign(Container.get(BinaryDataConfig), {
		mode: 'filesystem',
		localStoragePath: join(process.env.N8N_USER_FOLDER!, 'files'),
	});
	const service = Container.get(Service as never) as BinaryDataService;
	await service.init();
	return service;
}
