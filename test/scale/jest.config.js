const { transform } = require('../../jest.config.js');

/** Large batches, in processes of their own, on the built package: `npm run test:scale`. */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/scale'],
	testMatch: ['**/*.test.ts'],
	testEnvironment: 'node',
	transform,
};
