/** The packages that take long to load, or are ES modules, which jest's own `require` does not load. */
const PACKAGES = [
	'n8n-core',
	'n8n-workflow',
	'@n8n',
	'reflect-metadata',
	'fast-check',
	'fastify',
	'@fastify',
	'nock',
	'sharp',
	'zod',
	'mrz',
	'tesseract.js',
	'@vladmandic',
	'@tensorflow',
];

/** The fast suites. Those that take long have configurations of their own: test/thorough, test/n8n, test/e2e, test/queue. */
module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.js',
	testEnvironmentOptions: { globalsCleanup: 'off' },
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/',
		'<rootDir>/test/thorough/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/realStack/',
		'<rootDir>/test/realTime/',
	],
	maxWorkers: '100%',
	// Keeps jest from running a single file in its own process, whose timers are not the test's.
	workerIdleMemoryLimit: '2GB',
	// No bound on how long anything takes: a busy machine may need many times as long as an idle one.
	testTimeout: 300_000,
	transform: {
		[`/node_modules/(${PACKAGES.join('|')})/.+\\.[cm]?js$`]: '<rootDir>/test/jest/nativeModule.js',
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${PACKAGES.join('|')})/)`],
};
