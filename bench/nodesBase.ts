import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';

/** The version whose nodes the hand-built workflow consists of: that of the engine. */
export const NODES_BASE_VERSION = '2.41.1';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, '.cache', `n8n-nodes-base-${NODES_BASE_VERSION}`);
/** The imports of its HTTP Request, Wait, If and Loop Over Items that n8n-core lacks; all 88 dependencies would take 1.5 GB. */
const IMPORTED = [
	'@mozilla/readability',
	'basic-auth',
	'cheerio',
	'html-to-text',
	'isbot',
	'jsdom',
	'moment-timezone',
	'sanitize-html',
];

/** Fetches n8n-nodes-base from npm into `.cache`, once: the package itself, without installing its dependencies. */
export function ensureNodesBase(): void {
	if (existsSync(FOLDER)) return;
	const fresh = `${FOLDER}.${process.pid}`;
	mkdirSync(fresh, { recursive: true });
	const npm = (...args: string[]) =>
		execFileSync('npm', args, { cwd: fresh, stdio: ['ignore', 'pipe', 'ignore'] });
	npm('pack', `n8n-nodes-base@${NODES_BASE_VERSION}`, '--silent');
	execFileSync('tar', ['xzf', `n8n-nodes-base-${NODES_BASE_VERSION}.tgz`], { cwd: fresh });
	rmSync(join(fresh, `n8n-nodes-base-${NODES_BASE_VERSION}.tgz`));
	const { dependencies } = JSON.parse(readFileSync(join(fresh, 'package', 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
	npm(
		'install',
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		...IMPORTED.map((name) => `${name}@${dependencies[name]}`),
	);
	renameSync(fresh, FOLDER);
}

/** Loads n8n's own nodes of the hand-built workflow, by type. They share the engine's n8n-core and n8n-workflow. */
export function loadNodesBase(): Record<string, INodeType | IVersionedNodeType> {
	process.env.NODE_PATH = join(ROOT, 'node_modules');
	(Module as unknown as { _initPaths(): void })._initPaths();
	const load = (folder: string, name: string) => {
		const file = join(FOLDER, 'package', 'dist', 'nodes', folder, `${name}.node.js`);
		const exported = createRequire(__filename)(file) as Record<
			string,
			new () => INodeType | IVersionedNodeType
		>;
		return new exported[name]!();
	};
	return {
		'n8n-nodes-base.httpRequest': load('HttpRequest', 'HttpRequest'),
		'n8n-nodes-base.wait': load('Wait', 'Wait'),
		'n8n-nodes-base.if': load('If', 'If'),
		'n8n-nodes-base.splitInBatches': load('SplitInBatches', 'SplitInBatches'),
	};
}
