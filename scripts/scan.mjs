// `npm run scan`: n8n's own scanner of community packages on this working tree, before anything is published.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAndPack, ROOT } from './pack.ts';
import { launch } from './setup.js';

await launch(async () => {
	console.log('Building and packing this package');
	const { tarball, name, version } = await buildAndPack();

	const folder = mkdtempSync(join(tmpdir(), `${name}-scan-`));
	try {
		return await scan({ tarball, name, version }, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

async function scan({ tarball, name, version }, folder) {
	// On load the scanner creates a temporary folder, and never removes it.
	for (const variable of ['TMPDIR', 'TEMP', 'TMP']) process.env[variable] = folder;
	const { scanPackage } = await import('./scan/halves.mjs');
	const { proveThatItSees } = await import('./scan/planted.mjs');
	const { copySource, unpack } = await import('./scan/folders.mjs');

	await proveThatItSees(join(folder, 'planted'));
	const halves = await scanPackage({
		name,
		source: copySource(ROOT, join(folder, 'source')),
		packed: unpack(tarball, join(folder, 'packed')),
	});
	for (const { half, findings } of halves)
		console.log(findings === '' ? `${half}: clean` : `${half}:\n${findings}`);
	const clean = halves.every(({ findings }) => findings === '');
	console.log(`${name} ${version} ${clean ? 'passes' : 'does NOT pass'} n8n's scanner.`);
	return clean ? 0 : 1;
}
