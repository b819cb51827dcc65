import type { BinaryDataService } from 'n8n-core';
import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { codeIn } from './support/check';
import { HAS_COMBINED_MODE } from './support/engineMajor';
import { fileItem, tinyJpeg } from './support/items';
import { check, fakeProgeny, useProgeny, type Check } from './support/progeny';

useProgeny();

/** n8n before 2.5 does not have this mode. */
const inCombinedMode = HAS_COMBINED_MODE ? test : test.skip;
const jpeg = tinyJpeg({ width: 300, height: 400 });
const other = tinyJpeg({ width: 77, height: 77 });
const base64 = jpeg.toString('base64');
const dataUri = `data:image/jpeg;base64,${base64}`;

/** Runs Submit with the binary field, or an expression for it, of the first parameter. */
const submit = (binaryPropertyName: unknown, setup: Check) =>
	check({ operation: 'submit', parameters: { binaryPropertyName: binaryPropertyName as string }, ...setup });

/** Returns a file as n8n has it in a binary field. */
const inline = (data: Buffer | string) => ({
	data: typeof data === 'string' ? data : data.toString('base64'),
	mimeType: 'image/jpeg',
	fileName: 'p.jpg',
});
const binary = (files: unknown, json: unknown = {}): INodeExecutionData[] => [
	{ json, binary: files as IBinaryKeyData } as INodeExecutionData,
];
const json = (fields: unknown): INodeExecutionData[] => [{ json: fields } as INodeExecutionData];

test('an expression is read for each item', async () => {
	const traffic = fakeProgeny();
	const items = [jpeg, other].map((file, i) => fileItem(file, { field: `photo${i}` }, `photo${i}`));
	await submit('={{ $json.field }}', { items, options: { concurrency: 1 } });
	expect(traffic.submits.map(({ body }, i) => body.includes([jpeg, other][i]))).toEqual([true, true]);
});

describe('a file is found', () => {
	const two = binary({ selfie: inline(jpeg), other: inline(other) });
	const files = { _files: { data: inline(jpeg), other: inline(other) } };
	const list = json({ Selfie: [inline(jpeg)] });
	const nested = json({ body: { photo: inline(jpeg) } });

	const expectFound = async (name: string, setup: Check) => {
		const traffic = fakeProgeny();
		const { error } = await submit(name, { items: two, options: { includeInput: true }, ...setup });
		expect(error).toBeUndefined();
		expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true]);
	};

	test.each<[string, string, INodeExecutionData[]?]>([
		['its name', 'selfie'],
		['its name with invisible characters around it', '\u200b selfie\ufeff\n'],
		['an expression that is its field', '={{ $binary.selfie }}'],
		['an expression that is its field, in brackets', '={{$binary["selfie"]}}'],
		['an expression that is its field, in single quotes', "={{  $binary['selfie']  }}"],
		['an expression with its data, of another node', '={{ $("Start").item.binary.selfie }}'],
		['an expression with its data, of the input', '={{ $input.item.binary.selfie }}'],
		['one of a list of items', '={{ $("Start").all()[$itemIndex].binary["selfie"] }}'],
		['one whose quoted text is not a path', "={{ $('Start').first( ) ?. binary [ 'selfie' ] }}"],
		['its name, of an item without JSON', 'selfie', [{ binary: two[0].binary } as INodeExecutionData]],
		['its name, as a data URI', 'selfie', binary({ selfie: inline(dataUri) })],
		['its name, in lines', 'selfie', binary({ selfie: inline(base64.replace(/.{20}/g, '$&\r\n')) })],
	])('by %s', (_, name, items = two) => expectFound(name, { items }));

	const combined: Array<[string, string, INodeExecutionData[]]> = [
		['the name of a field of its JSON', 'photo', json({ photo: inline(jpeg) })],
		['a path', 'body.photo', nested],
		['a place in a list', 'photos[1]', json({ photos: [inline(other), inline(jpeg)] })],
		['a path to _files', '_files.data', json(files)],
		['a name in _files', 'data', json(files)],
		['an expression', '={{ $json.body.photo }}', nested],
		['a name beside the JSON', 'selfie', two],
		['a list with one file', 'Selfie', list],
		['a list with one file, by an expression', '={{ $json.Selfie }}', list],
	];
	inCombinedMode.each(combined)('in the combined mode, by %s', (_, name, items) =>
		expectFound(name, { items, workflowSettings: { binaryMode: 'combined' } }),
	);
});

describe('a file that is not certainly the named one is not sent', () => {
	const one = fileItem(jpeg, {}, 'Selfie');
	/** One file, and this under `Selfie` of the JSON. */
	const withSelfie = (Selfie: unknown) => binary(one.binary, { Selfie });
	const selfies = { Selfie_0: inline(jpeg), Selfie_1: inline(jpeg) };
	const described = { filename: 'p.jpg', mimetype: 'image/jpeg', size: 9 };
	const stored = {
		id: 'filesystem-v2:workflows/workflow/executions/1/binary_data/x',
		mimeType: 'image/jpeg',
	};
	const labelled = { Two_of_you__0: inline(jpeg), Two_of_you__1: inline(jpeg) };
	const ofForm = binary({ Photo_of_you__front_: inline(jpeg), ____: inline(jpeg) });
	const withControls = binary({ 'a\u001b\u202eb': inline(jpeg) });
	const CHIP = '{{ $json.Selfie }}';
	const asJson = { type: 'Buffer', data: [1, 2] };
	const buffer = { Selfie: { mimeType: 'image/jpeg', data: jpeg } };
	const text = { Selfie: 'abc' };
	const files = json({ _files: { data: inline(jpeg) } });
	const photo = json({ photo: inline(jpeg), binary: { photo: inline(jpeg) } });

	const expectNotSent = async (name: unknown, message: RegExp, remedy: RegExp, setup: Check) => {
		const traffic = fakeProgeny();
		const { error } = await submit(name, setup);
		expect(error!.message).toMatch(message);
		expect(codeIn(error!.description)).toBe('NO_IMAGE');
		expect(error!.description).toMatch(remedy);
		expect(error!.message + error!.description).not.toContain(base64.slice(0, 12));
		expect(traffic.submits).toEqual([]);
	};

	const OTHER_NODE = '={{ $node["Start"].binary.Selfie }}';
	const BY_JSON = '={{ $json.Selfie }}';
	const TYPE_SELFIE = /^\[NO_IMAGE\] Type the name instead: Selfie\./;
	const TWO_FILES = /^The field Selfie holds 2 files: Selfie_0, Selfie_1$/;
	const SPLIT = /Turn Multiple Files off in the form \(Add Attributes\), or split them into items\./;
	const LABEL = 'Photo of you (front)';
	test.each<[string, unknown, RegExp, RegExp, INodeExecutionData[]?]>([
		['the file of another node, without its data', OTHER_NODE, /without its data/, TYPE_SELFIE],
		['a field that the item does not have', '={{ $binary.selfie }}', /returned nothing$/, TYPE_SELFIE],
		['_files outside the combined mode', '_files.data', /is in its JSON, under _files$/, /Combined/, files],
		['a stored file by JSON', BY_JSON, /returned JSON/, TYPE_SELFIE, withSelfie(stored)],
		['what every object has', '__proto__', /called __proto__/, /Selfie/],
		['the field of several files', 'Selfie', TWO_FILES, SPLIT, binary(selfies)],
		['the same by an expression', BY_JSON, TWO_FILES, SPLIT, binary(selfies, { Selfie: [described] })],
		['the same by its label', 'Two of you?', /Two_of_you__0, Two_of_you__1$/, SPLIT, binary(labelled)],
		['a number after the only file', 'Selfie_0', /called Selfie_0/, /type Selfie\./],
		["the label of a form's field", LABEL, /\(front\)$/, /Type Photo_of_you__front_ instead\.$/, ofForm],
		['such a label in another script', 'Фото', /called Фото$/, /of the same length share one file/, ofForm],
		['a list of what a form says', BY_JSON, /returned a list, not/, TYPE_SELFIE, withSelfie([described])],
		['what a form says of its file', BY_JSON, /returned an object/, TYPE_SELFIE, withSelfie(described)],
		['a chip behind a name', `=data ${CHIP}`, /mixes text with an expr/, /Selfie/, withSelfie(described)],
		['a name without a file and JSON', 'Selfie', /called Selfie$/, /no file/, [{ binary: null } as never]],
		['a number', '={{ 42 }}', /returned a number, not a file/, TYPE_SELFIE],
		['true', '={{ true }}', /returned true or false, not a file/, TYPE_SELFIE],
		['an empty text', '={{ "" }}', /^Input Binary Field is empty$/, /Selfie/],
		['a Buffer as JSON has it', BY_JSON, /returned a Buffer/, TYPE_SELFIE, withSelfie(asJson)],
		['a Buffer in a binary field', 'Selfie', /holds a Buffer, not a file$/, /base64/, binary(buffer)],
		['a text in place of a binary field', 'Selfie', /holds text, not a file$/, /base64/, binary(text)],
		['base64 in place of a name', BY_JSON, /holds base64 text/, /Convert to File/, withSelfie(base64)],
		['a data URI', BY_JSON, /holds base64 text/, /Convert to File/, withSelfie(dataUri)],
		['a long text', `={{ 'aB3'.repeat(100) }}`, /holds a text of 300 characters/, /Convert to File/],
		['a token', `={{ 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3' }}`, /called \*\*\*$/, /Selfie/],
		['a URL', 'https://example.com/a.jpg?token=x', /holds a URL/, /HTTP Request/],
		['a name with control characters', 'ENOENT', /called E NOENT$/, /have: a b\./, withControls],
	])('%s', (_, name, message, remedy, items = [one]) => expectNotSent(name, message, remedy, { items }));

	test.each([
		'$node["binary upload"].data.photo',
		"$node['binary upload'].data.photo",
		'$node["binary upload"] ["data"] .photo',
		'$node["binary upload"].data.binary.photo',
		'$node["binary upload"].json.photo',
		'$node["binary upload"]["json"].photo',
		'$("binary upload").first().json.photo',
		'$items("binary upload")[0].json.photo',
		'$data.photo || $binary.none',
		'$jmespath($input.item, "js" + "on.photo") || $binary.none',
		'$evaluateExpression("{" + "{ $js" + "on.photo }" + "}") || $binary.none',
		'$data.binary.photo',
		'$node.binary.data.photo',
		'$input.first().json.binary.photo',
	])('JSON by %s', (expression) => {
		const startName = expression.includes('$node.binary') ? 'binary' : 'binary upload';
		const setup = { items: photo, startName };
		return expectNotSent(`={{ ${expression} }}`, /returned JSON, not a file/, /This item has no file/, setup);
	});

	const combined: Array<[string, string, RegExp, RegExp, unknown]> = [
		['a path without a file', 'x', /called x/, /photo/, { photo: inline(jpeg), x: { mimeType: 'a' } }],
		['what every object has', 'constructor', /called constructor/, /photo/, { photo: inline(jpeg) }],
		...['Selfie', '={{ $json.Selfie }}'].map((name): (typeof combined)[number] => [
			`several files by ${name}`,
			name,
			/holds 2 files: Selfie\[0\], Selfie\[1\]/,
			/Multiple Files/,
			{ Selfie: [inline(jpeg), inline(jpeg)] },
		]),
	];
	inCombinedMode.each(combined)('in the combined mode, %s', (_, name, message, remedy, fields) =>
		expectNotSent(name, message, remedy, {
			items: json(fields),
			workflowSettings: { binaryMode: 'combined' },
		}),
	);
});

describe('in the filesystem binary mode', () => {
	const store = async (file: Buffer) => {
		const service = await filesystemStorage();
		const at = { type: 'execution', workflowId: 'workflow', executionId: '1' } as const;
		return {
			service,
			stored: await service.store(at, file, { data: '', mimeType: 'text/plain', fileName: 'x' }),
		};
	};

	test("files are read from n8n's storage", async () => {
		const traffic = fakeProgeny();
		const { stored } = await store(jpeg);
		expect(stored.id).toMatch(/^filesystem/);
		for (const name of ['data', '={{ $binary.data }}', '={{ $json.none ?? $binary.data }}'])
			expect((await submit(name, { items: binary({ data: stored }) })).error).toBeUndefined();
		expect(traffic.submits.map(({ body }) => body.includes(jpeg))).toEqual([true, true, true]);
	});

	test('a file that is too large is refused without being read', async () => {
		fakeProgeny();
		const { service, stored } = await store(Buffer.alloc(21 * 1024 * 1024));
		const read = jest.spyOn(service, 'getAsBuffer');
		const { error } = await submit('data', { items: binary({ data: stored }) });
		expect(codeIn(error!.description)).toBe('IMAGE_TOO_LARGE');
		expect(read).not.toHaveBeenCalled();
	});

	test('a file that is gone is named as such', async () => {
		fakeProgeny();
		const { stored } = await store(jpeg);
		const gone = { ...stored, id: stored.id!.replace(/[^/]*$/, 'gone') };
		const { error } = await submit('data', { items: binary({ data: gone }) });
		expect(codeIn(error!.description)).toBe('NO_IMAGE');
		expect(error!.message).toMatch(/could not be read/);
	});
});

test.each([
	['a page', '<!doctype html><html>', /is text that is not base64$/, /toString\("base64"\)/],
	['a JPEG as text', jpeg.toString('utf8'), /changed by reading it as text$/, /Response Format/],
	['a data URI of a GIF', 'data:image/gif;base64,R0lGODdhAQABAIA=', /is a GIF image$/, /Edit Image/],
])('%s in place of base64 is refused', async (_, data, message, remedy) => {
	const traffic = fakeProgeny();
	const { error } = await submit('data', { items: binary({ data: inline(data) }) });
	expect(error?.message).toMatch(message);
	expect(codeIn(error!.description)).toBe('UNSUPPORTED_IMAGE');
	expect(error!.description).toMatch(remedy);
	expect(traffic.submits).toEqual([]);
});

test("a file that an expression returns is called by the parameter and the file's own name", async () => {
	fakeProgeny();
	const items = [fileItem(Buffer.from('hello, this is text'), {}, 'selfie')];
	const { error } = await submit('={{ $input.item.binary.selfie }}', { items });
	expect(error?.message).toBe('The file upload.bin from Input Binary Field is text');
	expect(error!.description).toContain('This is not a picture. Choose a JPEG or PNG photo.');
});

test('photos that are less than ideal are sent, with one hint for the whole run', async () => {
	const traffic = fakeProgeny();
	const files = [tinyJpeg({ height: 1081 }), tinyJpeg({ orientation: 6 }), jpeg.subarray(0, -2), jpeg, jpeg];
	const { hints } = await submit('data', { items: files.map((file) => fileItem(file)) });
	expect(traffic.submits).toHaveLength(files.length);
	const said =
		/^1 photo is higher than the 1080 pixels.*1 photo is stored rotated[^,]*, and 1 photo is cut off: the file ends early\. They were.*Edit Image/;
	expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(said)]);
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
