const base = require('../../jest.config.js');

process.env.THOROUGH = 'true';

/** The fast suites with all their rows and cases, and the slow ones: `npm run test:thorough`. */
module.exports = {
	...base,
	rootDir: '../..',
	testPathIgnorePatterns: base.testPathIgnorePatterns.filter((path) => !path.includes('thorough')),
};
