const { dest, src } = require('gulp');

/** Copies what `tsc` leaves behind (icons, codex files, output schemas) beside the compiled code, where n8n looks for it. */
function assets() {
	return src(['nodes/**/*.{svg,node.json}', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.assets = assets;
exports.default = assets;
