const base = require('../../jest.config.js');

process.env.THOROUGH = 'true';

/** The fast suites with all that they try a share of, and what takes long by itself: `npm run test:thorough`. */
module.exports = {
	...base,
	rootDir: '../..',
	testPathIgnorePatterns: base.testPathIgnorePatterns.filter((path) => !path.includes('thorough')),
};
