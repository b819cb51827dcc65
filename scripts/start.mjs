// `npm start`: the main example on real photos in a real n8n. `npm start -- --help` lists its options.
import { join } from 'node:path';
import { checkNode, ensureInstalled, launch, SetupError } from './setup.mjs';
import { ROOT, runTypeScript } from './typescript.mjs';

const HELP = `npm start            n8n with the example workflows and a Progeny sandbox, open until Ctrl-C
npm start -- --once  runs the main example once and stops; exit code 0 if its decisions are the expected ones
npm start -- --fresh forgets what earlier starts left in demo/.cache first, your edits to the examples too`;

const OPTIONS = ['--once', '--fresh'];

await launch(async () => {
	const args = process.argv.slice(2);
	if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
	const unknown = args.filter((arg) => !OPTIONS.includes(arg));
	if (unknown.length > 0) throw new SetupError(`Unknown option ${unknown.join(' ')}.\n${HELP}`);
	checkNode();
	console.log('Authenticate Face in a real n8n, against a Progeny sandbox on this machine.');
	console.log(
		'The first start takes about four minutes and 3.5 GB of disk; later ones take about 20 seconds.\n',
	);
	await ensureInstalled(ROOT, { label: "the package's development tools" });
	await ensureInstalled(join(ROOT, 'demo'), { label: 'n8n', usually: 'two minutes', gigabytes: 4 });
	const { start } = await runTypeScript('demo/start.ts');
	return start({ once: args.includes('--once'), fresh: args.includes('--fresh') });
});
