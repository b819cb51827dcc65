// `npm run test:n8n1`: the engine tests on n8n-core 1.x. `npm run test:n8n1:server`: the end-to-end tests that need no browser, in a
// real n8n 1.x. What follows `--` goes to jest.
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { checkNode, ensureInstalled, launch, SetupError } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

const SUITES = { engine: runEngine, server: runServer };

await launch(async () => {
	const [suite, ...jestArguments] = process.argv.slice(2);
	if (!SUITES[suite]) throw new SetupError(`Name a suite: ${Object.keys(SUITES).join(' or ')}.`);
	checkNode();
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	return SUITES[suite](jestArguments);
});

async function runEngine(jestArguments) {
	const folder = join(ROOT, 'test', 'n8n1');
	await ensureInstalled(folder, { label: 'the engine of n8n 1.x', usually: 'half a minute' });
	return runJest('test/n8n1/jest.config.js', jestArguments);
}

async function runServer(jestArguments) {
	const folder = join(ROOT, 'demo', 'n8n1');
	await ensureInstalled(folder, { label: 'n8n 1.x', usually: 'two minutes', gigabytes: 3 });
	process.env.N8N_MAJOR = '1';
	console.log('Building, packing and installing this package into a fresh n8n 1.x');
	const { prepare } = await runTypeScript('demo/prepare.ts');
	await prepare();
	return runJest('test/n8n1/server.jest.config.js', ['--runInBand', ...jestArguments]);
}
