const { dest, parallel, src } = require('gulp');

/** Copies what `tsc` leaves behind (icons, codex files, output schemas) beside the compiled code, where n8n looks for it. */
function assets() {
	return src(['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

/**
 * n8n's editor looks up the output schema of a node that has operations under `v1.0.0/<operation>.json`: the general schema
 * serves each operation that gives a verdict.
 */
const schemaFor = (operation) =>
	Object.assign(
		() =>
			src('nodes/*/__schema__/v1.0.0.json', { base: '.' })
				.on('data', (file) => {
					file.path = file.path.replace('v1.0.0.json', `v1.0.0/${operation}.json`);
				})
				.pipe(dest('dist')),
		{ displayName: `schema for ${operation}` },
	);

exports.assets = parallel(assets, schemaFor('authenticate'), schemaFor('getResult'));
exports.default = exports.assets;
