import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as n8nWorkflow from 'n8n-workflow';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/**
 * Everything that shipped code may take from n8n-workflow at run time. Each of these exists in 1.120 (n8n 1.123, the last
 * 1.x) and in 2.41. Before a name is added, look it up in both: `sleepWithAbort`, say, is in 1.120 and gone in 2.41.
 */
const ALLOWED_VALUES = ['NodeApiError', 'NodeConnectionTypes', 'NodeOperationError', 'UserError', 'sleep'];

const sourcesIn = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
		.map((name) => join(folder, name).split(sep).join('/'));

const SHIPPED = ['index.ts', ...sourcesIn('nodes'), ...sourcesIn('credentials')].sort();

const parse = (name: string, text = readFileSync(join(ROOT, name), 'utf8')) =>
	ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);

/** One module that a file names, and what it takes from there at run time; `*` stands for all of it. */
interface Import {
	module: string;
	values: string[];
}

/** The imports and re-exports of a file, its `import()`, `require()` and `import x = require()`. */
function importsOf(source: ts.SourceFile): Import[] {
	const found: Import[] = [];
	const textOf = (node: ts.Node | undefined) =>
		node !== undefined && ts.isStringLiteralLike(node) ? node.text : '?';

	const named = (bindings: ts.NamedImports | ts.NamedExports) =>
		[...bindings.elements]
			.filter((element) => !element.isTypeOnly)
			.map((element) => (element.propertyName ?? element.name).text);

	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			const clause = node.importClause;
			const values: string[] = [];
			if (clause === undefined) values.push('*');
			else if (!clause.isTypeOnly) {
				if (clause.name !== undefined) values.push('default');
				if (clause.namedBindings !== undefined)
					values.push(...(ts.isNamedImports(clause.namedBindings) ? named(clause.namedBindings) : ['*']));
			}
			found.push({ module: textOf(node.moduleSpecifier), values });
		} else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
			const { exportClause } = node;
			const all = exportClause !== undefined && ts.isNamedExports(exportClause) ? named(exportClause) : ['*'];
			found.push({ module: textOf(node.moduleSpecifier), values: node.isTypeOnly ? [] : all });
		} else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
			found.push({ module: textOf(node.moduleReference.expression), values: node.isTypeOnly ? [] : ['*'] });
		} else if (ts.isCallExpression(node)) {
			const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
			if (isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword)
				found.push({ module: textOf(node.arguments[0]), values: ['*'] });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The names in a file that make HTTP requests: n8n's helpers, however they are reached, and the globals. */
function requestsIn(source: ts.SourceFile): string[] {
	const HELPERS = /^(httpRequest\w*|request(WithAuthentication\w*|OAuth[12])?)$/;
	const GLOBALS = /^(fetch|XMLHttpRequest|WebSocket|EventSource)$/;
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAccessExpression(node) && HELPERS.test(node.name.text)) found.push(node.name.text);
		if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
			if (HELPERS.test(node.argumentExpression.text)) found.push(node.argumentExpression.text);
		}
		if (ts.isBindingElement(node)) {
			const name = node.propertyName ?? node.name;
			if (ts.isIdentifier(name) && HELPERS.test(name.text)) found.push(name.text);
		}
		if (ts.isIdentifier(node) && GLOBALS.test(node.text)) found.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return [...new Set(found)].sort();
}

describe('the reader of imports', () => {
	test.each<[string, Import[]]>([
		["import { a, type B, c as d } from 'm';", [{ module: 'm', values: ['a', 'c'] }]],
		["import type { A } from 'm';", [{ module: 'm', values: [] }]],
		["import x, { y } from 'm';", [{ module: 'm', values: ['default', 'y'] }]],
		["import * as all from 'm';", [{ module: 'm', values: ['*'] }]],
		["import 'm';", [{ module: 'm', values: ['*'] }]],
		["export { a, type B } from 'm';", [{ module: 'm', values: ['a'] }]],
		["export type { A } from 'm';", [{ module: 'm', values: [] }]],
		["export * from 'm';", [{ module: 'm', values: ['*'] }]],
		["const m = require('m');", [{ module: 'm', values: ['*'] }]],
		["async () => await import('m');", [{ module: 'm', values: ['*'] }]],
		["import m = require('m');", [{ module: 'm', values: ['*'] }]],
		['const m = require(name);', [{ module: '?', values: ['*'] }]],
	])('%s', (text, expected) => {
		expect(importsOf(parse('sample.ts', text))).toEqual(expected);
	});

	test.each<[string, string[]]>([
		['this.helpers.httpRequest({})', ['httpRequest']],
		['context.helpers.httpRequestWithAuthentication.call(context)', ['httpRequestWithAuthentication']],
		["helpers['requestWithAuthentication']()", ['requestWithAuthentication']],
		['const { httpRequest } = this.helpers;', ['httpRequest']],
		['const { request: ask } = this.helpers;', ['request']],
		["fetch('https://x')", ['fetch']],
		['const test = { request: { url: 1 } }; type T = IHttpRequestHelper;', []],
	])('%s', (text, expected) => {
		expect(requestsIn(parse('sample.ts', text))).toEqual(expected);
	});
});

/** Who makes requests. The `request` of the connections is that of the HTTP client's error: its socket is looked at. */
const REQUESTS: Record<string, string[]> = {
	'nodes/shared/progeny/requests.ts': ['httpRequest', 'httpRequestWithAuthentication'],
	'nodes/shared/progeny/connection.ts': ['request'],
};

test('the shipped files are found', () => {
	expect(SHIPPED).toEqual(expect.arrayContaining(['index.ts', 'nodes/shared/progeny/requests.ts']));
	expect(SHIPPED).toContain('credentials/ProgenyApi.credentials.ts');
	expect(SHIPPED.length).toBeGreaterThan(20);
});

describe.each(SHIPPED)('%s', (name) => {
	const source = parse(name);

	test('takes from n8n-workflow only values that old and new n8n have', () => {
		const taken = importsOf(source).filter(({ module }) => module === 'n8n-workflow');
		const odd = taken.flatMap(({ values }) => values).filter((value) => !ALLOWED_VALUES.includes(value));
		expect(odd).toEqual([]);
	});

	test('makes no HTTP request, unless it is its one file', () => {
		expect(requestsIn(source)).toEqual(REQUESTS[name] ?? []);
	});
});

test('the list of values is exactly what is used, and each exists', () => {
	const used = SHIPPED.flatMap((name) => importsOf(parse(name)))
		.filter(({ module }) => module === 'n8n-workflow')
		.flatMap(({ values }) => values);
	expect([...new Set(used)].sort()).toEqual(ALLOWED_VALUES);
	for (const name of ALLOWED_VALUES) expect(n8nWorkflow).toHaveProperty(name);
});
