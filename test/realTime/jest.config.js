const e2e = require('../e2e/jest.config.js');

/** The tests that need real time, in a real n8n: `npm run test:realtime`, alone on the machine. */
module.exports = { ...e2e, roots: ['<rootDir>/test/realTime'] };
