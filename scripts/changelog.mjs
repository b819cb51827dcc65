/**
 * The hooks of `npm run release`, run by `npm version` in the root folder. `check` refuses a release before anything is changed: off
 * main, with anything uncommitted, of a version that exists, or without notes under Unreleased in CHANGELOG.md. `date` moves those notes
 * to a section of the new version, for npm's commit.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const HEADING = '## [Unreleased]\n';
const version = process.env.npm_new_version;
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

function refusal() {
	if (git('branch', '--show-current') !== 'main') return 'Releases are made on main.';
	// npm itself overlooks new files.
	if (git('status', '--porcelain') !== '') return 'Commit or stash everything first.';
	if (git('tag', '--list', `v${version}`) !== '') return `The tag v${version} exists already.`;
	if (changelog.includes(`## [${version}]`)) return `CHANGELOG.md has a section for ${version} already.`;
	const [notes] = (changelog.split(HEADING)[1] ?? '').split(/^## /m);
	if (!/^[^#\s]/m.test(notes)) return 'CHANGELOG.md says nothing under "## [Unreleased]".';
}

if (process.argv[2] === 'date') {
	const today = new Date().toISOString().slice(0, 10);
	writeFileSync('CHANGELOG.md', changelog.replace(HEADING, `${HEADING}\n## [${version}] - ${today}\n`));
	git('add', 'CHANGELOG.md');
} else {
	const reason = refusal();
	if (reason) {
		console.error(`Nothing was released. ${reason}`);
		process.exitCode = 1;
	}
}
