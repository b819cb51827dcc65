import type { Locator } from 'playwright-core';
import { exampleNames, readExample } from '../../demo/examples';
import { useTestbed } from './support/testbed';
import { useEditor, picture, shrink } from './support/editor';

interface Box {
	what: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Returns the boxes of elements, by their names or headings, and of the text in each, without what appears under the mouse. */
function boxesOf(elements: Locator): Promise<{ box: Box; text: Box }[]> {
	return elements.evaluateAll((all) =>
		all.map((element) => {
			const what =
				element.getAttribute('data-node-name') ?? element.querySelector('h1, h2, h3')!.textContent!;
			const lines = [...element.querySelectorAll('*')]
				.filter((part) => !part.closest('button, [data-test-id=canvas-node-toolbar]'))
				.flatMap((part) => [...part.childNodes].filter(({ nodeType }) => nodeType === 3))
				.flatMap((text) => {
					const range = element.ownerDocument.createRange();
					range.selectNode(text);
					return [...range.getClientRects()].filter(({ width, height }) => width * height > 0);
				});
			const boxOf = (parts: typeof lines) => ({
				what,
				left: Math.min(...parts.map(({ left }) => left)),
				top: Math.min(...parts.map(({ top }) => top)),
				right: Math.max(...parts.map(({ right }) => right)),
				bottom: Math.max(...parts.map(({ bottom }) => bottom)),
			});
			const own = element.getBoundingClientRect();
			return { box: boxOf([own]), text: boxOf(lines) };
		}),
	);
}

/** Returns the box around two. */
const around = (a: Box, b: Box): Box => ({
	what: a.what,
	left: Math.min(a.left, b.left),
	top: Math.min(a.top, b.top),
	right: Math.max(a.right, b.right),
	bottom: Math.max(a.bottom, b.bottom),
});
const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const isWithin = (a: Box, b: Box) =>
	a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
/** Returns the pairs that overlap, by name. */
const overlapping = (some: Box[], others = some) =>
	some.flatMap((a, i) =>
		others
			.filter((b, k) => (some !== others || i < k) && overlap(a, b))
			.map((b) => `${a.what} and ${b.what}`),
	);

/** Returns the wires, by their ends, that pass over another node, which would seem to be their start. */
const wiresOver = (nodes: Box[], edges: Locator): Promise<string[]> =>
	edges.evaluateAll((all, boxes) => {
		return all.flatMap((edge) => {
			const path = edge.querySelector('path')!;
			const onScreen = path.getScreenCTM()!;
			const pointAt = (part: number) =>
				path.getPointAtLength(part * path.getTotalLength()).matrixTransform(onScreen);
			const points = Array.from({ length: 201 }, (_, i) => pointAt(i / 200));
			const ends = ['source', 'target'].map((end) => edge.getAttribute(`data-${end}-node-name`)!);
			return boxes
				.filter(({ what }) => !ends.includes(what))
				.filter(({ left, right, top, bottom }) =>
					points.some(({ x, y }) => x > left && x < right && y > top && y < bottom),
				)
				.map(({ what }) => `${ends.join(' to ')} over ${what}`);
		});
	}, nodes);

describe('the examples on the canvas', () => {
	const testbed = useTestbed();
	const editor = useEditor({ width: 2400, height: 1300 });

	beforeAll(async () => {
		const { id } = await testbed.example(exampleNames()[0]!);
		await editor.open(`/workflow/${id}`, '[data-test-id=canvas-node]');
	});

	it.each(exampleNames())('%s: each node within a note, nothing over anything else', async (name) => {
		const { page } = editor;
		const { id } = await testbed.example(name);
		await editor.goTo(`/workflow/${id}`, '[data-test-id=canvas-node]');
		const own = readExample(name).nodes;
		// The canvas of the workflow before may still be there.
		const last = own.findLast(({ type }) => !type.endsWith('.stickyNote'))!;
		await page.locator(`[data-test-id=canvas-node][data-node-name="${last.name}"]`).waitFor();
		await editor.tidy();
		const all = await boxesOf(page.locator('[data-test-id=sticky]'));
		const [notes, texts] = [all.map(({ box }) => box), all.map(({ text }) => text)];
		const drawn = await boxesOf(page.locator('[data-test-id=canvas-node]:not(:has([data-test-id=sticky]))'));
		const nodes = drawn.map(({ box, text }) => around(box, text));
		await shrink(await picture(page, `example-${name}`, await page.locator('[data-test-id=sticky]').all()));

		expect(overlapping(notes)).toEqual([]);
		expect(overlapping(nodes)).toEqual([]);
		expect(overlapping(nodes, texts)).toEqual([]);
		const icons = drawn.map(({ box }) => box);
		for (const { name: ours } of own.filter(({ type }) => type.startsWith('n8n-nodes-progeny.')))
			expect(
				await wiresOver(icons, page.locator(`[data-test-id=edge][data-source-node-name="${ours}"]`)),
			).toEqual([]);
		expect(texts.filter((text, i) => !isWithin(text, notes[i]!)).map(({ what }) => what)).toEqual([]);
		expect(
			nodes.filter((node) => !notes.some((note) => isWithin(node, note))).map(({ what }) => what),
		).toEqual([]);
	});
});
