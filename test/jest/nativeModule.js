/** Lets Node load a package's modules itself, once for all test files of a worker, instead of jest anew for each. */
module.exports = {
	process: (_source, path) => ({ code: `module.exports = requireNative(${JSON.stringify(path)});` }),
};
