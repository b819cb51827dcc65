const { cp, readdir } = require('node:fs/promises');
const { posix } = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { main, n8n } = require('./package.json');

/** The folder that `tsc` compiles into (tsconfig.json). */
const COMPILED = '.cache/compiled';
const EXTERNAL = ['n8n-workflow', 'node:crypto'];

/**
 * Bundles the compiled modules into `dist`: one file per node, one for the credential, one for the index, and `nodes/shared.js`, which
 * they all require. Names and layout stay as written, for stack traces and n8n's reviewers.
 */
async function code() {
	const { rollup } = await import('rollup');
	const files = [main, ...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\/|\.js$/g, ''));
	const bundle = await rollup({
		input: Object.fromEntries(files.map((file) => [file, `${COMPILED}/${file}.js`])),
		external: EXTERNAL,
	});
	await bundle.write({
		dir: 'dist',
		format: 'cjs',
		generatedCode: 'es2015',
		manualChunks: (id) => (/[\\/]nodes[\\/]shared[\\/]/.test(id) ? 'nodes/shared' : undefined),
		chunkFileNames: '[name].js',
		hoistTransitiveImports: false,
	});
	await bundle.close();
}

/** Writes the public types as one `dist/index.d.ts`. */
async function types() {
	const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
	const bundle = await rollup({ input: `${COMPILED}/index.d.ts`, external: EXTERNAL, plugins: [dts()] });
	await bundle.write({ file: 'dist/index.d.ts' });
	await bundle.close();
}

/** Copies icons, codex files and output schemas beside the code: n8n looks for them there. */
function assets() {
	return src(['nodes/*/*.{svg,node.json}', 'nodes/*/__schema__/v*/*.json', 'credentials/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/**
 * Completes the output schemas, which n8n's editor looks up by operation. A node's own operation has a schema, which serves Get Task
 * Result as well; Submit has the shared one unless the node has its own.
 */
async function schemas() {
	for (const file of n8n.nodes) {
		const folder = `${posix.dirname(file)}/__schema__/v1.0.0`;
		const own = (await readdir(folder)).find((name) => name !== 'submit.json');
		for (const copy of [`${folder}.json`, `${folder}/getResult.json`]) await cp(`${folder}/${own}`, copy);
		await cp('nodes/shared/__schema__/submit.json', `${folder}/submit.json`, { force: false });
	}
}

exports.default = series(parallel(code, types, assets), schemas);
