import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseDate, unreleasedNotes } from './changelog';
import { FILES, released, type Texts } from './files';
import { Refusal } from './refusal';
import { assertNew, assertReady, commitAndTag, difference } from './repository';
import { nextVersion } from './version';

/** How a release is to be made. */
export interface ReleaseOptions {
	/** Show what would change, and change nothing. */
	dryRun?: boolean | undefined;
	/** Leave `npm test` out, for a commit that has passed already. */
	skipTests?: boolean | undefined;
	/** Where the words for the user go. */
	print?: (text: string) => void;
}

/**
 * Makes the commit and the annotated tag of a release, in the git repository at `root`. Pushes nothing and publishes nothing.
 * @param step `patch`, `minor`, `major` or x.y.z
 * @throws Refusal off main, with uncommitted changes, nothing in the changelog, a version that is there already, or failing tests
 */
export function release(root: string, step: string, options: ReleaseOptions = {}): void {
	const { dryRun = false, skipTests = false, print = console.log } = options;
	const before = read(root);
	const { name, version: current } = manifestOf(before);
	const version = nextVersion(current, step);
	const tag = `v${version}`;
	assertReady(root);
	assertNew(root, tag);
	const notes = unreleasedNotes(before['CHANGELOG.md']);
	const after = released(before, version, new Date().toISOString().slice(0, 10));

	if (dryRun) {
		print(`${difference(before, after)}\nThis would become ${tag}, after npm test. Nothing was changed.`);
		return;
	}
	if (!skipTests) test(root);
	for (const file of FILES) writeFileSync(join(root, file), after[file]);
	commitAndTag(root, FILES, tag, `Release ${version}`, notes);
	print(
		[
			`${name} ${version} is committed and tagged as ${tag}; nothing has been pushed. Look at it: git show ${tag}`,
			`To publish it:     git push --atomic origin main ${tag}`,
			`To take it back:   git tag --delete ${tag} && git reset --keep HEAD~1`,
		].join('\n'),
	);
}

/**
 * Checks before publishing that the files at `root` are those of the release that the tag names.
 * @throws Refusal with what does not fit
 */
export function checkTag(root: string, tag: string): void {
	const texts = read(root);
	const { version } = manifestOf(texts);
	if (tag !== `v${version}`) throw new Refusal(`The tag is ${tag}, but package.json says ${version}.`);
	if (releaseDate(texts['CHANGELOG.md'], version) === undefined)
		throw new Refusal(`CHANGELOG.md has no dated section for ${version}. Make releases by npm run release.`);
}

const read = (root: string): Texts =>
	Object.fromEntries(FILES.map((file) => [file, readFileSync(join(root, file), 'utf8')])) as Texts;

const manifestOf = (texts: Texts) => JSON.parse(texts['package.json']) as { name: string; version: string };

function test(root: string): void {
	const { status } = spawnSync('npm', ['test', '--silent'], {
		cwd: root,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) throw new Refusal('npm test fails: nothing was released.');
}
