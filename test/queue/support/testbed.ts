import { N8nApi, StoredWorkflow } from '../../../demo/api';
import { putProgenyCredential } from '../../../demo/credential';
import { readExample } from '../../../demo/examples';
import { Sandbox, startSandbox } from '../../../sandbox';
import { kycUrl, webhookOpen } from '../../e2e/support/webhooks';
import { useOpened } from '../../support/opened';
import type { Cluster } from './members';
import { connectSql, SqlClient } from './postgres';

/** A test file's cluster with the example kyc-webhook published, a sandbox in Progeny's place, and n8n's database. */
export interface Testbed {
	cluster: Cluster;
	api: N8nApi;
	sandbox: Sandbox;
	sql: SqlClient;
	workflow: StoredWorkflow;
	close(): Promise<void>;
}

/** Opens a testbed for the tests of a file. */
export const useTestbed = (): Testbed => useOpened(openTestbed);

/** Opens the testbed on the cluster that the environment has started. */
async function openTestbed(): Promise<Testbed> {
	const { cluster } = globalThis as typeof globalThis & { cluster: Cluster };
	const sandbox = await startSandbox({ warm: true });
	const api = await N8nApi.signIn(cluster.main.origin, cluster.account);
	await putProgenyCredential(api, sandbox);
	const workflow = await api.createWorkflow(readExample('kyc-webhook'));
	await api.activate(workflow);
	for (const { origin } of [cluster.webhook, cluster.main]) await webhookOpen(kycUrl(origin));
	const sql = await connectSql(cluster.databaseUrl);
	return {
		cluster,
		api,
		sandbox,
		sql,
		workflow,
		async close() {
			await api.call('post', `/workflows/${workflow.id}/archive`);
			await sql.end();
			await sandbox.close();
		},
	};
}

/** Returns the number of logins at a sandbox. */
export const loginsOf = (sandbox: Sandbox): number =>
	sandbox.requests.filter(({ route }) => route === 'login').length;
