import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../../package.json';

/** `npm test` builds before it runs this: what is looked at is `dist` as it stands. */
const ROOT = join(__dirname, '../..');

/** What npm would pack, and how many bytes that makes, by its own word. */
function packed(): { files: string[]; size: number } {
	const npm = process.env.npm_execpath;
	const isNpm = npm !== undefined && basename(npm) === 'npm-cli.js';
	const [command, first] = isNpm ? [process.execPath, [npm]] : ['npm', []];
	const output = execFileSync(command, [...first, 'pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: !isNpm && process.platform === 'win32',
	});
	const [{ files, size }] = JSON.parse(output) as Array<{ files: Array<{ path: string }>; size: number }>;
	return { files: files.map(({ path }) => path).sort(), size };
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

const { main, types, n8n } = manifest;
const code = [main, types, ...n8n.nodes, ...n8n.credentials, 'dist/nodes/shared.js'];
const copied = [...filesIn('nodes'), ...filesIn('credentials')].filter((name) =>
	/\.(svg|node\.json)$/.test(name),
);

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
let size = 0;
beforeAll(() => {
	if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('There is no build to pack: npm run build');
	({ files, size } = packed());
});

test('holds the compiled code, its icons, codex and schemas, and nothing else of dist', () => {
	const expected = [...code, ...copied.map((name) => `dist/${name}`), ...SCHEMAS];
	expect(files.filter((name) => name.startsWith('dist/'))).toEqual(expected.sort());
});

test('weighs 60 kB at most', () => {
	expect(size).toBeLessThanOrEqual(60_000);
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
	expect(files.filter((name) => UNWANTED.test(name))).toEqual([]);
});

test('holds every file that package.json names', () => {
	expect(n8n.nodes).toHaveLength(6);
	expect(n8n.credentials).toHaveLength(1);
	expect(files).toEqual(expect.arrayContaining(code));
});

test('index.d.ts names the public types, and needs only n8n-workflow', () => {
	const declared = readFileSync(join(ROOT, types), 'utf8');
	expect([...declared.matchAll(/from '([^']+)'/g)].map(([, module]) => module)).toEqual(['n8n-workflow']);
	expect([...declared.matchAll(/^export (?:type )?\{ (.*) \};$/gm)].map(([, names]) => names)).toEqual([
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
	interface Built {
		classes: Array<[name: string, type: string, className: string]>;
		nodes: Record<string, INodeType['description']>;
		credentials: Record<string, ICredentialType>;
	}
	let built: Built;
	beforeAll(() => {
		// As Node loads it, without jest in between.
		const load = `const { main, n8n } = require('./package.json');
			const load = (file) => Object.entries(require('./' + file));
			const made = (files, make) => Object.fromEntries(files.map((file) => [file, make(new (load(file)[0][1])())]));
			process.stdout.write(JSON.stringify({
				classes: load(main).map(([name, value]) => [name, typeof value, value.name]).sort(),
				nodes: made(n8n.nodes, (node) => node.description),
				credentials: made(n8n.credentials, (credential) => credential),
			}));`;
		built = JSON.parse(
			execFileSync(process.execPath, ['-e', load], { cwd: ROOT, encoding: 'utf8' }),
		) as Built;
	});

	test('index.js exports exactly the classes', () => {
		const names = [...n8n.nodes, ...n8n.credentials].map((file) => basename(file).split('.')[0]!);
		expect(built.classes).toEqual(names.sort().map((name) => [name, 'function', name]));
	});

	test.each(n8n.nodes)('%s: its class, its icons, its codex', (file) => {
		const folder = posix.dirname(file);
		const name = basename(file, '.node.js');
		const description = built.nodes[file]!;
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
		const loaded = JSON.parse(execFileSync(process.execPath, ['-e', load], options)) as {
			nodes: INodeType['description'][];
			credentials: ICredentialType[];
		};
		expect(loaded.credentials.map(({ name }) => name)).toEqual(['progenyApi']);
		expect(loaded.nodes).toHaveLength(n8n.nodes.length);
		for (const node of loaded.nodes)
			expect(node).toMatchObject({ codex: { alias: expect.any(Array) }, builderHint: expect.any(Object) });
	});

	test.each(n8n.credentials)('%s: its class, its icons', (file) => {
		const credential = built.credentials[file]!;
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
