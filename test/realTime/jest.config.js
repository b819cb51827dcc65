const e2e = require('../e2e/jest.config.js');

/** What only real time can show, in a real n8n: `npm run test:realtime`, alone on the machine. */
module.exports = { ...e2e, roots: ['<rootDir>/test/realTime'] };
