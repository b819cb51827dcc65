/** n8n's downloads of a published package, from this working tree: its repository, and its tarball. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Copies all files of the git repository at `root` that are not ignored to `folder`. Returns `folder`. */
export function copySource(root, folder) {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8',
	});
	const files = new Set(listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file))));
	for (const file of files) cpSync(join(root, file), join(folder, file));
	return folder;
}

/** Unpacks an npm tarball into `folder`. Returns `folder`. */
export function unpack(tarball, folder) {
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	return folder;
}
