import { randomUUID } from 'node:crypto';
import axios, { AxiosInstance, AxiosResponse, isAxiosError } from 'axios';
import { parse } from 'flatted';
import { Account } from './account';
import { N8N_MAJOR } from './paths';

/** A workflow as n8n exports and imports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

/** A node of a workflow file. */
export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[more: string]: unknown;
}

/** A workflow in n8n's database. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

/** A credential without its secrets. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** One output item of a node. */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, Record<string, unknown>>;
	pairedItem?: unknown;
}

/** One run of one node: its outputs in order, each a list of items. */
export interface NodeRun {
	executionStatus: string;
	executionTime: number;
	startTime: number;
	error?: { message: string; description?: string };
	data?: { main?: (OutputItem[] | null)[]; ai_tool?: (OutputItem[] | null)[] };
}

/** An execution with the output of its nodes. */
export interface Execution {
	id: string;
	status: string;
	/** ISO. */
	stoppedAt: string;
	data: {
		resultData: {
			runData: Record<string, NodeRun[]>;
			error?: { message: string; description?: string };
			lastNodeExecuted?: string;
		};
	};
	/** The text that n8n stored, unparsed. */
	stored: string;
}

/** States of an unfinished execution. */
const UNFINISHED = ['new', 'running', 'waiting'];

/** The REST API that n8n's own pages use, with the owner signed in. Failed calls throw an Error with n8n's own words. */
export class N8nApi {
	private constructor(private readonly http: AxiosInstance) {}

	/** Signs the owner in at `origin`, such as http://127.0.0.1:5678. */
	static async signIn(origin: string, account: Account): Promise<N8nApi> {
		// n8n binds its session cookie to this header.
		const headers = { 'browser-id': randomUUID() };
		const http = axios.create({ baseURL: `${origin}/rest`, headers, proxy: false, timeout: 60_000 });
		const { email, password } = account;
		const answer = await http.post('/login', { emailOrLdapLoginId: email, password });
		http.defaults.headers.common.Cookie = (answer.headers['set-cookie'] ?? [])
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
		return new N8nApi(http);
	}

	/** Returns every credential of `type`. */
	async credentials(type: string): Promise<StoredCredential[]> {
		const all = await this.call<StoredCredential[]>('get', '/credentials');
		return all.filter((credential) => credential.type === type);
	}

	/** Creates the credential called `name`, or replaces its data. */
	async putCredential(name: string, type: string, data: Record<string, unknown>): Promise<StoredCredential> {
		const old = (await this.credentials(type)).find((credential) => credential.name === name);
		if (!old) return this.call('post', '/credentials', { name, type, data });
		return this.call('patch', `/credentials/${old.id}`, { name, type, data });
	}

	/** Presses the credential's Test button: what the editor sends for a saved credential with what is typed in its fields. */
	testCredential(
		{ id, name, type }: StoredCredential,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		return this.call('post', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/** Returns every workflow, without its nodes. */
	workflows(): Promise<StoredWorkflow[]> {
		return this.call('get', '/workflows');
	}

	workflow(id: string): Promise<StoredWorkflow> {
		return this.call('get', `/workflows/${id}`);
	}

	/** Imports a workflow file; n8n links a credential by name, if it has one of that name and type. */
	async createWorkflow(file: WorkflowFile): Promise<StoredWorkflow> {
		// n8n 1.x does not assume these two.
		const { id: projectId } = await this.call<{ id: string }>('get', '/projects/personal');
		return this.call('post', '/workflows', { ...file, active: false, projectId });
	}

	/** Publishes a workflow, so that its webhooks and forms answer, a moment later. */
	async activate({ id, versionId }: StoredWorkflow): Promise<StoredWorkflow> {
		return this.call('post', `/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Starts a workflow manually from the trigger of that name, optionally with the trigger's output.
	 * @returns the execution's ID
	 */
	async run({ id }: StoredWorkflow, trigger: string, data?: object): Promise<string> {
		// n8n 1.x runs the workflow in the request, 2.x the stored one.
		const workflow = N8N_MAJOR === 1 ? { workflowData: await this.workflow(id) } : {};
		const { executionId } = await this.call<{ executionId: string }>('post', `/workflows/${id}/run`, {
			...workflow,
			triggerToStartFrom: { name: trigger, ...(data && { data }) },
		});
		return executionId;
	}

	/** Stops an execution, as the stop button does. */
	stop(executionId: string): Promise<unknown> {
		return this.call('post', `/executions/${executionId}/stop`);
	}

	/** Returns a workflow's executions, newest first, without their data. */
	async executionsOf(workflowId: string): Promise<{ id: string; status: string }[]> {
		const filter = JSON.stringify({ workflowId });
		const { results } = await this.call<{ results: { id: string; status: string }[] }>(
			'get',
			`/executions?filter=${encodeURIComponent(filter)}`,
		);
		return results;
	}

	/** Returns an execution in its current state. */
	async execution(id: string): Promise<Execution> {
		type Raw = { status: string; stoppedAt: string; data: string };
		const { status, stoppedAt, data } = await this.call<Raw>('get', `/executions/${id}`);
		return { id, status, stoppedAt, data: parse(data) as Execution['data'], stored: data };
	}

	/** Waits until an execution has ended, or is one of `also`. @throws Error after `withinMs` */
	async finished(id: string, { withinMs = 60_000, also = [] as string[] } = {}): Promise<Execution> {
		const deadline = Date.now() + withinMs;
		for (;;) {
			const { status } = await this.call<{ status: string }>('get', `/executions/${id}`);
			if (!UNFINISHED.includes(status) || also.includes(status)) return this.execution(id);
			if (Date.now() > deadline)
				throw new Error(`Execution ${id} is still ${status} after ${withinMs / 1000} seconds`);
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
	}

	/** Downloads a file that needs the session, by its path from the server's root. */
	async download(path: string): Promise<unknown> {
		const answer = await this.http.get<unknown>(path, {
			baseURL: this.http.defaults.baseURL!.replace(/\/rest$/, ''),
		});
		return answer.data;
	}

	/** Calls n8n's REST API by a path under /rest. Returns `data` of the answer. */
	async call<T>(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: unknown): Promise<T> {
		try {
			const answer: AxiosResponse<{ data: T }> = await this.http.request({ method, url: path, data: body });
			return answer.data.data;
		} catch (error) {
			if (!isAxiosError(error)) throw error;
			const message = (error.response?.data as { message?: string } | undefined)?.message ?? error.message;
			throw new Error(
				`n8n answered ${method.toUpperCase()} /rest${path} with ${error.response?.status ?? 'nothing'}: ${message}`,
			);
		}
	}
}
