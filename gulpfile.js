const { existsSync } = require('node:fs');
const { posix } = require('node:path');
const { dest, parallel, src } = require('gulp');
const { n8n } = require('./package.json');

/** Copies what `tsc` leaves behind (icons, codex files, output schemas) beside the compiled code, where n8n looks for it. */
function assets() {
	return src(['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/**
 * n8n's editor looks up the output schema of a node that has operations under `v1.0.0/<operation>.json`: a node's general schema
 * serves each of its operations that has none of its own.
 */
const schemas = n8n.nodes.flatMap((file) => {
	const folder = posix.join('nodes', posix.basename(posix.dirname(file)), '__schema__');
	return operationsOf(file)
		.map((operation) => `v1.0.0/${operation}.json`)
		.filter((schema) => !existsSync(`${folder}/${schema}`))
		.map((schema) => copySchema(folder, schema));
});

function copySchema(folder, schema) {
	const copy = () =>
		src(`${folder}/v1.0.0.json`, { base: '.' })
			.on('data', (file) => (file.path = file.path.replace('v1.0.0.json', schema)))
			.pipe(dest('dist'));
	return Object.assign(copy, { displayName: `${folder}/${schema}` });
}

/** The operations of a compiled node. */
function operationsOf(file) {
	const [Node] = Object.values(require(`./${file}`));
	const { properties } = new Node().description;
	return properties.find(({ name }) => name === 'operation').options.map(({ value }) => value);
}

/** Writes the public types as one `dist/index.d.ts`, with their docstrings; those of inner files would only weigh. */
async function types() {
	const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
	const bundle = await rollup({
		input: 'index.ts',
		external: ['n8n-workflow', 'node:crypto'],
		plugins: [dts({ compilerOptions: { removeComments: false } })],
	});
	await bundle.write({ file: 'dist/index.d.ts' });
	await bundle.close();
}

exports.assets = parallel(assets, types, ...schemas);
exports.default = exports.assets;
