import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../../package.json';

/** `npm test` builds before it runs this: what is looked at is `dist` as it stands. */
const ROOT = join(__dirname, '../..');

/** What npm would pack, by its own word. */
function packed(): string[] {
	const npm = process.env.npm_execpath;
	const isNpm = npm !== undefined && basename(npm) === 'npm-cli.js';
	const [command, first] = isNpm ? [process.execPath, [npm]] : ['npm', []];
	const output = execFileSync(command, [...first, 'pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: !isNpm && process.platform === 'win32',
	});
	const [{ files }] = JSON.parse(output) as Array<{ files: Array<{ path: string }> }>;
	return files.map(({ path }) => path).sort();
}

const filesIn = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			posix.join(
				folder,
				join(entry.parentPath, entry.name).slice(join(ROOT, folder).length).split(sep).join('/'),
			),
		);

const sources = ['index.ts', ...filesIn('nodes'), ...filesIn('credentials')];
const compiled = [
	...sources.filter((name) => name.endsWith('.ts')).map((name) => name.replace(/ts$/, 'js')),
	'index.d.ts',
];
const copied = sources.filter((name) => /\.(svg|json)$/.test(name));

/** The editor looks up the schema by operation: the general one of a node serves two of them. */
const SCHEMAS = Object.entries({
	AuthenticateFace: 'authenticate',
	BackgroundCheck: 'check',
	FaceLiveness: 'check',
	ReadDocument: 'read',
	RegisterFace: 'register',
	VerifyIdentity: 'verify',
}).flatMap(([node, main]) =>
	[main, 'getResult', 'submit'].map((operation) => `dist/nodes/${node}/__schema__/v1.0.0/${operation}.json`),
);

let files: string[] = [];
beforeAll(() => {
	if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('There is no build to pack: npm run build');
	files = packed();
});

test('holds the compiled sources, their icons, codex and schemas, and nothing else of dist', () => {
	const expected = new Set([...[...compiled, ...copied].map((name) => `dist/${name}`), ...SCHEMAS]);
	expect(files.filter((name) => name.startsWith('dist/'))).toEqual([...expected].sort());
});

test('holds nothing beside dist but package.json and the papers', () => {
	const beside = files.filter((name) => !name.startsWith('dist/'));
	const papers = ['CHANGELOG.md', 'LICENSE', 'README.md'];
	expect(['package.json', ...papers]).toEqual(expect.arrayContaining(beside));
	const always = ['LICENSE', 'README.md'].filter((name) => existsSync(join(ROOT, name)));
	expect(beside).toEqual(expect.arrayContaining(['package.json', ...always]));
});

test('holds no test, sandbox, photo, example, source or map', () => {
	const UNWANTED =
		/test|spec|sandbox|photo|example|bench|demo|script|\.(map|tsbuildinfo|png|jpe?g|env|npmrc|bak)$|(?<!\.d)\.ts$|node_modules/i;
	const OUR_OWN = /^dist\/nodes\/shared\/(photo\/\w+|errors\/photoMessages)\.js$/;
	expect(files.filter((name) => UNWANTED.test(name) && !OUR_OWN.test(name))).toEqual([]);
});

test('holds every file that package.json names', () => {
	const { nodes, credentials } = manifest.n8n;
	expect(nodes).toHaveLength(6);
	expect(credentials).toHaveLength(1);
	expect(files).toEqual(expect.arrayContaining([...nodes, ...credentials, manifest.main, manifest.types]));
});

test('index.d.ts names the public types, with their docstrings, and needs only n8n-workflow', () => {
	const types = readFileSync(join(ROOT, 'dist/index.d.ts'), 'utf8');
	expect([...types.matchAll(/from '([^']+)'/g)].map(([, module]) => module)).toEqual(['n8n-workflow']);
	expect(types).toContain('/** Does this photo show a live person? One item in, one verdict out. */');
	expect([...types.matchAll(/^export (?:type )?\{ (.*) \};$/gm)].map(([, names]) => names)).toEqual([
		'AuthenticateFace, BackgroundCheck, FaceLiveness, ProgenyApi, ReadDocument, RegisterFace, VerifyIdentity',
		'BackgroundCheckVerdict, CheckOutput, Decision, DocumentVerdict, ErrorCode, HolderVerdict, Issue, LivenessVerdict, Registration, ResultOrigin, SubmitOutput, Timing, Verdict',
	]);
});

test('package.json brings nothing along and runs nothing at installation', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.files).toEqual(['dist']);
	const lifecycle = Object.keys(manifest.scripts).filter((name) =>
		/^(pre|post)?(install|prepare|publish)/.test(name),
	);
	expect(lifecycle).toEqual([]);
});

describe('what n8n loads', () => {
	/** Loads a compiled file as Node does, without jest in between, and gives what the expression says about it. */
	const ask = <T>(file: string, expression: string): T =>
		JSON.parse(
			execFileSync(
				process.execPath,
				[
					'-e',
					`const it = require(${JSON.stringify(join(ROOT, file))}); process.stdout.write(JSON.stringify(${expression}))`,
				],
				{
					encoding: 'utf8',
				},
			),
		) as T;

	test('index.js exports exactly the classes', () => {
		expect(
			ask(
				'dist/index.js',
				'Object.entries(it).map(([name, value]) => [name, typeof value, value.name]).sort()',
			),
		).toEqual([
			['AuthenticateFace', 'function', 'AuthenticateFace'],
			['BackgroundCheck', 'function', 'BackgroundCheck'],
			['FaceLiveness', 'function', 'FaceLiveness'],
			['ProgenyApi', 'function', 'ProgenyApi'],
			['ReadDocument', 'function', 'ReadDocument'],
			['RegisterFace', 'function', 'RegisterFace'],
			['VerifyIdentity', 'function', 'VerifyIdentity'],
		]);
	});

	test.each(manifest.n8n.nodes)('%s: its class, its icons, its codex', (file) => {
		const folder = posix.dirname(file);
		const name = basename(file, '.node.js');
		const description = ask<INodeType['description']>(file, `new it.${name}().description`);
		expect(description.name).toBe(name[0]!.toLowerCase() + name.slice(1));
		for (const icon of Object.values(description.icon as { light: string; dark: string }))
			expect(files).toContain(posix.join(folder, icon.replace(/^file:/, '')));

		const codexFile = file.replace(/\.js$/, '.json');
		expect(files).toContain(codexFile);
		const codex = JSON.parse(readFileSync(join(ROOT, codexFile), 'utf8')) as Record<string, unknown>;
		// Without a `resources` object n8n drops the whole file in silence (n8n-core, DirectoryLoader).
		expect(codex).toMatchObject({
			node: `${manifest.name}.${description.name}`,
			resources: expect.any(Object),
		});
	});

	test("n8n's own loader takes the whole package, with the hints for its AI builder", () => {
		// It refuses a node with a hint on its operation.
		const load = `require('reflect-metadata');
			const { PackageDirectoryLoader } = require('n8n-core');
			const loader = new PackageDirectoryLoader(process.cwd());
			loader.loadAll().then(() => process.stdout.write(JSON.stringify(loader.types)));`;
		const env = { ...process.env, N8N_LOG_LEVEL: 'silent' };
		const options = { cwd: ROOT, encoding: 'utf8' as const, env };
		const types = JSON.parse(execFileSync(process.execPath, ['-e', load], options)) as {
			nodes: INodeType['description'][];
			credentials: ICredentialType[];
		};
		expect(types.credentials.map(({ name }) => name)).toEqual(['progenyApi']);
		expect(types.nodes).toHaveLength(manifest.n8n.nodes.length);
		for (const node of types.nodes)
			expect(node).toMatchObject({ codex: { alias: expect.any(Array) }, builderHint: expect.any(Object) });
	});

	test('the credential: its class, its icons', () => {
		const [file] = manifest.n8n.credentials;
		const name = basename(file, '.credentials.js');
		const credential = ask<ICredentialType>(file, `new it.${name}()`);
		expect(credential.name).toBe('progenyApi');
		for (const icon of Object.values(credential.icon as { light: string; dark: string }))
			expect(files).toContain(posix.join(posix.dirname(file), icon.replace(/^file:/, '')));
	});

	test.each(SCHEMAS)('%s is a JSON Schema of an object', (file) => {
		expect(files).toContain(file);
		expect(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))).toMatchObject({
			type: 'object',
			properties: { taskId: { type: 'string' } },
		});
	});
});
