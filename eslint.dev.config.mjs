// Lint for what never ships: tests, the sandbox, scripts. Shipped code has eslint.config.mjs, n8n's own and unmodified, and here the
// check that no regular expression takes more than linear time.
import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const nodeGlobals = Object.fromEntries(
	[
		'process',
		'console',
		'Buffer',
		'URL',
		'URLSearchParams',
		'fetch',
		'FormData',
		'Blob',
		'AbortController',
		'AbortSignal',
		'performance',
		'setTimeout',
		'clearTimeout',
		'setInterval',
		'clearInterval',
		'setImmediate',
		'structuredClone',
		'require',
		'module',
		'__dirname',
		'__filename',
		'exports',
		'TextDecoder',
		'TextEncoder',
	].map((name) => [name, 'readonly']),
);

const browserGlobals = ['document', 'fetch', 'innerWidth', 'navigator', 'setInterval', 'setTimeout'];
const browserScripts = ['sandbox/admin/page.js'];

export default tseslint.config(
	{ ignores: ['dist', 'coverage', '**/node_modules', '**/.cache'] },
	js.configs.recommended,
	tseslint.configs.recommended,
	{ ignores: browserScripts, languageOptions: { globals: nodeGlobals } },
	{
		files: browserScripts,
		languageOptions: { globals: Object.fromEntries(browserGlobals.map((name) => [name, 'readonly'])) },
	},
	{
		rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
	},
	{ files: ['**/*.js', '**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'index.ts'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
		},
	},
	{
		files: ['test/**/*.ts'],
		...jest.configs['flat/recommended'],
		rules: {
			...jest.configs['flat/recommended'].rules,
			'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert', 'assert*'] }],
		},
	},
);
