import axios from 'axios';
import { N8nApi } from '../../demo/api';
import { nodeClasses } from '../support/nodes';
import { server } from './support/server';

const { origin, account } = server();

interface NodeType {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
	inputs: unknown;
	outputs: unknown;
	codex?: { categories?: string[]; subcategories?: Record<string, string[]>; alias?: string[] };
}

/** The nodes of the package, as package.json lists them. */
const NODES = nodeClasses().map(({ description: { name, displayName } }) => ({
	name: `n8n-nodes-progeny.${name}`,
	displayName,
}));

describe('the installed package', () => {
	let types: NodeType[];
	let api: N8nApi;

	beforeAll(async () => {
		api = await N8nApi.signIn(origin, account);
		const all = (await api.download('/types/nodes.json')) as NodeType[];
		types = all.filter(({ name }) => name.startsWith('n8n-nodes-progeny.'));
	});

	const typeOf = (name: string) => types.find((type) => type.name === name)!;

	it.each(['light', 'dark'] as const)(
		'has a %s icon of its own for each node, which n8n serves',
		async (theme) => {
			const icons = await Promise.all(
				NODES.map(async ({ name }) => {
					const path = typeOf(name).iconUrl![theme];
					const { data, headers } = await axios.get<string>(`${origin}/${path}`, { proxy: false });
					expect(headers['content-type']).toContain('image/svg+xml');
					expect(data).toContain('<svg');
					return data;
				}),
			);
			expect(new Set(icons).size).toBe(NODES.length);
		},
	);

	it.each(NODES)('has $name as an ordinary node and as a tool of an agent, with its schema', async (node) => {
		const { name, displayName } = node;
		const alias = expect.arrayContaining(['Progeny', 'KYC']);
		expect(typeOf(name)).toMatchObject({ displayName, inputs: ['main'], codex: { alias } });
		// n8n hides what it considers a part of an agent from workflows without one.
		expect(typeOf(name).codex!.categories).not.toContain('AI');
		expect(typeOf(`${name}Tool`)).toMatchObject({
			displayName: `${displayName} Tool`,
			inputs: [],
			outputs: ['ai_tool'],
			codex: { categories: ['AI'], subcategories: { AI: ['Tools'] } },
		});
		const properties = { decision: { type: 'string' }, taskId: { type: 'string' } };
		const schema = await api.download(`/schemas/${name}/1.0.0.json`);
		expect(schema).toMatchObject({ type: 'object', properties });
	});
});
