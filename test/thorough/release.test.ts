import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../../package.json';

const ROOT = join(__dirname, '../..');
const NOTES = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A node.\n';
const { release, preversion, version } = scripts;

/** The environment of a shell: what `npm run` sets, such as how much npm prints, is for this run alone. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

let root: string;

function run(command: string, ...args: string[]) {
	const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
	return { status, output: `${stdout}${stderr}`.trim() };
}

const git = (...args: string[]) => run('git', ...args).output;
const releaseAs = (...args: string[]) => run('npm', 'run', 'release', '--', ...args);
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
const commit = (file: string, text: string) => {
	write(file, text);
	git('add', file);
	git('commit', '--quiet', '--message', 'Change');
};

/** Returns a package with this package's release scripts, and tests with a given exit code. */
const manifest = (test: string) =>
	JSON.stringify({
		name: 'n',
		version: '0.1.0',
		scripts: { test, 'format:check': 'exit 0', release, preversion, version },
	});

/** Everything that a release could change. */
const state = () => [git('rev-parse', 'HEAD', '--tags'), git('status', '--porcelain'), read('package.json')];

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'release-test-'));
	git('init', '--quiet', '--initial-branch=main');
	// The user's own settings and hooks do not matter here.
	const config =
		'[user]\nname = T\nemail = t@example.org\n[commit]\ngpgSign = false\n[tag]\ngpgSign = false\n';
	write('.git/config', `${read('.git/config')}${config}[core]\nhooksPath = none\n`);
	mkdirSync(join(root, 'scripts'));
	for (const file of ['.npmrc', 'scripts/changelog.mjs']) cpSync(join(ROOT, file), join(root, file));
	git('add', '--all');
	commit('CHANGELOG.md', NOTES);
	commit('package.json', manifest('exit 0'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a release is a commit of the version and the dated changelog, with an annotated tag', () => {
	expect(releaseAs('minor')).toMatchObject({ status: 0 });
	expect(JSON.parse(read('package.json')).version).toBe('0.2.0');
	expect(read('CHANGELOG.md').replace(/\d{4}-\d{2}-\d{2}/, 'TODAY')).toBe(
		NOTES.replace('###', '## [0.2.0] - TODAY\n\n###'),
	);
	expect(git('status', '--porcelain')).toBe('');
	expect(git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
	expect(git('show', '--format=', '--name-only')).toBe('CHANGELOG.md\npackage.json');
	expect(git('cat-file', '-t', 'v0.2.0')).toBe('tag');
	expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'));

	expect(releaseAs('patch').output).toContain('says nothing under "## [Unreleased]"');
});

test('the first release keeps the version that package.json has', () => {
	expect(releaseAs('0.1.0', '--allow-same-version')).toMatchObject({ status: 0 });
	expect([git('tag'), git('show', '--format=', '--name-only')]).toEqual(['v0.1.0', 'CHANGELOG.md']);
});

test.each<[string, () => unknown, string]>([
	['a changed file', () => write('CHANGELOG.md', 'x'), 'working directory not clean'],
	['a new file', () => write('new.txt', 'x'), 'Commit or stash everything'],
	['another branch', () => git('switch', '--quiet', '--create', 'work'), 'made on main'],
	['no branch', () => git('switch', '--quiet', '--detach'), 'made on main'],
	['a tag that exists', () => git('tag', 'v0.1.1'), 'The tag v0.1.1 exists'],
	['a section that exists', () => commit('CHANGELOG.md', `${NOTES}\n## [0.1.1]\n`), 'a section for 0.1.1'],
	[
		'no notes',
		() => commit('CHANGELOG.md', '## [Unreleased]\n\n### Added\n\n## [0.1.0]\n\n- x\n'),
		'says nothing',
	],
	['failing tests', () => commit('package.json', manifest('exit 1')), 'exit 1'],
])('with %s, nothing is released', (_, prepare, message) => {
	prepare();
	const before = state();
	const { status, output } = releaseAs('patch');
	expect(status).not.toBe(0);
	expect(output).toContain(message);
	expect(state()).toEqual(before);
});
