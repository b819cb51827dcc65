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
	],
	maxWorkers: '100%',
	// No bound on how long anything takes: a busy machine may need many times as long as an idle one.
	testTimeout: 300_000,
	transformIgnorePatterns: ['/node_modules/(?!mrz/)'],
	transform: {
		// mrz is an ES module, and jest's own require runs none.
		'^.+\\.ts$|/node_modules/mrz/.+\\.js$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
};
