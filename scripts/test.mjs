/** `npm test`: sets up what it needs, then builds, checks types and style, and runs the fast tests. Arguments go to jest. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureInstalled, launch } from './setup.mjs';
import { ROOT } from './typescript.mjs';

const jestArguments = process.argv.slice(2);

const STEPS = [
	['Build', 'rimraf dist && tsc && gulp --silent assets'],
	['Types', 'tsc --noEmit -p tsconfig.dev.json'],
	['Lint', 'npm run --silent lint'],
	['Format', 'prettier --check --log-level warn .'],
	['Tests', `jest ${jestArguments.map((argument) => JSON.stringify(argument)).join(' ')}`],
];

/** Runs a command line with the project's own tools on the path; gives its exit code. */
function run(commands) {
	const bin = join(ROOT, 'node_modules', '.bin');
	const path = [bin, process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
	return (
		spawnSync(commands, { cwd: ROOT, shell: true, stdio: 'inherit', env: { ...process.env, PATH: path } })
			.status ?? 1
	);
}

await launch(async () => {
	checkNode();
	await ensureInstalled(ROOT, {
		label: "the package's development tools",
		usually: 'one to two minutes',
		gigabytes: 2,
	});
	for (const [name, commands] of STEPS) {
		const start = Date.now();
		console.log(`\n${name} ...`);
		const status = run(commands);
		if (status !== 0) {
			console.error(`\n${name} failed.`);
			return status;
		}
		if (name !== 'Tests') console.log(`${name}: fine, ${((Date.now() - start) / 1000).toFixed(1)} s`);
	}
	return 0;
});
