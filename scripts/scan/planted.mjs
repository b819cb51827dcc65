/**
 * A package with known faults, scanned first: the scanner's rules are silent if its parser and its plugins do not fit together.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup.js';
import { scanPackage } from './halves.mjs';

const NAME = 'n8n-nodes-planted';

const MANIFEST = JSON.stringify({ name: NAME, version: '1.0.0', dependencies: { axios: '1.0.0' } });

const NODE = `/* eslint-disable */
import { NodeConnectionTypes } from 'n8n-workflow';
export class Planted {
	description = {
		displayName: 'Planted',
		name: 'planted',
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Secret', name: 'secret', type: 'string', default: process.env.SECRET, description: 'the secret' }],
	};
}
`;

const COMPILED = `/* eslint-disable */
exports.secret = process.env.SECRET;
`;

const FILES = {
	'source/package.json': MANIFEST,
	'source/nodes/Planted/Planted.node.ts': NODE,
	'packed/package.json': MANIFEST,
	'packed/dist/nodes/Planted/Planted.node.js': COMPILED,
};

/** The rules that must object, by half of the scanner: one per plugin of n8n's and kind of file. */
const SEEN = {
	Source: [
		'@n8n/community-nodes/no-restricted-globals',
		'@n8n/community-nodes/no-runtime-dependencies',
		'n8n-nodes-base/community-package-json-license-missing',
		'n8n-nodes-base/node-param-description-lowercase-first-char',
	],
	'Packed tarball': [
		'@n8n/community-nodes/no-restricted-globals',
		'@n8n/community-nodes/no-runtime-dependencies',
		'n8n-nodes-base/community-package-json-license-missing',
	],
};

/**
 * Writes a faulty package to `folder` and scans it.
 * @throws {SetupError} if a rule that must object does not
 */
export async function proveThatItSees(folder) {
	for (const [file, text] of Object.entries(FILES)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	const halves = await scanPackage({
		name: NAME,
		source: join(folder, 'source'),
		packed: join(folder, 'packed'),
	});
	const missed = halves.flatMap(({ half, findings }) =>
		SEEN[half].filter((rule) => !findings.includes(rule)).map((rule) => `${half}: ${rule}`),
	);
	if (missed.length > 0)
		throw new SetupError(`n8n's scanner does not find planted faults:\n${missed.join('\n')}`);
}
