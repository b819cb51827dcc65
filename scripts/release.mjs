// `npm run release`: makes the commit and the tag of a release, and publishes nothing. `npm run release -- --help` lists its options.
import { checkNode, ensureInstalled, launch, SetupError } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

await launch(async () => {
	checkNode();
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	const { run } = await runTypeScript('scripts/release/cli.ts');
	try {
		run(ROOT, process.argv.slice(2));
	} catch (error) {
		throw error?.name === 'Refusal' ? new SetupError(error.message) : error;
	}
});
