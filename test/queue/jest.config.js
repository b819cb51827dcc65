const { transform, transformIgnorePatterns } = require('../../jest.config.js');

/** n8n's queue mode, all its processes on this machine; `npm run test:queue` prepares what it needs. All files share one cluster. */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/queue'],
	testMatch: ['**/*.test.ts'],
	testEnvironment: '<rootDir>/test/queue/support/environment.ts',
	maxWorkers: 1,
	testTimeout: 300_000,
	setupFiles: ['<rootDir>/demo/freshConnections.ts'],
	globalSetup: '<rootDir>/test/queue/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/queue/support/globalTeardown.ts',
	transform,
	transformIgnorePatterns,
};
