// `npm run test:e2e`: this package in a real n8n and a real browser. What follows `--` goes to jest.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './jest.mjs';
import { checkNode, ensureInstalled, launch, SetupError } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

const CHROMIUM = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

await launch(async () => {
	checkNode();
	const chromium = findChromium();
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	await ensureInstalled(join(ROOT, 'demo'), { label: 'n8n', usually: 'two minutes', gigabytes: 4 });
	console.log('Building, packing and installing this package into a fresh n8n');
	const { prepare } = await runTypeScript('demo/prepare.ts');
	await prepare();
	return runJest('test/e2e/jest.config.js', ['--runInBand', ...process.argv.slice(2)], {
		CHROMIUM: chromium,
	});
});

function findChromium() {
	const found = CHROMIUM.find((path) => path && existsSync(path));
	if (found) return found;
	throw new SetupError(
		'The end-to-end tests need Chromium, and it was not found. Debian: apt-get install chromium. Elsewhere: install Chromium or ' +
			'Chrome and set CHROMIUM to the path of its program.',
	);
}
