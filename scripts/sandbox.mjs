// `npm run sandbox`: a stand-in for Progeny's API on this machine; `npm run sandbox -- --help` lists its options.
import { checkNode, ensureInstalled, launch } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

await launch(async () => {
	checkNode();
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	await runTypeScript('sandbox/cli.ts');
});
