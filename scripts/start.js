// `npm start`: two examples on real photos in a real n8n. `npm start -- --help` lists its options.
const { installAll, launch, SetupError } = require('./setup');

const HELP = `npm start            n8n with the example workflows and a Progeny sandbox, open until Ctrl-C
npm start -- --once  runs two examples once and stops; exit code 0 if their decisions are the expected ones
npm start -- --fresh first deletes the data of earlier starts in demo/.cache, including your edits to the examples`;

launch(async () => {
	const args = process.argv.slice(2);
	if (args.includes('--help') || args.includes('-h')) return console.log(HELP);
	const unknown = args.filter((arg) => !['--once', '--fresh'].includes(arg));
	if (unknown.length > 0) throw new SetupError(`Unknown option ${unknown.join(' ')}.\n${HELP}`);
	console.log(
		'Authenticate Face and Verify Identity in a real n8n, against a Progeny sandbox on this machine.',
	);
	console.log(
		'The first start takes about a minute, most of it downloads, and 3.5 GB of disk; later ones about 20 seconds.\n',
	);
	const [rootInstalled, n8nInstalled] = installAll('.', 'demo');
	await rootInstalled;
	require('tsx/cjs');
	const { start } = require('../demo/start.ts');
	return start({ once: args.includes('--once'), fresh: args.includes('--fresh'), n8nInstalled });
});
