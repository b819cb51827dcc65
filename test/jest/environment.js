const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const vm = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { TestEnvironment } = require('jest-environment-node');

/** Stands for the context of this process when jest asks for a context of its own. */
const THIS_CONTEXT = vm.createContext();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
	compileFunction(code, parameters, {
		...options,
		...(parsingContext === THIS_CONTEXT ? {} : { parsingContext }),
	});

const { console } = globalThis;

// n8n-core reads these once, when a test file is the first to load it. Without them it writes into ~/.n8n.
const folder = mkdtempSync(join(tmpdir(), 'progeny-tests-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
Object.assign(process.env, {
	N8N_USER_FOLDER: folder,
	N8N_ENCRYPTION_KEY: 'tests only',
	N8N_LOG_LEVEL: 'silent',
});

/**
 * Test files run in the process's own context instead of one context for each, so that all files of a worker share n8n-core
 * and other packages once they are loaded (see `nativeModule.js`): loading them takes longer than most files' tests. The
 * project's own modules are still loaded anew for each file.
 */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global = globalThis;
		globalThis.requireNative = require;
		this.fakeTimersModern.dispose();
		this.fakeTimersModern = new ModernFakeTimers({ config: config.projectConfig, global: globalThis });
	}

	getVmContext() {
		return THIS_CONTEXT;
	}

	async teardown() {
		await super.teardown();
		// Otherwise jest keeps sending the next file's events to the file that has ended.
		delete globalThis[Symbol.for('EVENT_HANDLERS')];
		globalThis.console = console;
	}
};
