import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { N8nApi } from '../../demo/api';
import { server, USER_FOLDER } from './support/server';

const PACKAGE = join(USER_FOLDER, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-progeny');
const { origin, account } = server();

interface NodeType {
	name: string;
	displayName: string;
	iconUrl?: { light: string; dark: string };
	outputs: unknown;
	codex?: { categories?: string[] };
}

describe('the installed package', () => {
	let types: NodeType[];
	let api: N8nApi;

	beforeAll(async () => {
		api = await N8nApi.signIn(origin, account);
		const all = (await api.download('/types/nodes.json')) as NodeType[];
		types = all.filter(({ name }) => name.startsWith('n8n-nodes-progeny.'));
	});

	it('holds what is built and nothing else', () => {
		expect(readdirSync(PACKAGE).sort()).toEqual(expect.arrayContaining(['dist', 'package.json']));
		expect(
			readdirSync(PACKAGE).filter(
				(name) => !/^(dist|package\.json|README.*|LICENSE.*|CHANGELOG.*)$/.test(name),
			),
		).toEqual([]);
		expect(existsSync(join(PACKAGE, 'dist', 'sandbox'))).toBe(false);
	});

	it('brings no packages of its own', () => {
		const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
			dependencies?: object;
		};
		expect(manifest.dependencies ?? {}).toEqual({});
	});

	it('gives n8n the node and its tool', () => {
		expect(types.map(({ name }) => name)).toEqual([
			'n8n-nodes-progeny.authenticateFace',
			'n8n-nodes-progeny.authenticateFaceTool',
		]);
		expect(types[1]).toMatchObject({ displayName: 'Authenticate Face Tool', outputs: ['ai_tool'] });
	});

	it.each(['light', 'dark'] as const)('has its %s icon served', async (theme) => {
		const icon = await axios.get<string>(`${origin}/${types[0]!.iconUrl![theme]}`, { proxy: false });
		expect(icon.headers['content-type']).toContain('image/svg+xml');
		expect(icon.data).toContain('<svg');
	});

	it('has its output schema served', async () => {
		const schema = await api.download('/schemas/n8n-nodes-progeny.authenticateFace/1.0.0.json');
		expect(schema).toMatchObject({ type: 'object', properties: { authenticated: { type: 'boolean' } } });
	});
});
