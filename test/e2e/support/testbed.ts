import { N8nApi, StoredCredential, StoredWorkflow, WorkflowFile } from '../../../demo/api';
import { ProgenyAccount, putProgenyCredential } from '../../../demo/credential';
import { readExample } from '../../../demo/examples';
import { Sandbox, SandboxOptions, startSandbox } from '../../../sandbox';
import { useOpened } from '../../support/opened';
import { server, Server } from './server';

/** A suite's n8n, that of its worker, and a sandbox of its own, which the credential of the examples uses. */
export interface Testbed {
	api: N8nApi;
	origin: string;
	sandbox: Sandbox;
	credential: StoredCredential;
	/** Saves the credential anew, with the sandbox's account changed by `change`. */
	putAccount(change?: Partial<ProgenyAccount>): Promise<unknown>;
	/** Imports a workflow for this suite. */
	workflow(file: WorkflowFile): Promise<StoredWorkflow>;
	/** Imports an example, optionally changed by `change`. */
	example(name: string, change?: (file: WorkflowFile) => void): Promise<StoredWorkflow>;
	/** Archives the suite's workflows and ends the sandbox. */
	close(): Promise<void>;
}

/** Opens a testbed for the tests of a file or a describe block. */
export const useTestbed = (options?: SandboxOptions): Testbed => useOpened(() => openTestbed(options));

/** Opens a testbed on an n8n. A worker runs its suites one after the other, so they can share the one credential. */
export async function openTestbed(
	options: SandboxOptions = {},
	{ origin, account }: Pick<Server, 'origin' | 'account'> = server(),
): Promise<Testbed> {
	const sandbox = await startSandbox({ taskTime: 300, ...options });
	const api = await N8nApi.signIn(origin, account);
	const credential = await putProgenyCredential(api, sandbox);
	const made: StoredWorkflow[] = [];
	const workflow = async (file: WorkflowFile) => {
		const stored = await api.createWorkflow(file);
		made.push(stored);
		return stored;
	};
	return {
		api,
		origin,
		sandbox,
		credential,
		putAccount(change) {
			const { baseUrl, username, password } = sandbox;
			const { name, type } = credential;
			return api.putCredential(name, type, { baseUrl, username, password, ...change });
		},
		workflow,
		example(name, change) {
			const file = readExample(name);
			change?.(file);
			return workflow(file);
		},
		async close() {
			// Archiving unpublishes too, so that the next suite's forms and webhooks do not meet these.
			const archived = made.map(({ id }) => api.call('post', `/workflows/${id}/archive`));
			await Promise.allSettled(archived);
			await sandbox.close();
		},
	};
}
