// `npm run test:queue`: this package in n8n's queue mode, with Redis and PostgreSQL. What follows `--` goes to jest.
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { checkNode, ensureInstalled, launch } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

await launch(async () => {
	checkNode();
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	await ensureInstalled(join(ROOT, 'demo'), { label: 'n8n', usually: 'two minutes', gigabytes: 4 });
	console.log('Building, packing and installing this package into the processes of a fresh n8n');
	const { prepareQueue } = await runTypeScript('test/queue/support/prepare.ts');
	await prepareQueue();
	return runJest('test/queue/jest.config.js', ['--runInBand', ...process.argv.slice(2)]);
});
