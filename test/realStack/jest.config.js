const { testEnvironment, transform, transformIgnorePatterns } = require('../../jest.config.js');

/** The nodes and the sandbox beside the stack that Progeny's answers point to, from Debian's packages; in real time. */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/realStack'],
	testMatch: ['**/*.test.ts'],
	testEnvironment,
	maxWorkers: 1,
	testTimeout: 300_000,
	globalSetup: '<rootDir>/test/realStack/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/realStack/support/globalTeardown.ts',
	transform,
	transformIgnorePatterns,
};
