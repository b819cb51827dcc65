import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleNames, readExample } from '../../demo/examples';
import type { WorkflowFile, WorkflowNode } from '../../demo/api';

type Wires = ({ node: string }[] | null)[];

const outputsOf = ({ connections }: WorkflowFile, name: string): Wires =>
	((connections[name] ?? {}) as { main?: Wires }).main ?? [];

/** Returns all nodes that come after the node called `name`. */
function after(file: WorkflowFile, name: string, found = new Set<string>()): Set<string> {
	for (const { node } of outputsOf(file, name).flatMap((wires) => wires ?? [])) {
		if (found.has(node)) continue;
		found.add(node);
		after(file, node, found);
	}
	return found;
}

const isForm = ({ type, parameters }: WorkflowNode) =>
	(type.endsWith('.form') && parameters.operation !== 'completion') ||
	(type.endsWith('.wait') && parameters.resume === 'form');

/** True if a page asks the applicant for photos alone. */
const asksForPhotosOnly = ({ type, parameters }: WorkflowNode) => {
	const { values = [] } = (parameters.formFields ?? {}) as { values?: Array<{ fieldType?: string }> };
	return type.endsWith('.form') && values.length > 0 && values.every(({ fieldType }) => fieldType === 'file');
};

describe.each(exampleNames())('the example %s', (name) => {
	const file = readExample(name);
	const ours = file.nodes.filter(({ type }) => type.startsWith('n8n-nodes-progeny.'));

	test('names its credentials, and holds no ID and no data', () => {
		expect(ours.length).toBeGreaterThan(0);
		for (const { credentials } of file.nodes)
			for (const { id } of Object.values(credentials ?? {})) expect(id).toBeNull();
		for (const { credentials } of ours) expect(credentials!.progenyApi!.name).toBe('Progeny account');
		expect(file.pinData).toEqual({});
	});

	test("has no other person's form after an applicant's form: n8n would show it to the applicant", () => {
		const triggers = file.nodes.filter(({ type }) => type.endsWith('.formTrigger'));
		const reached = new Set(triggers.flatMap((trigger) => [...after(file, trigger.name)]));
		const forms = file.nodes.filter((node) => reached.has(node.name) && isForm(node));
		expect(forms.filter((form) => !asksForPhotosOnly(form)).map((form) => form.name)).toEqual([]);
	});

	test('asks for another photo only if advice says so or the file was not a photo, three photos in all', () => {
		const again = file.nodes.filter(
			(node) => asksForPhotosOnly(node) || node.name === 'Wait for Another Photo',
		);
		for (const { name: node } of again) {
			const gates = file.nodes.filter((other) =>
				outputsOf(file, other.name)[0]?.some((wire) => wire.node === node),
			);
			expect(gates.map(({ type }) => type)).toEqual(['n8n-nodes-base.if']);
			const text = JSON.stringify(gates[0]!.parameters.conditions);
			expect(text).toMatch(/!!\$json\.advice/);
			expect(text).toMatch(/\$runIndex < 2/);
		}
	});

	test('ends on pages that fit a phone', () => {
		const pages = file.nodes.filter(({ type }) => type.endsWith('.form'));
		for (const { parameters } of pages)
			expect((parameters.options as { customCss?: string }).customCss).toContain(
				'--container-width: min(448px, 100vw - 32px)',
			);
	});

	test('shows no visitor a task ID or a receipt', () => {
		const said = file.nodes
			.filter(({ type }) => /\.(respondToWebhook|form|formTrigger)$/.test(type))
			.map(({ parameters }) => JSON.stringify(parameters));
		expect(said.filter((text) => /taskId|receipt/i.test(text))).toEqual([]);
	});

	test('opens no chat to the public, and says if an endpoint has no authentication', () => {
		const chats = file.nodes.filter(({ type }) => type.endsWith('.chatTrigger'));
		expect(chats.filter(({ parameters }) => parameters.public)).toEqual([]);
		const isOpen = ({ type, parameters }: WorkflowNode) =>
			type.endsWith('.webhook') && (parameters.authentication ?? 'none') === 'none';
		const notes = file.nodes.map(({ parameters }) => String(parameters.content ?? '')).join(' ');
		expect(file.nodes.some(isOpen)).toBe(/Choose an Authentication in the Webhook node/.test(notes));
	});

	test('connects all three outputs of a node that routes, each to nodes of its own', () => {
		for (const { name: node, parameters } of ours) {
			if ((parameters.options as { routeByDecision?: boolean }).routeByDecision !== true) continue;
			const wires = outputsOf(file, node).map((some) => (some ?? []).map((wire) => wire.node));
			expect([0, 1, 2].filter((output) => !wires[output]?.length)).toEqual([]);
			expect(new Set(wires.flat()).size).toBe(wires.flat().length);
		}
	});
});

test('docs/examples.md has a row, a section and a picture of each example', () => {
	const page = readFileSync(join(__dirname, '../../docs/examples.md'), 'utf8');
	const namesBy = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name]) => name).sort();
	for (const pattern of [
		/^\| .* \| \[([\w-]+)\]\(#\1\) \|/gm,
		/^## ([a-z-]+)$/gm,
		/\(images\/example-([\w-]+)\.png\)/g,
	])
		expect(namesBy(pattern)).toEqual(exampleNames());
});
