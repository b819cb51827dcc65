const { testEnvironment, transform, transformIgnorePatterns } = require('../../jest.config.js');

/**
 * The suites on a real n8n server and in a real browser; `npm run test:e2e` prepares what they need. Each worker has an n8n of its own:
 * while one of them waits for a task, a page or n8n's clock, the others go on.
 */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	testEnvironment,
	maxWorkers: 3,
	testTimeout: 300_000,
	setupFiles: ['<rootDir>/demo/freshConnections.ts'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	transform,
	transformIgnorePatterns,
};
