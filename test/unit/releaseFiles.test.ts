import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseDate, unreleasedNotes, withRelease } from '../../scripts/release/changelog';
import { FILES, released, type Texts } from '../../scripts/release/files';
import { nextVersion } from '../../scripts/release/version';

describe('the next version', () => {
	test.each([
		['0.1.0', 'patch', '0.1.1'],
		['0.1.9', 'patch', '0.1.10'],
		['0.1.9', 'minor', '0.2.0'],
		['1.4.2', 'major', '2.0.0'],
		['0.1.0', '0.1.0', '0.1.0'],
		['0.9.0', '0.10.0', '0.10.0'],
		['1.9.9', '2.0.0', '2.0.0'],
	])('%s, %s: %s', (current, step, next) => {
		expect(nextVersion(current, step)).toBe(next);
	});

	test.each([
		['0.1.0', '0.0.9', '0.0.9 is older than the current version, 0.1.0.'],
		['0.10.0', '0.9.0', '0.9.0 is older than the current version, 0.10.0.'],
		['1.0.0', '0.9.9', '0.9.9 is older than the current version, 1.0.0.'],
		['0.1.0', 'v0.2.0', '"v0.2.0" is none of patch, minor, major and x.y.z.'],
		['0.1.0', '0.2', '"0.2" is none of patch, minor, major and x.y.z.'],
		['0.1.0', '0.2.0-rc.1', '"0.2.0-rc.1" is none of patch, minor, major and x.y.z.'],
		['0.1.0', '0.02.0', '"0.02.0" is none of patch, minor, major and x.y.z.'],
		['0.1.0', 'premajor', '"premajor" is none of patch, minor, major and x.y.z.'],
		['0.1.0-rc.1', 'patch', "package.json's version, 0.1.0-rc.1, is not of the form x.y.z."],
	])('%s, %s: refused', (current, step, message) => {
		expect(() => nextVersion(current, step)).toThrow(message);
	});
});

const FIRST = `# Changelog

Words about the form.

## [Unreleased]

### Added

- A node. See ## [Unreleased] in
  the middle of a line, and 1.0.0.
`;

const LATER = `# Changelog

## [Unreleased]

### Fixed

- A fault.

## [0.2.0] - 2026-01-31

- More.

## [0.1.0] - 2026-01-01

- A node.

[Unreleased]: https://example.org/r/compare/v0.2.0...HEAD
[0.2.0]: https://example.org/r/compare/v0.1.0...v0.2.0
[0.1.0]: https://example.org/r/releases/tag/v0.1.0
`;

describe('a changelog', () => {
	test('the first release: a fresh Unreleased, and every other line as it was', () => {
		expect(withRelease(FIRST, '0.1.0', '2026-02-28')).toBe(
			FIRST.replace('## [Unreleased]\n\n###', '## [Unreleased]\n\n## [0.1.0] - 2026-02-28\n\n###'),
		);
	});

	test('a later release: its link compares with the one before', () => {
		const text = withRelease(LATER, '0.3.0', '2026-02-28');
		expect(text).toContain(
			'## [Unreleased]\n\n## [0.3.0] - 2026-02-28\n\n### Fixed\n\n- A fault.\n\n## [0.2.0] - 2026-01-31\n',
		);
		expect(text.split('\n').slice(-5)).toEqual([
			'[Unreleased]: https://example.org/r/compare/v0.3.0...HEAD',
			'[0.3.0]: https://example.org/r/compare/v0.2.0...v0.3.0',
			'[0.2.0]: https://example.org/r/compare/v0.1.0...v0.2.0',
			'[0.1.0]: https://example.org/r/releases/tag/v0.1.0',
			'',
		]);
	});

	test('what was released cannot be released once more', () => {
		const text = withRelease(LATER, '0.3.0', '2026-02-28');
		expect(() => withRelease(text, '0.4.0', '2026-03-01')).toThrow('Nothing is written under');
	});

	test.each([
		['no Unreleased section', '# Changelog\n\n## [0.1.0] - 2026-01-01\n\n- x\n', 'has no section'],
		['nothing in it', '## [Unreleased]\n', 'Nothing is written'],
		[
			'headings only',
			'## [Unreleased]\n\n### Added\n\n### Fixed\n\n## [0.1.0] - 2026-01-01\n\n- x\n',
			'Nothing',
		],
		['links only', '## [Unreleased]\n\n[Unreleased]: https://example.org/compare/v0.1.0...HEAD\n', 'Nothing'],
		['the version is there', LATER.replace('[0.1.0]', '[0.3.0]'), 'has a section for 0.3.0 already'],
	])('refused: %s', (_, text, message) => {
		expect(() => withRelease(text, '0.3.0', '2026-02-28')).toThrow(message);
	});

	test('the notes are what stands under Unreleased', () => {
		expect(unreleasedNotes(LATER)).toBe('### Fixed\n\n- A fault.');
	});

	test.each([
		['0.2.0', '2026-01-31'],
		['0.1.0', '2026-01-01'],
		['0.3.0', undefined],
		['0.2', undefined],
		['Unreleased', undefined],
	])('the date of %s: %s', (version, date) => {
		expect(releaseDate(LATER, version)).toBe(date);
	});

	test.each(['## [0.3.0]', '## [0.3.0] - soon', '## [0x3.0] - 2026-01-01'])('%s is not dated', (heading) => {
		expect(releaseDate(`${heading}\n\n- x\n`, '0.3.0')).toBeUndefined();
	});
});

test('the files of a release: nothing but the version, the date and the tarball names changes', () => {
	const lock = {
		name: 'n8n-nodes-x',
		version: '0.1.0',
		packages: { '': { name: 'n8n-nodes-x', version: '0.1.0' }, 'node_modules/y': { version: '0.1.0' } },
	};
	const write = (content: unknown) => `${JSON.stringify(content, null, '\t')}\n`;
	const before = {
		'package.json': write({ name: 'n8n-nodes-x', version: '0.1.0', engines: { node: '>=0.1.0' } }),
		'package-lock.json': write(lock),
		'CHANGELOG.md': FIRST,
		'README.md': 'npm install /a/n8n-nodes-x-0.1.0.tgz; npm install /b/n8n-nodes-x-0.1.0.tgz; y 0.1.0',
	};
	expect(released(before, '0.2.0', '2026-02-28')).toEqual({
		'package.json': write({ name: 'n8n-nodes-x', version: '0.2.0', engines: { node: '>=0.1.0' } }),
		'package-lock.json': write({
			name: 'n8n-nodes-x',
			version: '0.2.0',
			packages: { '': { name: 'n8n-nodes-x', version: '0.2.0' }, 'node_modules/y': { version: '0.1.0' } },
		}),
		'CHANGELOG.md': withRelease(FIRST, '0.2.0', '2026-02-28'),
		'README.md': 'npm install /a/n8n-nodes-x-0.2.0.tgz; npm install /b/n8n-nodes-x-0.2.0.tgz; y 0.1.0',
	});
});

describe("this package's own files", () => {
	const own = Object.fromEntries(
		FILES.map((file) => [file, readFileSync(join(__dirname, '../..', file), 'utf8')]),
	) as Texts;
	const { name, version } = JSON.parse(own['package.json']) as { name: string; version: string };
	const after = released({ ...own, 'CHANGELOG.md': FIRST }, '99.0.0', '2026-02-28');

	/** The lines that a release writes anew, trimmed. */
	const changed = (file: keyof Texts): string[] => {
		const lines = own[file].split('\n');
		return after[file]
			.split('\n')
			.filter((line, index) => line !== lines[index])
			.map((line) => line.trim());
	};

	test('package.json and its lock file keep their layout', () => {
		expect(changed('package.json')).toEqual(['"version": "99.0.0",']);
		expect(changed('package-lock.json')).toEqual(['"version": "99.0.0",', '"version": "99.0.0",']);
	});

	test('the README names the tarball of this version, and no other', () => {
		const tarballs = own['README.md'].match(/n8n-nodes-progeny-\d[^\s/]*\.tgz/g) ?? [];
		expect([...new Set(tarballs)]).toEqual([`${name}-${version}.tgz`]);
		expect(changed('README.md').length).toBeGreaterThan(0);
	});

	test('CHANGELOG.md has an Unreleased section that a release can date', () => {
		const changelog = own['CHANGELOG.md'].replace('## [Unreleased]\n', '## [Unreleased]\n\n- Something.\n');
		expect(unreleasedNotes(changelog)).toContain('- Something.');
		expect(releaseDate(withRelease(changelog, '99.0.0', '2026-02-28'), '99.0.0')).toBe('2026-02-28');
	});
});
