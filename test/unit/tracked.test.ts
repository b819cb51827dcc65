import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '../..');

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
const tracked = execFileSync('git', LIST, { cwd: ROOT, encoding: 'utf8' })
	.split('\0')
	.filter((file) => file !== '' && existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isFile());

const textOf = (file: string): string => {
	const bytes = readFileSync(join(ROOT, file));
	return bytes.includes(0) ? '' : bytes.toString('utf8');
};

/** Patterns that must not be in the repository, by what they would reveal. */
const FOREIGN: Array<[string, RegExp]> = [
	['the host of a package registry', new RegExp(['registry', '(npmjs|yarnpkg)', '(org|com)'].join('\\.'))],
	['the address of a downloaded package', /"resolved":\s*"http/],
	['a folder of one machine', /(?<![\w.~-])\/(home\/(?!node\b|credentials\/)|Users\/|root\/|work\/)\w/],
	['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
	['an access token of npm or GitHub', /\b(npm_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36})\b/],
];

test('the files are found', () => {
	expect(tracked).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'README.md']));
});

test.each(FOREIGN)('no file holds %s', (_, pattern) => {
	expect(tracked.filter((file) => pattern.test(textOf(file)))).toEqual([]);
});

test('every test that SECURITY.md names is there', () => {
	const named = [...textOf('SECURITY.md').matchAll(/`((?:unit|engine)\/[\w/]+)`/g)].map(([, name]) => name);
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((name) => !tracked.some((file) => file.startsWith(`test/${name}`)))).toEqual([]);
});

test('every lock file stands beside an .npmrc that keeps hosts out and scripts off', () => {
	const locks = tracked.filter((file) => basename(file) === 'package-lock.json');
	const lines = (lock: string) => textOf(lock.replace(/package-lock\.json$/, '.npmrc')).split('\n');
	const lax = locks.filter(
		(lock) =>
			!['ignore-scripts=true', 'omit-lockfile-registry-resolved=true'].every((line) =>
				lines(lock).includes(line),
			),
	);
	expect(locks.length).toBeGreaterThan(1);
	expect(lax).toEqual([]);
});
