import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The package's root folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a TypeScript file of the package's own in this process, so that signals and exit codes are its own too.
 * Needs the root's packages: call ensureInstalled first.
 * @param {string} file its path from the root
 * @returns {Promise<object>} what it exports
 */
export async function runTypeScript(file) {
	// Not a plain import: tsx is there only after the set-up.
	await import(pathToFileURL(join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href);
	const loaded = await import(pathToFileURL(join(ROOT, file)).href);
	return loaded.default ?? loaded;
}
