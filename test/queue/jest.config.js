const { transform } = require('../../jest.config.js');

/** n8n's queue mode, all its processes on this machine; `npm run test:queue` prepares what it needs. */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/queue'],
	testMatch: ['**/*.test.ts'],
	testEnvironment: 'node',
	testTimeout: 120_000,
	globalSetup: '<rootDir>/test/queue/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/queue/support/globalTeardown.ts',
	transform,
};
