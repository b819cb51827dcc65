const base = require('../../jest.config.js');

/** The folder of n8n-core: the shipped code, the tests and the engine must share one n8n-workflow and one container. */
const modules = process.env.N8N_ENGINE;
if (!modules) throw new Error('Run this by `npm run test:n8n -- VERSION`.');

/** The engine tests, and the unit tests of the imports from n8n-workflow, on the n8n-core that N8N_ENGINE names. */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: [
		'<rootDir>/test/engine/**/*.test.ts',
		'<rootDir>/test/unit/@(credential|imports|login|n8nErrors|pause|transport).test.ts',
	],
	moduleNameMapper: { '^(n8n-core|n8n-workflow|@n8n/di|reflect-metadata)(/.*)?$': `${modules}/$1$2` },
	setupFilesAfterEnv: ['<rootDir>/test/n8n/endTimers.js'],
};
