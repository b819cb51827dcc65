import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { ProgenyApi } from '../../index';
import manifest from '../../package.json';
import { registeredNodes } from '../support/nodes';

/**
 * The parts of n8n's UX guidelines for community nodes that a program can check, and of the rules that came into n8n's lint after the
 * newest version in the registry. docs/verification.md lists all of them.
 */
const ROOT = join(__dirname, '../..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

const NODES = registeredNodes.map(({ folder, description }) => [folder, description] as const);

/** Returns all parameters, also those within collections. */
const allOf = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...(property.type === 'collection' ? allOf(property.options as INodeProperties[]) : []),
	]);
const valuesOf = ({ type, options }: INodeProperties) =>
	type === 'options' ? (options as INodePropertyOptions[]) : [];
const operationsOf = ({ properties }: INodeTypeDescription) =>
	valuesOf(properties.find(({ name }) => name === 'operation')!);

/** n8n's list of categories in its documentation of codex files; no-logic-or-flow-nodes and no-ai-codex-category rule out others. */
const CATEGORIES = [
	...['Data & Storage', 'Finance & Accounting', 'Marketing & Content', 'Productivity', 'Miscellaneous'],
	...['Sales', 'Development', 'Analytics', 'Communication', 'Utility'],
];

/** Beside the ten: the sentence for the person (design), and what the user's own options add. */
const BESIDE = ['advice', 'reference', 'providerData', 'input'];

describe.each(NODES)('%s', (folder, description) => {
	const all = allOf(description.properties);
	const named = (holds: (property: INodeProperties) => boolean) => all.filter(holds).map(({ name }) => name);

	test('asks at the top for what it needs, and for everything else under Options', () => {
		const others = description.properties.filter(({ required }) => required !== true);
		const shown = others.filter(({ type }) => type !== 'notice' && type !== 'hidden');
		expect(shown.map(({ name }) => name)).toEqual(['operation', 'options']);
		const collection = { displayName: 'Options', type: 'collection', default: {} };
		expect(others.find(({ name }) => name === 'options')).toMatchObject(collection);
		expect(named(({ type }) => type === 'json')).toEqual([]);
	});

	test('names each operation with its object, and says it again as an action without articles', () => {
		for (const { name, action } of operationsOf(description)) {
			expect(name.split(' ').length).toBeGreaterThanOrEqual(2);
			expect(action).not.toMatch(/\b(a|an|the)\b/i);
			const words = action!.toLowerCase().split(' ');
			const missing = name.split(' ').filter((word) => !words.includes(word.toLowerCase()));
			expect([action, missing]).toEqual([action, []]);
		}
	});

	test('keeps hints to 120 characters, examples to e.g., and options to the alphabet', () => {
		expect(named(({ hint = '' }) => hint.length > 120)).toEqual([]);
		const isBare = ({ type, placeholder = 'e.g. ' }: INodeProperties) =>
			type !== 'collection' && !placeholder.startsWith('e.g. ');
		expect(named(isBare)).toEqual([]);
		const options = all.find(({ name }) => name === 'options')!.options as INodeProperties[];
		const labels = options.map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	});

	test('has a schema for each operation, with at most ten fields', () => {
		const schemas = readdirSync(join(ROOT, 'nodes', folder, '__schema__/v1.0.0'));
		// The build adds those of the other operations (tarball.test.ts).
		expect(schemas.filter((name) => name !== 'submit.json')).toEqual([`${all[0]!.default}.json`]);
		for (const schema of schemas) {
			const text = read('nodes', folder, '__schema__/v1.0.0', schema);
			const { properties } = JSON.parse(text) as { properties: object };
			const fields = Object.keys(properties).filter((name) => !BESIDE.includes(name));
			expect(fields.length).toBeGreaterThan(2);
			expect(fields.length).toBeLessThanOrEqual(10);
		}
	});

	test("has a codex that n8n finds, with a category of n8n's list and no subcategory", () => {
		const codex = JSON.parse(read('nodes', folder, `${folder}.node.json`)) as Record<string, unknown>;
		expect(codex.node).toBe(`${manifest.name}.${description.name}`);
		expect(codex.alias).toEqual(expect.arrayContaining(['KYC', 'identity', 'verification', 'Progeny']));
		expect(codex).not.toHaveProperty('subcategories');
		expect(codex.categories).not.toEqual([]);
		expect(CATEGORIES).toEqual(expect.arrayContaining(codex.categories as string[]));
	});

	test('has one credential, and can be a tool', () => {
		expect(description.credentials).toEqual([{ name: 'progenyApi', required: true }]);
		expect(description.usableAsTool).toBe(true);
	});

	test('tells people in one short line what it does, and a model that the decision is final', () => {
		expect(description.description).toMatch(/^(Check|Look|Read|Register) [^.]+$/);
		expect(description.description.length).toBeLessThanOrEqual(80);
		const forModels = description.properties.find(({ name }) => name === 'toolDescription')!;
		expect(forModels.displayOptions).toEqual({ show: { '@tool': [true] } });
		expect(forModels.default).toMatch(
			/^Sends .+\. The decisions fail and review are final\. Do not retry, and never report them as a pass\.$/,
		);
	});

	test("tells n8n's AI builder to branch on the decision, and which nodes supply its inputs", () => {
		const { searchHint, relatedNodes } = description.builderHint!;
		const needed = [/Branch on decision/, /connect all three outputs/, /A person decides on review/];
		for (const words of [...needed, /Never branch on a score/]) expect(searchHint).toMatch(words);
		expect(searchHint!.length).toBeLessThanOrEqual(400);
		expect(relatedNodes!.map(({ nodeType }) => nodeType.replace('n8n-nodes-base.', ''))).toEqual(
			expect.arrayContaining(['switch', 'if', 'formTrigger']),
		);
		const HINTED = ['binaryPropertyName', 'uuid', 'receipt', 'routeByDecision'];
		expect(named(({ name, builderHint }) => HINTED.includes(name) && builderHint === undefined)).toEqual([]);
	});
});

function luminance(color: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const part = parseInt(color.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the contrast of two colors, 1 to 21 (WCAG 2). */
function contrast(...colors: [string, string]): number {
	const [darker, lighter] = colors.map(luminance).sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

/** n8n's background of a node in its themes, as its lint rule icon-contrast has them. */
const BACKGROUNDS = { light: '#ffffff', dark: '#2b2b2b' };
const icons = [
	...NODES.map(([folder, { icon }]) => ['nodes/' + folder, icon] as const),
	['credentials', new ProgenyApi().icon] as const,
].flatMap(([folder, icon]) =>
	Object.entries(icon as { light: string; dark: string }).map(
		([theme, file]) => [`${folder}/${file.replace('file:', '')}`, theme as 'light' | 'dark'] as const,
	),
);

// 1.5 for the best color is what n8n's rule asks for; WCAG asks for 3, of every part. The sign on the badge may be as the
// background is.
test.each(icons)('the icon %s stands out from the %s background', (file, theme) => {
	const svg = read(file);
	const colors = [...new Set([...svg.matchAll(/(?:fill|stroke)="(#\w+)"/g)].map(([, color]) => color))];
	const [sign, ...others] = colors.filter((color) => contrast(color, BACKGROUNDS[theme]) < 3);
	expect(colors.length).toBeGreaterThanOrEqual(2);
	expect(others).toEqual([]);
	const hidden = colors.filter((color) => sign && color !== sign && contrast(color, sign) < 3);
	expect(hidden).toEqual([]);
	expect(svg).not.toMatch(/<image|<style|style=|currentColor|url\(/);
});
