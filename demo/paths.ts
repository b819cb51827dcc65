import { join } from 'node:path';

/** The package's root folder. */
export const ROOT = join(__dirname, '..');

/** The major version of the n8n that this process sets up and starts: 2, or 1 if the environment has `N8N_MAJOR=1`. */
export const N8N_MAJOR = process.env.N8N_MAJOR === '1' ? 1 : 2;

/** The folder that n8n itself is installed in, with its own package.json and lock file. */
export const N8N_FOLDER = N8N_MAJOR === 1 ? join(__dirname, 'n8n1') : __dirname;

/** Everything that a demo or a test run writes; git ignores it, and deleting it is always safe. */
export const CACHE = join(__dirname, '.cache');

/** The example workflows that users import. */
export const EXAMPLES = join(ROOT, 'examples');

/** The photos that come with the repository; photos/SOURCES.md says who is on them. */
export const PHOTOS = join(ROOT, 'photos');

/** n8n's launcher. */
export const N8N_BIN = join(N8N_FOLDER, 'node_modules', 'n8n', 'bin', 'n8n');

/** The output of the end-to-end tests. */
export const TEST_CACHE = join(CACHE, N8N_MAJOR === 1 ? 'e2e-n8n1' : 'e2e');
