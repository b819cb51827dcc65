import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/release/cli';
import { FILES } from '../../scripts/release/files';
import { checkTag, release } from '../../scripts/release/release';

/** Of the repository, so that nobody's own settings matter. */
const CONFIG = `[user]
	name = Test
	email = test@example.org
[commit]
	gpgSign = false
[tag]
	gpgSign = false
[core]
	hooksPath = hooks
`;

const TODAY = /\d{4}-\d{2}-\d{2}/;

let root: string;
let printed: string[];
const print = (text: string) => void printed.push(text);

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const commit = (message: string) => git('commit', '--quiet', '--all', '--message', message);

/** Everything that a release could change: the commit, the tags, the index and the files. */
const state = () => [git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain'), ...FILES.map(read)];

const write = (file: string, text: string) => writeFileSync(join(root, file), text);

const NAMED = { name: 'n8n-nodes-x', version: '0.1.0' };
const writeJson = (file: string, content: object) => write(file, `${JSON.stringify(content, null, '\t')}\n`);
const setTestScript = (script: string) => writeJson('package.json', { ...NAMED, scripts: { test: script } });

/** A repository with a package in it whose tests pass. */
beforeEach(() => {
	printed = [];
	root = mkdtempSync(join(tmpdir(), 'release-test-'));
	setTestScript('exit 0');
	writeJson('package-lock.json', { ...NAMED, packages: { '': NAMED } });
	write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A node.\n');
	write('README.md', 'npm install n8n-nodes-x-0.1.0.tgz\n');
	git('init', '--quiet', '--initial-branch=main');
	appendFileSync(join(root, '.git/config'), CONFIG);
	git('add', '--all');
	commit('Begin');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a release is one commit of the four files, with an annotated tag that holds the notes', () => {
	release(root, 'minor', { print });

	expect(JSON.parse(read('package.json')).version).toBe('0.2.0');
	const lock = JSON.parse(read('package-lock.json'));
	expect([lock.version, lock.packages[''].version]).toEqual(['0.2.0', '0.2.0']);
	expect(read('CHANGELOG.md').replace(TODAY, 'TODAY')).toBe(
		'# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - TODAY\n\n### Added\n\n- A node.\n',
	);
	expect(read('README.md')).toBe('npm install n8n-nodes-x-0.2.0.tgz\n');

	expect(git('status', '--porcelain')).toBe('');
	expect(git('log', '--format=%s')).toBe('Release 0.2.0\nBegin');
	expect(git('show', '--format=', '--name-only').split('\n').sort()).toEqual([...FILES].sort());
	expect(git('cat-file', '-t', 'v0.2.0')).toBe('tag');
	expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
	expect(git('tag', '--list', '--format=%(contents)')).toBe('Release 0.2.0\n\n### Added\n\n- A node.');
	expect(printed.join('\n')).toContain('git push --atomic origin main v0.2.0');
	expect(() => checkTag(root, 'v0.2.0')).not.toThrow();
});

test('the first release may keep the version that package.json has', () => {
	release(root, '0.1.0', { skipTests: true, print });
	expect(git('tag')).toBe('v0.1.0');
	expect(git('show', '--format=', '--name-only')).toBe('CHANGELOG.md');
	checkTag(root, 'v0.1.0');
	appendFileSync(join(root, 'CHANGELOG.md'), '\n');
	commit('Change');
	expect(() => release(root, '0.1.0', { skipTests: true, print })).toThrow(
		'The tag v0.1.0 is there already.',
	);
});

test('a dry run shows the difference and changes nothing', () => {
	setTestScript('exit 1');
	commit('A test that fails');
	const before = state();
	release(root, 'patch', { dryRun: true, print });
	expect(state()).toEqual(before);
	const lines = printed.join('\n').split('\n');
	expect(lines).toEqual(
		expect.arrayContaining(['-\t"version": "0.1.0",', '+\t"version": "0.1.1",', '--- before/CHANGELOG.md']),
	);
	expect(lines.at(-1)).toBe('This would become v0.1.1, after npm test. Nothing was changed.');
});

describe('refused, with nothing changed', () => {
	const cases: Array<[string, () => void, string]> = [
		['a changed file', () => appendFileSync(join(root, 'README.md'), 'x'), 'M README.md'],
		['a new file', () => write('new.txt', 'x'), '?? new.txt'],
		['another branch', () => void git('switch', '--quiet', '--create', 'work'), 'this is work.'],
		['no branch', () => void git('switch', '--quiet', '--detach'), 'this is a detached commit.'],
		['the tag is there', () => void git('tag', 'v0.1.1'), 'The tag v0.1.1 is there already.'],
		[
			'nothing unreleased',
			() => {
				write('CHANGELOG.md', '## [Unreleased]\n\n### Added\n');
				commit('Empty');
			},
			'Nothing is written under "## [Unreleased]"',
		],
		[
			'npm test fails',
			() => {
				setTestScript('exit 1');
				commit('A test that fails');
			},
			'npm test fails: nothing was released.',
		],
	];

	test.each(cases)('%s', (_, prepare, message) => {
		prepare();
		const before = state();
		expect(() => release(root, 'patch', { print })).toThrow(message);
		expect(state()).toEqual(before);
		expect(printed).toEqual([]);
	});

	test('a commit that a hook does not let pass', () => {
		mkdirSync(join(root, 'hooks'));
		writeFileSync(join(root, 'hooks', 'pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
		git('add', '--all');
		git('commit', '--quiet', '--no-verify', '--message', 'A hook');
		const before = state();
		expect(() => release(root, 'patch', { skipTests: true, print })).toThrow('git commit');
		expect(state()).toEqual(before);
	});
});

describe('the check of a tag', () => {
	test.each([
		['v0.1.1', 'The tag is v0.1.1, but package.json says 0.1.0.'],
		['0.1.0', 'The tag is 0.1.0, but package.json says 0.1.0.'],
		['v0.1.0', 'CHANGELOG.md has no dated section for 0.1.0.'],
	])('%s', (tag, message) => {
		expect(() => run(root, ['--check', tag])).toThrow(message);
	});
});

test('the command line: a step, --dry-run and --skip-tests', () => {
	const log = jest.spyOn(console, 'log').mockImplementation(print);
	run(root, ['patch', '--dry-run']);
	expect(git('tag')).toBe('');
	run(root, ['--skip-tests', '0.3.0']);
	expect(git('tag')).toBe('v0.3.0');
	log.mockRestore();
});
