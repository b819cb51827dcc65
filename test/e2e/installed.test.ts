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

	it('has its nodes and their tools, and nothing else', () => {
		const tools = NODES.map(({ name }) => `${name}Tool`);
		expect(types.map(({ name }) => name).sort()).toEqual([...NODES.map(({ name }) => name), ...tools].sort());
	});

	describe.each(NODES)('$name', ({ name, displayName }) => {
		const typeOf = (wanted: string) => types.find((type) => type.name === wanted)!;

		it('is a node, and a tool of an agent', () => {
			expect(typeOf(name)).toMatchObject({ displayName, inputs: ['main'] });
			expect(typeOf(`${name}Tool`)).toMatchObject({
				displayName: `${displayName} Tool`,
				inputs: [],
				outputs: ['ai_tool'],
			});
		});

		it('is an ordinary node to the nodes panel, its tool an AI tool', () => {
			// n8n hides what it takes for a part of an agent from workflows that have none.
			expect(typeOf(name).codex).toMatchObject({ alias: expect.arrayContaining(['Progeny', 'KYC']) });
			expect(typeOf(name).codex!.categories).not.toContain('AI');
			expect(typeOf(`${name}Tool`).codex).toMatchObject({
				categories: ['AI'],
				subcategories: { AI: ['Tools'] },
			});
		});

		it.each(['light', 'dark'] as const)('has its %s icon served, its own', async (theme) => {
			const served = await Promise.all(
				NODES.map(async (one) => {
					const path = typeOf(one.name).iconUrl![theme];
					const icon = await axios.get<string>(`${origin}/${path}`, { proxy: false });
					return { type: String(icon.headers['content-type']), svg: icon.data, name: one.name };
				}),
			);
			const own = served.find((icon) => icon.name === name)!;
			expect(own.type).toContain('image/svg+xml');
			expect(own.svg).toContain('<svg');
			expect(served.filter(({ svg }) => svg === own.svg)).toHaveLength(1);
		});

		it('has its output schema served', async () => {
			const schema = await api.download(`/schemas/${name}/1.0.0.json`);
			expect(schema).toMatchObject({
				type: 'object',
				properties: { decision: { type: 'string' }, taskId: { type: 'string' } },
			});
		});
	});
});
