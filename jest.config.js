/** The fast suites. Large batches, and a real server and browser, have configurations of their own: test/scale, test/e2e. */
module.exports = {
	testEnvironment: 'node',
	testEnvironmentOptions: { globalsCleanup: 'off' },
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/',
		'<rootDir>/test/scale/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/recording/',
	],
	maxWorkers: '100%',
	// No bound on how long anything takes: a busy machine may need many times as long as an idle one.
	testTimeout: 300_000,
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
};
