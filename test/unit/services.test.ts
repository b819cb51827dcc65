import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType } from 'n8n-workflow';
import * as face from '../../index';
import manifest from '../../package.json';
import type { DecisionResult, Service } from '../../nodes/shared/service';
import { SERVICES } from '../engine/support/services';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A node as package.json names it: its folder under `nodes`, what n8n is told of it, and the service it hands to the engine. */
interface Registered {
	folder: string;
	description: INodeType['description'];
	service: Service<DecisionResult>;
}

const registered = manifest.n8n.nodes.map((file): Registered => {
	const folder = basename(posix.dirname(file));
	const Node = face[folder as 'AuthenticateFace'];
	const [service] = Object.values(jest.requireActual<object>(join(ROOT, 'nodes', folder, 'service')));
	return { folder, description: new Node().description, service };
});
const named = registered.map((node) => [node.folder, node] as const);

const optionsOf = ({ description }: Registered) =>
	description.properties.find(({ name }) => name === 'options')!.options as INodeProperties[];
const propertiesOf = (node: Registered): INodeProperties[] => [
	...node.description.properties.filter(({ name }) => name !== 'options'),
	...optionsOf(node),
];
const valuesOf = ({ options = [] }: INodeProperties) =>
	(options as INodePropertyOptions[]).map(({ value }) => value);

test('every folder of nodes but the shared one is a node that package.json names and index.ts exports', () => {
	const folders = readdirSync(join(ROOT, 'nodes')).filter((name) => name !== 'shared');
	expect(registered.map(({ folder }) => folder).sort()).toEqual(folders.sort());
	expect(Object.keys(face)).toEqual(expect.arrayContaining(folders));
});

test('the engine tests have every node in their table', () => {
	const played = Object.entries(SERVICES).map(([name, { path }]) => [name, path]);
	expect(played.sort()).toEqual(
		registered.map(({ description: { name }, service: { path } }) => [name, path]).sort(),
	);
});

describe('what the services share knows none of them', () => {
	const shared = readdirSync(join(ROOT, 'nodes/shared'), { recursive: true, encoding: 'utf8' }).map(
		(name) => `nodes/shared/${name}`,
	);
	const credentials = readdirSync(join(ROOT, 'credentials')).map((name) => `credentials/${name}`);
	const files = [...shared, ...credentials].filter((name) => name.endsWith('.ts'));
	const names = registered.flatMap(({ description: { name, displayName }, service }) => [
		name,
		displayName,
		service.path.split('/').at(-2)!,
	]);
	const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

	test('the names are those of the nodes, their titles and their paths', () => {
		expect(names).toEqual(expect.arrayContaining(['authenticateFace', 'Register Face', 'face_liveness']));
		expect(files.length).toBeGreaterThan(30);
	});

	test.each(files)('%s names no service', (file) => {
		const text = read(file);
		expect(names.filter((name) => bare(text).includes(bare(name)))).toEqual([]);
	});
});

describe.each(named)('%s', (folder, node) => {
	const { description, service } = node;
	const path = (file: string) => `nodes/${folder}/${file}`;

	test('has a codex that n8n finds and does not drop', () => {
		expect(description.name).toBe(folder[0].toLowerCase() + folder.slice(1));
		const codex = JSON.parse(read(path(`${folder}.node.json`))) as Record<string, unknown>;
		expect(codex).toMatchObject({
			node: `${manifest.name}.${description.name}`,
			alias: expect.arrayContaining(['face', 'liveness', 'KYC', 'identity', 'biometric', 'Progeny']),
			resources: { primaryDocumentation: [{ url: expect.stringMatching(/^https:/) }] },
		});
	});

	test('has an operation of its own and the two halves of it, each shown in the subtitle', () => {
		const [operation] = description.properties;
		const [own] = valuesOf(operation).filter((value) => value !== 'submit' && value !== 'getResult');
		expect(operation).toMatchObject({ name: 'operation', default: own, noDataExpression: true });
		expect(valuesOf(operation).sort()).toEqual([own, 'getResult', 'submit'].sort());
		for (const option of operation.options as INodePropertyOptions[]) {
			expect(option).toMatchObject({ description: expect.any(String), action: expect.any(String) });
			expect(evaluated(description.subtitle!, { operation: option.value })).toBe(option.name);
		}
	});

	test('has a parameter for each photo and each text that is sent, and an option for each minimum', () => {
		const asked = description.properties.filter(({ type }) => type !== 'notice');
		const sent = [...Object.values(service.files), ...Object.keys(service.fields)];
		for (const name of sent) {
			const property = description.properties.find((one) => one.name === name);
			expect(property).toMatchObject({ required: true });
			// A receipt is checked against the text fields, so Get Task Result asks for them again.
			const isText = Object.keys(service.fields).includes(name);
			expect(property!.displayOptions).toEqual(isText ? undefined : { hide: { operation: ['getResult'] } });
		}
		const others = ['operation', 'receipt', 'options'];
		expect(asked.map(({ name }) => name).sort()).toEqual([...sent, ...others].sort());
		const minimums = optionsOf(node).filter(({ name }) => /^min[A-Z]/.test(name));
		expect(minimums.map(({ name }) => name).sort()).toEqual([...service.minimums].sort());
	});

	test('has the outputs that its results are sent to', () => {
		const shown = ($parameter: object) =>
			(evaluated(String(description.outputs), $parameter) as INodePropertyCollection[]).map(
				({ displayName }) => displayName,
			);
		for (const operation of valuesOf(description.properties[0])) {
			const isRouted = operation !== 'submit';
			expect(shown({ operation, options: { routeByDecision: true } })).toEqual(
				isRouted ? service.outputs : [undefined],
			);
			for (const options of [{ routeByDecision: false }, { routeByDecision: 'true' }, {}, undefined])
				expect(shown({ operation, options })).toEqual([undefined]);
		}
		expect(service.timedOut().decision).toBe('review');
		expect(
			service.judge({}, { hideScores: false, includeProviderData: false, minimums: {}, doubts: [] }).decision,
		).toBe('fail');
		expect(optionsOf(node).find(({ name }) => name === 'routeByDecision')).toMatchObject({
			type: 'boolean',
			noDataExpression: true,
			default: false,
			displayOptions: { hide: { '/operation': ['submit'] } },
		});
		expect(optionsOf(node)).toContainEqual(expect.objectContaining({ name: 'onTimeout', default: 'error' }));
	});
});

describe('parameters of the same name are the same in every node', () => {
	const byName = new Map<string, INodeProperties[]>();
	for (const node of registered)
		for (const property of propertiesOf(node))
			byName.set(property.name, [...(byName.get(property.name) ?? []), property]);
	/** What they come to is the node's own, in words; how they are stored is not. */
	const WORDED = ['operation'];
	const several = [...byName].filter(([, { length }]) => length > 1);

	test('the list is not empty', () => {
		expect(several.map(([name]) => name)).toEqual(
			expect.arrayContaining([
				...['binaryPropertyName', 'receipt', 'concurrency', 'timeout', 'includeInput'],
				...['hideScores', 'extendData', 'minLivenessProbability', ...WORDED],
			]),
		);
	});

	test.each(several.filter(([name]) => !WORDED.includes(name)))('%s', (_, [first, ...others]) => {
		for (const other of others) expect(other).toEqual(first);
	});

	test('operation: but for the one of the node itself', () => {
		const halves = byName
			.get('operation')!
			.map(({ options }) =>
				(options as INodePropertyOptions[]).filter(({ value }) =>
					['submit', 'getResult'].includes(String(value)),
				),
			);
		for (const each of halves) expect(each).toEqual(halves[0]);
	});

	test('onTimeout: the values, and the one that fails the item', () => {
		const [first, ...others] = byName.get('onTimeout')!;
		expect(valuesOf(first)).toEqual(['error', 'review']);
		for (const other of others)
			expect({ ...other, options: [other.options![0], null] }).toEqual({
				...first,
				options: [first.options![0], null],
			});
		for (const { options } of [first, ...others])
			expect(valuesOf({ options } as INodeProperties)).toEqual(['error', 'review']);
	});
});

/** What the editor computes from an expression in a description. */
function evaluated(expression: string, $parameter: object): unknown {
	const code = /^=\{\{(.*)\}\}$/s.exec(expression)![1];
	return new Function('$parameter', `return (${code});`)($parameter);
}
