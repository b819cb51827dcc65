import type { StoredWorkflow } from '../../../demo/api';
import type { Sandbox } from '../../../sandbox';
import { openTestbed, type Testbed as E2eTestbed } from '../../e2e/support/testbed';
import { kycUrl, webhookOpen } from '../../e2e/support/webhooks';
import { useOpened } from '../../support/opened';
import type { Cluster } from './members';
import { connectSql, SqlClient } from './postgres';

/** A test file's cluster, a sandbox in Progeny's place, and n8n's database. */
export interface Testbed extends E2eTestbed {
	cluster: Cluster;
	sql: SqlClient;
	/** The example kyc-webhook, published. */
	kyc: StoredWorkflow;
}

/** Opens a testbed, for the tests of a file, on the cluster that the environment has started. */
export const useTestbed = (): Testbed =>
	useOpened(async () => {
		const { cluster } = globalThis as typeof globalThis & { cluster: Cluster };
		const { main, webhook, account, databaseUrl } = cluster;
		const testbed = await openTestbed({ warm: true }, { origin: main.origin, account });
		const kyc = await testbed.api.activate(await testbed.example('kyc-webhook'));
		for (const { origin } of [webhook, main]) await webhookOpen(kycUrl(origin));
		const sql = await connectSql(databaseUrl);
		return {
			...testbed,
			cluster,
			sql,
			kyc,
			async close() {
				await sql.end();
				await testbed.close();
			},
		};
	});

/** Returns the number of logins at a sandbox. */
export const loginsOf = (sandbox: Sandbox): number =>
	sandbox.requests.filter(({ route }) => route === 'login').length;
