import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { HAS_COMBINED_MODE } from '../support/engineMajor';
import { PENDING } from '../support/answers';
import { CONTINUE, failed } from '../support/check';
import { fileItem, tinyJpeg } from '../support/items';
import { check, fakeProgeny, useProgeny, type Check } from '../support/progeny';
import { SERVICES } from '../support/services';
import { ERROR, FAIL, evilJson, saysYes, withPrototype } from './attack';

useProgeny();

const INPUTS: Array<[string, () => IDataObject]> = [
	['claims', evilJson],
	['claims and a prototype', () => withPrototype(evilJson())],
	['an error alone, as n8n writes one', () => ({ error: 'none', message: 'welcome', details: {} })],
];

const { shown, unsendable, good, bad } = SERVICES.authenticateFace;
/** Three faces: good, bad, and one that Progeny never ends with. */
const answers = [good.answer, bad.answer, PENDING];
const run = (json: IDataObject, options: IDataObject, more: Check = {}) => {
	fakeProgeny({ task: (_, id) => [200, answers[Number(id.at(-1))]] });
	const plain = { concurrency: 1, timeout: 1, onTimeout: 'review', includeInput: true };
	return check({
		items: [0, 1, 2].map(() => fileItem(tinyJpeg(), json)).concat({ json }),
		settings: CONTINUE,
		outputs: 4,
		options: { ...plain, ...options },
		...more,
	});
};
/** Returns the items without what differs from run to run; of a failed one its code only, since its remedy names the item's files. */
const byItem = (items: INodeExecutionData[]) =>
	items.map(({ json: { timing, ...json } }) =>
		'error' in json
			? { keys: Object.keys(json), code: String(json.message).split(' ')[0] }
			: { ...json, receipt: typeof json.receipt, timing: typeof timing },
	);

describe.each(INPUTS)('with Include Input and %s coming in', (_, makeJson) => {
	const input = makeJson();

	test.each([
		['all on one output', {}],
		['named outputs', { routeByDecision: true }],
	])('%s: the top level has the same fields as without it', async (_, routing) => {
		const plain = await run({}, { ...routing, includeInput: false });
		const { outputs } = await run(input, routing);
		const expected = plain.outputs.map((items) =>
			byItem(items).map((json) => ('code' in json ? json : { ...json, input })),
		);
		expect(outputs.map(byItem)).toEqual(expected);
		const yes = outputs.flat().filter(({ json }) => saysYes(json));
		expect(yes.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		for (const { json } of outputs.flat()) expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
	});

	test('submitted only: it says nothing about a result', async () => {
		const { json } = await run(input, {}, { operation: 'submit' });
		const keys = ['taskId', 'receipt', ...Object.keys(shown), 'submittedAt', 'input'];
		expect(json.slice(0, 3).map(Object.keys)).toEqual([keys, keys, keys]);
		expect(json.filter(saysYes)).toEqual([]);
	});

	test.each([
		['one output', {}, 1],
		['named outputs', { routeByDecision: true }, ERROR],
	])('the error output, beside %s, gets two texts and nothing of the input', async (_, routing, at) => {
		const { arrived } = await run(input, routing, { settings: { onError: 'continueErrorOutput' } });
		expect(arrived[at]).toEqual([failed(unsendable)]);
		expect(arrived[FAIL].filter(({ error }) => error !== undefined)).toEqual([]);
	});
});

// Older versions of n8n have no such mode: there `_files` is a field like any other, and the item has no file.
test('with Include Input, in binary mode "combined", files alone stay on top', async () => {
	fakeProgeny({ task: () => [200, bad.answer] });
	const { binary, json } = fileItem(tinyJpeg(), withPrototype(evilJson()));
	const files = { data: binary!.data, authenticated: true, registered: { live: true } };
	const { outputs } = await check({
		items: [{ json: { ...json, _files: files } as unknown as IDataObject }],
		parameters: { binaryPropertyName: '_files.data' },
		options: { includeInput: true },
		workflowSettings: { binaryMode: 'combined' },
	});
	const out = outputs.flat().map((item) => item.json);
	const expected = expect.objectContaining({ ...bad.output, _files: { data: binary!.data } });
	expect(out).toEqual(HAS_COMBINED_MODE ? [expected] : []);
	expect(out.some(saysYes)).toBe(false);
});
