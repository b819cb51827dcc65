/** The screen recording: `npm run recording`. It needs what the end-to-end tests need, and ffmpeg. */
module.exports = {
	...require('../e2e/jest.config.js'),
	roots: ['<rootDir>/test/recording'],
	testTimeout: 600_000,
};
