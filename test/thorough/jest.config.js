const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const base = require('../../jest.config.js');

process.env.THOROUGH = 'true';

const TESTS = join(__dirname, '..');
/** The files of which `npm test` tries a share. */
const shared = readdirSync(TESTS, { recursive: true })
	.filter((file) => file.endsWith('.test.ts'))
	.filter((file) => readFileSync(join(TESTS, file), 'utf8').includes('support/thorough'))
	.map((file) => `<rootDir>/test/${file.replaceAll('\\', '/')}`);

/** All of what `npm test` tries a share of, and what takes long by itself: `npm run test:thorough`. */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/thorough/*.test.ts', ...shared],
	testPathIgnorePatterns: ['/node_modules/'],
};
