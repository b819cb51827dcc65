import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Texts } from './files';
import { Refusal } from './refusal';

const git = (root: string, ...args: string[]) =>
	execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** @throws Refusal unless the folder stands on the branch main, with nothing changed and nothing new in it */
export function assertReady(root: string): void {
	const branch = git(root, 'branch', '--show-current');
	if (branch !== 'main')
		throw new Refusal(`Releases are made on main; this is ${branch || 'a detached commit'}.`);
	const changes = git(root, 'status', '--porcelain');
	if (changes !== '') throw new Refusal(`Commit or put aside what is not committed first:\n${changes}`);
}

/** @throws Refusal where the tag is there already */
export function assertNew(root: string, tag: string): void {
	if (git(root, 'tag', '--list', tag) !== '') throw new Refusal(`The tag ${tag} is there already.`);
}

/** Commits the named files and puts an annotated tag on the commit. Where that fails, the files are as they were. */
export function commitAndTag(
	root: string,
	files: readonly string[],
	tag: string,
	title: string,
	notes: string,
): void {
	try {
		git(root, 'commit', '--quiet', '--message', title, '--', ...files);
	} catch (error) {
		git(root, 'restore', '--staged', '--worktree', '--source=HEAD', '--', ...files);
		throw error;
	}
	// A changelog's headings begin with #, as comments do in git's default clean-up.
	git(root, 'tag', '--annotate', '--cleanup=whitespace', '--message', `${title}\n\n${notes}`, tag);
}

/** What would change, as `git diff` shows it. */
export function difference(before: Texts, after: Texts): string {
	const folder = mkdtempSync(join(tmpdir(), 'release-'));
	try {
		for (const [name, texts] of Object.entries({ before, after })) {
			mkdirSync(join(folder, name));
			for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, name, file), text);
		}
		const options = ['diff', '--no-index', '--no-prefix', process.stdout.isTTY ? '--color' : '--no-color'];
		return spawnSync('git', [...options, 'before', 'after'], { cwd: folder, encoding: 'utf8' }).stdout;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
