const { existsSync } = require('node:fs');
const { cp } = require('node:fs/promises');
const { posix } = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const { main, n8n } = require('./package.json');

/** Where `tsc` puts what it compiles (tsconfig.json). */
const COMPILED = '.cache/compiled';
const EXTERNAL = ['n8n-workflow', 'node:crypto'];

/** What does without `nodes/documents.js`. */
const FACES_ONLY = /[\\/](ProgenyApi|AuthenticateFace|FaceLiveness|RegisterFace)\.(node|credentials)\.js$/;

/**
 * Writes the compiled modules to `dist`: a file for each node, for the credential and for the index, and what they require:
 * `nodes/shared.js` and `nodes/documents.js`. As single files the modules of `nodes/shared` would make the tarball a fifth larger, and with
 * the long names of local variables a tenth. The names that a stack trace shows stay, and the layout that a reviewer of n8n reads.
 */
async function code() {
	const [{ rollup }, { minify }] = await Promise.all([import('rollup'), import('terser')]);
	const shortened = {
		module: false,
		compress: { inline: false, reduce_funcs: false, sequences: false, join_vars: false },
		format: { beautify: true, indent_level: 1, ascii_only: true },
	};
	const files = [main, ...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\/|\.js$/g, ''));
	const bundle = await rollup({
		input: Object.fromEntries(files.map((file) => [file, `${COMPILED}/${file}.js`])),
		external: EXTERNAL,
		plugins: [{ name: 'shorten', renderChunk: (chunk) => minify(chunk, shortened) }],
	});
	await bundle.write({
		dir: 'dist',
		format: 'cjs',
		generatedCode: 'es2015',
		manualChunks(id, { getModuleInfo }) {
			if (!/[\\/]nodes[\\/]shared[\\/]/.test(id)) return;
			const isForDocuments = !usersOf(id, getModuleInfo).some((user) => FACES_ONLY.test(user));
			return `nodes/${isForDocuments ? 'documents' : 'shared'}`;
		},
		chunkFileNames: '[name].js',
		hoistTransitiveImports: false,
	});
	await bundle.close();
}

/** The modules that need this one, by way of others too. */
function usersOf(id, getModuleInfo) {
	const users = new Set([id]);
	for (const user of users) for (const importer of getModuleInfo(user).importers) users.add(importer);
	return [...users];
}

/** Writes the public types as one `dist/index.d.ts`. */
async function types() {
	const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
	const bundle = await rollup({ input: `${COMPILED}/index.d.ts`, external: EXTERNAL, plugins: [dts()] });
	await bundle.write({ file: 'dist/index.d.ts' });
	await bundle.close();
}

/** Copies icons, codex files and output schemas beside the code, where n8n looks for them. */
function assets() {
	return src(['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/**
 * n8n's editor looks up the output schema of a node that has operations under `v1.0.0/<operation>.json`: a node's general schema is
 * copied for each of its operations that has none of its own.
 */
async function schemas() {
	for (const file of n8n.nodes) {
		const folder = posix.join('nodes', posix.basename(posix.dirname(file)), '__schema__');
		for (const operation of operationsOf(file)) {
			const schema = `${folder}/v1.0.0/${operation}.json`;
			if (!existsSync(schema)) await cp(`${folder}/v1.0.0.json`, `dist/${schema}`);
		}
	}
}

/** The operations of a built node. */
function operationsOf(file) {
	const [Node] = Object.values(require(`./${file}`));
	const { properties } = new Node().description;
	return properties.find(({ name }) => name === 'operation').options.map(({ value }) => value);
}

exports.default = series(parallel(code, types, assets), schemas);
