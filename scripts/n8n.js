/**
 * `npm run test:n8n -- VERSION`: runs the engine tests on another version of n8n-core than package-lock.json's. VERSION is exact
 * (2.8.1), or a tag of npm's (latest). The engine is installed into .cache, with the n8n-workflow that it names, once for each
 * exact version. Further arguments go to jest.
 */
const { spawnSync } = require('node:child_process');
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { NpmFailure, SetupError, install, launch, runNpm, setUp } = require('./setup.js');

const ROOT = join(__dirname, '..');
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Returns the exact version that a tag of n8n-core stands for. */
async function exactVersion(version) {
	if (EXACT.test(version)) return version;
	const printed = await runNpm(['view', `n8n-core@${version}`, 'version'], ROOT).catch((error) => {
		throw error instanceof NpmFailure
			? new SetupError(`npm does not know n8n-core@${version}:\n${error.output}`)
			: error;
	});
	if (!EXACT.test(printed.trim())) throw new SetupError(`npm knows no single n8n-core@${version}.`);
	return printed.trim();
}

/** Installs n8n-core into a folder of its own, if missing, and returns the path of its node_modules. */
async function installEngine(version) {
	const folder = join(ROOT, '.cache', 'n8n-core', version);
	mkdirSync(folder, { recursive: true });
	const manifest = { private: true, dependencies: { 'n8n-core': version } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	await install(folder, { label: `n8n-core ${version}`, usually: ['5 seconds', 'half a minute'] });
	return join(folder, 'node_modules');
}

launch(async () => {
	const [version, ...jestArguments] = process.argv.slice(2);
	if (version === undefined) throw new SetupError('Name a version of n8n-core: npm run test:n8n -- 2.8.1');
	await setUp();
	const modules = await installEngine(await exactVersion(version));
	const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
	console.log(`n8n-core ${versionOf('n8n-core')} with n8n-workflow ${versionOf('n8n-workflow')}`);
	const jest = [require.resolve('jest/bin/jest'), '--config', 'test/n8n/jest.config.js', ...jestArguments];
	const env = { ...process.env, N8N_ENGINE: modules };
	return spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;
});
