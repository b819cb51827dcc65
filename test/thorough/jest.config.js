const base = require('../../jest.config.js');

process.env.THOROUGH = 'true';

/** All that `npm test` tries a share of, and what takes long: `npm run test:thorough`. On the built package. */
module.exports = {
	...base,
	rootDir: '../..',
	testPathIgnorePatterns: base.testPathIgnorePatterns.filter((path) => !path.includes('thorough')),
};
