import { join } from 'node:path';

/** The package's root folder. */
export const ROOT = join(__dirname, '..');

/** The folder that n8n itself is installed in, with package.json and lock file of its own. */
export const DEMO = __dirname;

/** Everything that a demo or a test run writes; git ignores it, and deleting it is always safe. */
export const CACHE = join(DEMO, '.cache');

/** The example workflows that users import. */
export const EXAMPLES = join(ROOT, 'examples');

/** The photos that come with the repository; photos/SOURCES.md says who is on them. */
export const PHOTOS = join(ROOT, 'photos');

/** n8n's launcher. */
export const N8N_BIN = join(DEMO, 'node_modules', 'n8n', 'bin', 'n8n');

/** The user folder of the end-to-end tests' n8n. */
export const TEST_USER_FOLDER = join(CACHE, 'e2e', 'n8n');
