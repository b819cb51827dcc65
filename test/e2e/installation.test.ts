import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nApi, type StoredWorkflow, type WorkflowFile } from '../../demo/api';
import { CREDENTIAL_TYPE, putProgenyCredential } from '../../demo/credential';
import { readExample } from '../../demo/examples';
import { installPackage, removePackage } from '../../demo/installPackage';
import { startN8n, type RunningN8n } from '../../demo/n8n';
import { PACKED } from '../../scripts/pack';
import { CACHE, ROOT } from '../../demo/paths';
import { bundledPhoto } from '../../demo/photos';
import { scenarioUuid, startSandbox, type Sandbox } from '../../sandbox';
import { runNpm } from '../../scripts/setup';
import { nodeClasses } from '../support/nodes';
import { kycUrl, postForm, webhookOpen } from './support/webhooks';

/** The package that `npm run test:e2e` packed. */
const { name: NAME, version: VERSION, tarball: TARBALL } = PACKED;
const NODES = nodeClasses()
	.map(({ description }) => description.name)
	.sort();

const install = (tarball: string, userFolder: string) => installPackage(tarball, NAME, userFolder);

let folder: string;
let sandbox: Sandbox;
let n8n: RunningN8n | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(CACHE, 'installation-'));
	sandbox = await startSandbox({ taskTime: 200 });
});
afterEach(async () => {
	await n8n?.stop();
	n8n = undefined;
});
afterAll(async () => {
	await sandbox.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Starts an n8n of its own, with the data of that user folder. */
async function start(userFolder: string, extra: Record<string, string> = {}): Promise<N8nApi> {
	await n8n?.stop();
	n8n = await startN8n({ userFolder, extra });
	return N8nApi.signIn(n8n.origin, n8n.account);
}

/** Publishes the example with the webhook. `prefix` makes its node's type that of this way of installing. */
async function publishWebhook(api: N8nApi, prefix: string): Promise<StoredWorkflow> {
	await putProgenyCredential(api, sandbox);
	const file: WorkflowFile = readExample('kyc-webhook');
	for (const node of file.nodes) node.type = node.type.replace(`${NAME}.`, `${prefix}.`);
	return api.activate(await api.createWorkflow(file));
}

/** Sends a photo to the webhook. */
const post = () =>
	postForm(kycUrl(n8n!.origin), { photo: bundledPhoto('cat.png'), person: scenarioUuid('pass') });

/** Sends it once n8n has opened the webhook. */
async function postOnceOpen() {
	await webhookOpen(kycUrl(n8n!.origin));
	return post();
}

const PASSED = { status: 200, body: expect.objectContaining({ authenticated: true, decision: 'pass' }) };

const typesOf = async (api: N8nApi) =>
	((await api.download('/types/nodes.json')) as Array<{ name: string; description: string }>).filter(
		({ name }) => NODES.some((node) => name.endsWith(`.${node}`)),
	);

/** Packs the package with a higher version, and another description of its node to tell the two apart. Returns its path. */
function packNext(version: string): string {
	const place = mkdtempSync(join(folder, 'next-'));
	execFileSync('tar', ['-xzf', TARBALL, '-C', place]);
	const edit = (file: string, from: string, to: string) => {
		const path = join(place, 'package', file);
		const text = readFileSync(path, 'utf8');
		expect(text).toContain(from);
		writeFileSync(path, text.replace(from, to));
	};
	edit('package.json', `"version": "${VERSION}"`, `"version": "${version}"`);
	edit(
		'dist/nodes/AuthenticateFace/AuthenticateFace.node.js',
		"description: 'Check",
		"description: 'The next version: check",
	);
	const tarball = join(folder, `${NAME}-${version}.tgz`);
	execFileSync('tar', ['-czf', tarball, '-C', place, 'package']);
	return tarball;
}

test('as a community package: installed, updated over a published workflow, and removed', async () => {
	const user = join(folder, 'community');
	await install(TARBALL, user);
	let api = await start(user);
	expect((await typesOf(api)).map(({ name }) => name).sort()).toEqual(NODES.map((node) => `${NAME}.${node}`));
	const workflow = await publishWebhook(api, NAME);
	expect(await postOnceOpen()).toEqual(PASSED);

	const place = await install(packNext('99.0.0'), user);
	expect(JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))).toMatchObject({ version: '99.0.0' });
	api = await start(user);
	expect((await typesOf(api)).map(({ description }) => description)).toContainEqual(
		expect.stringContaining('The next version'),
	);
	expect(await postOnceOpen()).toEqual(PASSED);
	expect(await api.workflow(workflow.id)).toMatchObject({ active: true });

	removePackage(NAME, user);
	api = await start(user);
	expect(await typesOf(api)).toEqual([]);
	const missing = `Unrecognized node type: ${NAME}.authenticateFace`;
	const { status, body } = await post();
	expect(status).toBeGreaterThanOrEqual(400);
	expect(JSON.stringify(body)).not.toContain('pass');
	await expect(api.run(await api.workflow(workflow.id), 'Webhook')).rejects.toThrow(missing);
	expect(readFileSync(n8n!.logFile, 'utf8')).toContain(missing);
	expect(await api.credentials(CREDENTIAL_TYPE)).toHaveLength(1);
});

const CUSTOM: Array<[string, (user: string) => Promise<Record<string, string>>]> = [
	[
		'in the folder ~/.n8n/custom, by npm',
		async (user) => {
			const custom = join(user, '.n8n', 'custom');
			mkdirSync(custom, { recursive: true });
			// Without --prefix npm looks for a package.json further up, and installs into that folder.
			const args = ['install', '--prefix', custom, TARBALL, '--legacy-peer-deps'];
			await runNpm(args, custom);
			return {};
		},
	],
	[
		'from the built tree that N8N_CUSTOM_EXTENSIONS names',
		async () => ({ N8N_CUSTOM_EXTENSIONS: join(ROOT, 'dist') }),
	],
];

test.each(CUSTOM)('%s: the same nodes, called CUSTOM', async (_, prepare) => {
	const user = mkdtempSync(join(folder, 'custom-'));
	const extra = await prepare(user);
	const api = await start(user, extra);
	expect((await typesOf(api)).map(({ name }) => name).sort()).toEqual(NODES.map((node) => `CUSTOM.${node}`));
	await publishWebhook(api, 'CUSTOM');
	expect(await postOnceOpen()).toEqual(PASSED);
});
