import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { registeredNodes as registered } from '../support/nodes';
import { REGISTERED } from './documented';
import { PLAIN } from './judges';

type Registered = (typeof registered)[number];
const named = registered.map((node) => [node.folder, node] as const);

const { uuid } = REGISTERED.result.data;
const VALUES: Record<string, unknown> = { uuid, fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };

/** Returns a service's calls for each value of the parameters and options that choose it, with the parameters that it read. */
const callsOf = ({ service }: Registered) =>
	['passport', 'card'].flatMap((documentType) =>
		[undefined, true].map((backgroundCheck) => {
			const read = new Set<string>();
			const call = service.call({
				parameter: (name) => {
					read.add(name);
					return { ...VALUES, documentType }[name];
				},
				option: (name) => (name === 'backgroundCheck' ? backgroundCheck : undefined),
				timeZone: () => 'UTC',
			});
			return { call, read: [...read] };
		}),
	);
const filesOf = (node: Registered) => callsOf(node).flatMap(({ call }) => Object.values(call.files));

const optionsOf = ({ description }: Registered) =>
	description.properties.find(({ name }) => name === 'options')!.options as INodeProperties[];
const propertiesOf = (node: Registered): INodeProperties[] => [
	...node.description.properties.filter(({ name }) => name !== 'options'),
	...optionsOf(node),
];
const valuesOf = ({ options = [] }: INodeProperties) =>
	(options as INodePropertyOptions[]).map(({ value }) => value);

describe.each(named)('%s', (_, node) => {
	const { description, service } = node;

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
		const names = description.properties
			.filter(({ type }) => type !== 'notice' && type !== 'hidden')
			.map(({ name }) => name);
		const files = new Set(filesOf(node).map(({ name }) => name));
		const texts = new Set(callsOf(node).flatMap(({ read }) => read));
		const propertyOf = (name: string) => description.properties.find((one) => one.name === name);
		for (const { name, displayName } of filesOf(node)) {
			expect(propertyOf(name)).toMatchObject({ displayName, required: true });
			expect(propertyOf(name)!.displayOptions).toMatchObject({ hide: { operation: ['getResult'] } });
		}
		// A receipt is bound to the path and the texts, so Get Task Result asks for them again.
		for (const name of texts) expect(propertyOf(name)!.displayOptions).toBeUndefined();
		const others = ['operation', 'toolDescription', 'receipt', 'options'];
		expect(names.sort()).toEqual([...files, ...texts, ...others].sort());
		const scores = optionsOf(node).filter(({ name }) => /^min.*(Percent|Probability)$/.test(name));
		expect(scores.map(({ name }) => name).sort()).toEqual([...(service.minimums ?? [])].sort());
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
		for (const { call } of callsOf(node)) expect(call.judge({}, PLAIN).decision).toBe('fail');
		expect(optionsOf(node).find(({ name }) => name === 'routeByDecision')).toMatchObject({
			type: 'boolean',
			noDataExpression: true,
			default: false,
			displayOptions: { hide: { '/operation': ['submit'] } },
		});
		expect(optionsOf(node)).toContainEqual(expect.objectContaining({ name: 'onTimeout', default: 'error' }));
	});
});

const byName = new Map<string, INodeProperties[]>();
for (const node of registered)
	for (const property of propertiesOf(node))
		byName.set(property.name, [...(byName.get(property.name) ?? []), property]);
/** Their words are the node's own; their storage is not. */
const WORDED = ['operation', 'toolDescription'];
const several = [...byName].filter(([, { length }]) => length > 1);

test('parameters of the same name are the same in every node, except for what is worded for the node', () => {
	expect(several.length).toBeGreaterThan(8);
	for (const [name, [first, ...others]] of several.filter(([one]) => !WORDED.includes(one)))
		for (const other of others) expect([name, other]).toEqual([name, first]);
});

/** Returns the editor's value of an expression in a description. */
function evaluated(expression: string, $parameter: object): unknown {
	const code = /^=\{\{(.*)\}\}$/s.exec(expression)![1];
	return new Function('$parameter', `return (${code});`)($parameter);
}
