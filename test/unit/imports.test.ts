import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as n8nWorkflow from 'n8n-workflow';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

/**
 * All that shipped code may import from n8n-workflow at run time. Each of these exists in 1.120 (n8n 1.123, the last
 * 1.x) and in 2.41. Before a name is added, look it up in both: `sleepWithAbort`, say, is in 1.120 and gone in 2.41.
 */
const ALLOWED_VALUES = ['NodeApiError', 'NodeConnectionTypes', 'NodeOperationError', 'UserError', 'sleep'];

const sourcesIn = (folder: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
		.map((name) => join(folder, name).split(sep).join('/'));

const SHIPPED = ['index.ts', ...sourcesIn('nodes'), ...sourcesIn('credentials')].sort();
const textOf = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** Returns the values that a text imports from n8n-workflow; `*` for anything but an import of names, which may import all. */
function valuesIn(text: string): string[] {
	const names = [...text.matchAll(/^(?:import|export) (type )?\{([^}]*)\} from 'n8n-workflow';$/gm)];
	const mentions = [...text.matchAll(/['"`]n8n-workflow['"`]/g)];
	const values = names
		.filter(([, isType]) => isType === undefined)
		.flatMap(([, , list]) => list.split(',').map((name) => name.trim().replace(/ as .*/, '')));
	const taken = values.filter((name) => name !== '' && !name.startsWith('type '));
	return mentions.length === names.length ? taken : [...taken, '*'];
}

/** Returns the names in a text that make HTTP requests: n8n's helpers, however they are reached, and the globals. */
function requestsIn(text: string): string[] {
	const HELPERS = /^(httpRequest\w*|request(WithAuthentication\w*|OAuth[12])?)$/;
	const GLOBALS = /^(fetch|XMLHttpRequest|WebSocket|EventSource)$/;
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const isAccess = ts.isPropertyAccessExpression(node);
		const isElement = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
		if (isAccess) found.push(...[node.name.text].filter((name) => HELPERS.test(name)));
		if (isElement) found.push(...[node.argumentExpression.text].filter((name) => HELPERS.test(name)));
		if (ts.isBindingElement(node)) {
			const name = node.propertyName ?? node.name;
			if (ts.isIdentifier(name) && HELPERS.test(name.text)) found.push(name.text);
		}
		if (ts.isIdentifier(node) && GLOBALS.test(node.text)) found.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2022, true));
	return [...new Set(found)].sort();
}

test.each<[string, string[]]>([
	["import { a, type B, c as d } from 'n8n-workflow';", ['a', 'c']],
	["import type { A } from 'n8n-workflow';", []],
	["import * as all from 'n8n-workflow';", ['*']],
	["export { a } from 'n8n-workflow';", ['a']],
	["const m = require('n8n-workflow');", ['*']],
	["async () => await import('n8n-workflow');", ['*']],
])('%s imports %j', (text, expected) => {
	expect(valuesIn(text)).toEqual(expected);
});

test.each<[string, string[]]>([
	['context.helpers.httpRequestWithAuthentication.call(context)', ['httpRequestWithAuthentication']],
	["helpers['requestWithAuthentication']()", ['requestWithAuthentication']],
	['const { request: ask } = this.helpers;', ['request']],
	["fetch('https://x')", ['fetch']],
	['const test = { request: { url: 1 } }; type T = IHttpRequestHelper;', []],
])('%s requests by %j', (text, expected) => {
	expect(requestsIn(text)).toEqual(expected);
});

/** Files that make requests. The `request` of the connections is that of the HTTP client's error: its socket is looked at. */
const REQUESTS: Record<string, string[]> = {
	'nodes/shared/progeny/requests.ts': ['httpRequest', 'httpRequestWithAuthentication'],
	'nodes/shared/progeny/connection.ts': ['request'],
};

test('only one file makes HTTP requests', () => {
	const requests = SHIPPED.map((name) => [name, requestsIn(textOf(name))] as const);
	expect(Object.fromEntries(requests.filter(([, found]) => found.length > 0))).toEqual(REQUESTS);
});

test('shipped code imports from n8n-workflow only values that old and new n8n have', () => {
	expect(SHIPPED).toEqual(expect.arrayContaining(['index.ts', 'credentials/ProgenyApi.credentials.ts']));
	const used = new Set(SHIPPED.flatMap((name) => valuesIn(textOf(name))));
	expect([...used].sort()).toEqual(ALLOWED_VALUES);
	for (const name of ALLOWED_VALUES) expect(n8nWorkflow).toHaveProperty(name);
});
