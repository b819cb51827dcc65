/** The screen recording: `npm run recording`. It needs what the end-to-end tests need, and ffmpeg. */
module.exports = {
	...require('../../test/e2e/jest.config.js'),
	roots: ['<rootDir>/scripts/recording'],
	testTimeout: 600_000,
};
