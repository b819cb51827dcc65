import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import type { ICredentialType, INodePropertyOptions, INodeType } from 'n8n-workflow';
import manifest from '../../package.json';
import { nodeClasses } from '../support/nodes';

/** `npm test` builds before it runs this, which inspects `dist` as it is. */
const ROOT = join(__dirname, '../..');

/** The largest that the tarball may be. */
const MOST_BYTES = 100_000;

/** Returns the content of npm's package: the paths of the files, and the tarball's size in bytes. */
function packed(): { files: string[]; size: number } {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	const [{ files, size }] = JSON.parse(output) as Array<{ files: Array<{ path: string }>; size: number }>;
	return { files: files.map(({ path }) => path).sort(), size };
}

const { nodes, credentials } = manifest.n8n;
/** The nodes and the credential require `shared.js`, which bundles `nodes/shared`. */
const CODE = [manifest.main, 'dist/nodes/shared.js', ...nodes, ...credentials];
const COPIED = ['nodes', 'credentials']
	.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
			join('dist', folder, name),
		),
	)
	.map((name) => name.split(sep).join('/'))
	.filter((name) => /\.(svg|json)$/.test(name) && !name.startsWith('dist/nodes/shared/'));

/** The editor looks up the schema by operation; the general one is for a node without its parameters. */
const SCHEMAS = nodeClasses().flatMap(({ description: { name, properties } }) => {
	const general = `dist/nodes/${name[0]!.toUpperCase()}${name.slice(1)}/__schema__/v1.0.0`;
	const { options } = properties.find((one) => one.name === 'operation')!;
	const operations = (options as INodePropertyOptions[]).map(({ value }) => `${general}/${value}`);
	return [general, ...operations].map((path) => `${path}.json`);
});

let files: string[] = [];
let size = 0;
beforeAll(() => {
	if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('There is no build to pack: npm run build');
	({ files, size } = packed());
});

test('holds the code, its types, the icons, codex and schemas, and nothing else of dist', () => {
	const expected = new Set([...CODE, manifest.types, ...COPIED, ...SCHEMAS]);
	expect(files.filter((name) => name.startsWith('dist/'))).toEqual([...expected].sort());
});

test(`has at most ${MOST_BYTES} bytes`, () => {
	expect(size).toBeGreaterThan(0);
	expect(size).toBeLessThanOrEqual(MOST_BYTES);
});

test('holds nothing beside dist but package.json and the papers', () => {
	const beside = files.filter((name) => !name.startsWith('dist/'));
	const papers = ['CHANGELOG.md', 'LICENSE', 'README.md'];
	expect(['package.json', ...papers]).toEqual(expect.arrayContaining(beside));
	const always = ['LICENSE', 'README.md'].filter((name) => existsSync(join(ROOT, name)));
	expect(beside).toEqual(expect.arrayContaining(['package.json', ...always]));
});

test('index.d.ts names the public types, and needs only n8n-workflow', () => {
	const types = readFileSync(join(ROOT, 'dist/index.d.ts'), 'utf8');
	expect([...types.matchAll(/from '([^']+)'/g)].map(([, module]) => module)).toEqual(['n8n-workflow']);
	const folders = nodes.map((file) => basename(posix.dirname(file)));
	const results = folders.map((name) => `${name}Result`);
	const others = ['CheckOutput', 'Decision', 'ErrorCode', 'Issue', 'ResultOrigin', 'SubmitOutput', 'Timing'];
	expect([...types.matchAll(/^export (?:type )?\{ (.*) \};$/gm)].map(([, names]) => names)).toEqual(
		[
			[...folders, 'ProgenyApi'],
			[...results, ...others],
		].map((names) => names.sort().join(', ')),
	);
});

/** The report of a process that loads the package as n8n does: by plain Node, without jest in between, then by n8n's own loader. */
interface Loaded {
	/** The exports of each file of the package. */
	exports: Record<string, Array<{ name: string; type: string; className: string }>>;
	/** The files of `dist` that Node has loaded; a file that it loaded under two paths is there twice. */
	modules: string[];
	loader: { nodes: Array<INodeType['description']>; credentials: ICredentialType[] };
}

const LOAD = `
	const { n8n, main } = require('./package.json');
	const exportsOf = (file) => Object.entries(require('./' + file));
	const described = (file) =>
		exportsOf(file).map(([name, value]) => ({ name, type: typeof value, className: value.name }));
	const from = (files, of) => Object.fromEntries(files.map((file) => [file, of(file)]));
	const loaded = { exports: from([main, ...n8n.nodes, ...n8n.credentials], described) };
	const { relative, sep } = require('node:path');
	const files = Object.keys(require.cache).map((file) => relative(process.cwd(), file).split(sep).join('/'));
	loaded.modules = files.filter((file) => file.startsWith('dist/'));
	require('reflect-metadata');
	const { PackageDirectoryLoader } = require('n8n-core');
	const loader = new PackageDirectoryLoader(process.cwd());
	loader.loadAll().then(() => process.stdout.write(JSON.stringify({ ...loaded, loader: loader.types })));
`;

describe('what n8n loads', () => {
	let loaded: Loaded;
	beforeAll(() => {
		const options = { cwd: ROOT, encoding: 'utf8' as const };
		loaded = JSON.parse(execFileSync(process.execPath, ['-e', LOAD], options)) as Loaded;
	});

	test('each file exports its class, index.js exactly all of them', () => {
		const classOf = (file: string) => basename(file).split('.')[0]!;
		const exportOf = (name: string) => ({ name, type: 'function', className: name });
		const { [manifest.main]: all, ...each } = loaded.exports;
		const files = [...nodes, ...credentials];
		expect(each).toEqual(Object.fromEntries(files.map((file) => [file, [exportOf(classOf(file))]])));
		const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
		expect([...all!].sort(byName)).toEqual(files.map(classOf).sort().map(exportOf));
	});

	test('nodes and credential share one copy of what they have in common', () => {
		expect([...loaded.modules].sort()).toEqual([...CODE].sort());
	});

	test("n8n's own loader accepts the whole package, with the hints for its AI builder", () => {
		// It refuses a node with a hint on its operation.
		const types = loaded.loader;
		expect(types.credentials.map(({ name }) => name)).toEqual(['progenyApi']);
		const names = nodeClasses().map(({ description: { name } }) => name);
		expect(names.length).toBeGreaterThanOrEqual(6);
		expect(types.nodes.map(({ name }) => name).sort()).toEqual(names.sort());
		for (const node of types.nodes)
			expect(node).toMatchObject({ codex: { alias: expect.any(Array) }, builderHint: expect.any(Object) });
	});
});
