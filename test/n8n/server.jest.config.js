// Which n8n demo/ sets up and starts.
process.env.N8N_MAJOR = '1';

const base = require('../e2e/jest.config.js');

/** The end-to-end suites that need no browser, on a real n8n 1.x; `npm run test:n8n1:server` prepares what they need. */
module.exports = {
	...base,
	testMatch: [
		'<rootDir>/test/e2e/@(credential|installed|stored).test.ts',
		// The other examples use what n8n 2 has, such as data tables.
		'<rootDir>/test/e2e/examples/authenticateFace.test.ts',
	],
};
