import { Command } from 'commander';
import { checkTag, release } from './release';

/**
 * Reads the command line of `npm run release` and does what it says in the git repository at `root`.
 * @throws Refusal where that must not be done
 */
export function run(root: string, args: string[]): void {
	const command = new Command('npm run release --')
		.description(
			'Makes the commit and the tag of a release: version, changelog, README. Pushes and publishes nothing.',
		)
		.argument('[step]', 'patch, minor, major, or the version itself as x.y.z')
		.option('--dry-run', 'show what would change, and change nothing')
		.option('--skip-tests', 'leave npm test out, for a commit that has passed already')
		.option(
			'--check <tag>',
			'only check, as before publishing, that the files are those of the release so tagged',
		)
		.parse(args, { from: 'user' });
	const { check, ...options } = command.opts<{ check?: string; dryRun?: true; skipTests?: true }>();
	const [step] = command.args;

	if (check !== undefined) {
		checkTag(root, check);
		console.log(`These are the files of ${check}.`);
	} else if (step === undefined) {
		command.help({ error: true });
	} else {
		release(root, step, options);
	}
}
