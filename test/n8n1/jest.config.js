const { join } = require('node:path');
const base = require('../../jest.config.js');

/** This folder's packages in place of the root's: the shipped code, the tests and the engine must share one n8n-workflow. */
const modules = join(__dirname, 'node_modules');

/** The engine tests, and the unit tests of what shipped code takes from n8n-workflow, on the engine of the last n8n 1.x. */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: [
		'<rootDir>/test/engine/**/*.test.ts',
		'<rootDir>/test/unit/@(credential|imports|login|n8nErrors|pause|transport).test.ts',
	],
	moduleNameMapper: { '^(n8n-core|n8n-workflow|reflect-metadata)(/.*)?$': `${modules}/$1$2` },
	setupFilesAfterEnv: ['<rootDir>/test/n8n1/endTimers.js'],
};
