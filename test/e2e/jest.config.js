const { testEnvironment, transform, transformIgnorePatterns } = require('../../jest.config.js');

/**
 * The suites on a real n8n server and in a real browser; `npm run test:e2e` prepares what they need. Each worker has an n8n of its own, so
 * two of them take little more than half the time: n8n, the browser and the test wait for one another.
 */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	testEnvironment,
	maxWorkers: 2,
	testTimeout: 120_000,
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	transform,
	transformIgnorePatterns,
};
