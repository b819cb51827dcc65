import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOutAsLocked } from '../../scripts/layout';
import { bunIn, install, isInstalled } from '../../scripts/setup';

/** The one package of the registry; the scope keeps it apart in bun's cache. Its install script must not run. */
const SCOPE = '@setup-test';
const NAME = `${SCOPE}/only-${process.pid}`;
const VERSION = '1.0.0';
const MANIFEST = { name: NAME, version: VERSION, scripts: { install: 'echo > script-ran' } };
const BUN_CACHE = join(__dirname, '../../.cache/bun', SCOPE);

let folder: string;
let tarball: Buffer;
let integrity: string;
let registry: Server;
/** The client of the registry: `Bun` or `npm`. */
let asked: Set<string>;
let refused: string | undefined;
let said: string[];
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
	folder = fs.mkdtempSync(join(tmpdir(), 'progeny-setup-'));
	const file = join(folder, 'package', 'package.json');
	fs.mkdirSync(join(file, '..'));
	fs.writeFileSync(file, JSON.stringify(MANIFEST));
	fs.utimesSync(file, 0, 0);
	tarball = execFileSync('tar', ['-czf', '-', 'package'], { cwd: folder });
	integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
	registry = createServer((request, response) => {
		const client = /^(bun|npm)/i.exec(request.headers['user-agent'] ?? '')?.[0].toLowerCase() ?? 'other';
		asked.add(client);
		if (client === refused) response.writeHead(403).end();
		else if (request.url!.endsWith('.tgz')) response.end(tarball);
		else {
			const { port } = registry.address() as AddressInfo;
			const dist = { integrity, tarball: `http://127.0.0.1:${port}/${NAME}/-/only.tgz` };
			const versions = { [VERSION]: { ...MANIFEST, dist } };
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ name: NAME, 'dist-tags': { latest: VERSION }, versions }));
		}
	});
	await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
	const { port } = registry.address() as AddressInfo;
	// In npm's global configuration, which bun does not read by itself.
	const globalconfig = join(folder, 'npmrc');
	fs.writeFileSync(globalconfig, `registry=http://127.0.0.1:${port}/\n`);
	environment = { ...process.env };
	Object.assign(process.env, {
		npm_config_globalconfig: globalconfig,
		npm_config_cache: join(folder, 'cache'),
	});
	delete process.env.npm_config_registry;
	delete process.env.NPM;
});
afterAll(async () => {
	process.env = environment;
	await new Promise((resolve) => registry.close(resolve));
	fs.rmSync(folder, { recursive: true, force: true });
	fs.rmSync(BUN_CACHE, { recursive: true, force: true });
});
beforeEach(() => {
	asked = new Set();
	refused = undefined;
	said = [];
	jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
	fs.rmSync(BUN_CACHE, { recursive: true, force: true });
	fs.rmSync(join(folder, 'cache'), { recursive: true, force: true });
});
afterEach(() => {
	delete process.env.NPM;
	jest.restoreAllMocks();
});

/** Returns a folder that needs the package. */
function project({ sum = integrity, version = VERSION } = {}): string {
	const dir = fs.mkdtempSync(join(folder, 'project-'));
	const root = { name: 'project', version: '1.0.0', dependencies: { [NAME]: version } };
	fs.writeFileSync(join(dir, 'package.json'), JSON.stringify(root));
	const packages = {
		'': root,
		[`node_modules/${NAME}`]: { version, integrity: sum, hasInstallScript: true },
	};
	const lock = { name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
	fs.writeFileSync(join(dir, 'package-lock.json'), JSON.stringify(lock));
	return dir;
}

const installed = (dir: string) => join(dir, 'node_modules', NAME);
const WRONG_SUM = `sha512-${'A'.repeat(86)}==`;
const OPTIONS = { label: 'things', usually: ['a second', 'a minute'] as [string, string] };

/** Returns a program in place of bun. */
function pretender(script: string): string {
	const path = join(fs.mkdtempSync(join(folder, 'bun-')), 'bun');
	fs.writeFileSync(path, `#!/bin/sh\n${script}\n`);
	fs.chmodSync(path, 0o755);
	return path;
}

const BROKEN = 'echo error: killed; exit 1';
const WRONG = `mkdir -p node_modules/${NAME}; echo '{"name":"${NAME}","version":"9.0.0"}' > node_modules/${NAME}/package.json`;
const because = (why: string) => new RegExp(`^bun could not install things \\(${why}\\), so npm does\\.$`);
const LEFT_OUT = because('it left out .*@1\\.0\\.0');

test.each<[string, { npm?: boolean; refuse?: string; bun?: string; by: string[]; says?: RegExp }]>([
	['by bun', { by: ['bun'] }],
	['by npm, as NPM=1 says', { npm: true, by: ['npm'] }],
	['by npm, if the registry refuses bun', { refuse: 'bun', by: ['bun', 'npm'], says: because('.*403.*') }],
	['by npm, if bun breaks off', { bun: BROKEN, by: ['npm'], says: because('killed') }],
	['by npm, if bun installed what the lock file does not name', { bun: WRONG, by: ['npm'], says: LEFT_OUT }],
	['by npm, if bun installed nothing', { bun: 'true', by: ['npm'], says: LEFT_OUT }],
])('%s', async (_, { npm, refuse, bun, by, says }) => {
	if (npm) process.env.NPM = '1';
	refused = refuse;
	const dir = project();
	await install(dir, OPTIONS, ...(bun ? [async () => pretender(bun)] : []));
	expect([...asked].sort()).toEqual(by);
	expect(JSON.parse(fs.readFileSync(join(installed(dir), 'package.json'), 'utf8'))).toEqual(MANIFEST);
	expect(fs.existsSync(join(installed(dir), 'script-ran'))).toBe(false);
	expect(fs.existsSync(join(dir, 'bun.lock'))).toBe(false);
	expect(said.filter((line) => line.startsWith('bun')).join()).toMatch(says ?? /^$/);

	asked.clear();
	await install(dir, OPTIONS);
	expect(asked).toEqual(new Set());
});

test('by npm, if bun does not run', async () => {
	// Has no bun in it.
	expect(await bunIn(project())).toBeUndefined();
	expect(said.at(-1)).toBe('bun does not run on this machine, so npm installs instead, which takes minutes.');
	expect(await bunIn(project({ sum: WRONG_SUM }))).toBeUndefined();
	expect(said.at(-1)).toMatch(/^Installing bun failed\. [^]*\nSo npm installs instead of bun/);
});

test('refuses a package whose sum is not that of the lock file, both ways', async () => {
	const dir = project({ sum: WRONG_SUM });
	const failed = install(dir, OPTIONS);
	await expect(failed).rejects.toThrow('A downloaded package differs from the lock file.');
	expect([...asked].sort()).toEqual(['bun', 'npm']);
	expect(said).toContainEqual(
		expect.stringMatching(/^bun could not install things \(Integrity check failed/),
	);
	expect(isInstalled(dir)).toBe(false);
});

test.each<[string, (dir: string) => void]>([
	['was interrupted', (dir) => fs.rmSync(join(dir, 'node_modules/.installed.json'))],
	['lacks a package', (dir) => fs.rmSync(installed(dir), { recursive: true })],
	['is of another lock file', (dir) => fs.appendFileSync(join(dir, 'package-lock.json'), '\n')],
])('makes a tree anew that %s', async (_, spoil) => {
	const dir = project();
	await install(dir, OPTIONS);
	const left = join(dir, 'node_modules', 'left-over');
	fs.mkdirSync(left);
	spoil(dir);
	expect(isInstalled(dir)).toBe(false);
	await install(dir, OPTIONS);
	expect(isInstalled(dir)).toBe(true);
	expect(fs.existsSync(join(installed(dir), 'package.json'))).toBe(true);
	expect(fs.existsSync(left)).toBe(false);
});

test('puts each package in its place in the lock file, and fetches what bun left out', async () => {
	const dir = fs.mkdtempSync(join(folder, 'layout-'));
	const put = (path: string, id: string) => {
		const [, name, version] = /^(.+)@(.+)$/.exec(id)!;
		fs.mkdirSync(join(dir, path, 'lib'), { recursive: true });
		fs.writeFileSync(join(dir, path, 'package.json'), JSON.stringify({ name, version }));
		fs.writeFileSync(join(dir, path, 'lib/index.js'), id);
		return { path, id };
	};
	const byBun = [
		put('node_modules/peer', 'peer@7.0.0'),
		put('node_modules/tool', 'tool@1.0.0'),
		put('node_modules/tool/node_modules/peer', 'peer@6.0.0'),
		put('node_modules/peer/node_modules/inside', 'inside@1.0.0'),
		put('node_modules/extra', 'peer@6.0.0'),
	];
	const wanted = {
		'node_modules/peer': 'peer@6.0.0',
		'node_modules/tool': 'tool@1.0.0',
		'node_modules/tool/node_modules/peer': 'peer@7.0.0',
		'node_modules/peer/node_modules/inside': 'inside@1.0.0',
		'node_modules/tool/node_modules/lacking': '@scope/lacking@3.0.0-rc.1',
	};
	const lock = Object.entries(wanted).map(([path, id]) => [path, { id, integrity: 'sum' }]);
	const optional = { 'node_modules/other-platform': { id: 'other@1.0.0', optional: true } };
	const idOf = (_: string, { id }: { id: string }) => id;
	const fetch = async (place: string) => {
		const { packages } = JSON.parse(fs.readFileSync(join(place, 'package-lock.json'), 'utf8'));
		expect(packages['node_modules/package-0']).toMatchObject({ name: '@scope/lacking', integrity: 'sum' });
		put(join(place, 'node_modules/package-0').slice(dir.length), '@scope/lacking@3.0.0-rc.1');
	};
	await layOutAsLocked(dir, { ...Object.fromEntries(lock), ...optional }, byBun, idOf, fetch);
	const find = ['node_modules', '-name', 'index.js'];
	const found = execFileSync('find', find, { cwd: dir, encoding: 'utf8' }).trim().split('\n');
	const placed = found.map((file) => [join(file, '../..'), fs.readFileSync(join(dir, file), 'utf8')]);
	expect(Object.fromEntries(placed)).toEqual(wanted);
});
