import type { IExecuteFunctions } from 'n8n-workflow';
import { fakeBinaryStore, setupFor } from '../support/check';
import { CREDENTIAL_ID, NODE_CLASSES, beforeRuns, runNode, type Ran, type Setup } from '../support/engine';
import { leaksIn, leaksOf, recordLogs, textsIn } from '../support/leaks';
import { WireServer, useFakeResolver, type Act, type Script } from '../support/wireServer';

/** A token that cannot be told by its look, and the login that returns it. */
export const OPAQUE = 'opaque-8f14e45fceea167a5a36dedd4bea2543';
export const opaqueLogin = (): Act => ({ do: 'answer', status: 200, body: { access: OPAQUE, refresh: 'r' } });

/** The log since the test began. */
export const logged: string[] = [];
/** The contexts that nodes were run with since the test began. */
export const contexts: IExecuteFunctions[] = [];

/** Records what nodes log and keep while the tests of a file run. Call it once in a file. */
export function watchNodes(): void {
	useFakeResolver();
	beforeAll(() => {
		fakeBinaryStore();
		recordLogs((texts) => logged.push(...texts.map(({ text }) => text)));
		for (const node of Object.values(NODE_CLASSES)) beforeRuns(node, (context) => contexts.push(context));
	});
	beforeEach(() => {
		logged.length = 0;
		contexts.length = 0;
	});
}

/** Runs against a server that follows the script, and returns the tokens, the receipt key and the secrets found in what the run stored. */
export async function leaksAfter(
	script: Script,
	setup: Partial<Setup> = {},
): Promise<{ ran: Ran; leaks: string[]; tokens: string[] }> {
	const server = await WireServer.start(script);
	try {
		const ran = await runNode(setupFor(server, 1, setup));
		expect(server.tokens.length + server.seen.length).toBeGreaterThan(0);
		const { receiptKey } = ran.credentials.data(CREDENTIAL_ID);
		const tokens = [...server.tokens, OPAQUE, ...(receiptKey ? [String(receiptKey)] : [])];
		return { ran, leaks: leaksOf(ran, tokens), tokens };
	} finally {
		await server.close();
	}
}

/** Returns the secrets found in all that was logged since the test began, and all that n8n keeps for the nodes that ran in it. */
export function leaksElsewhere(tokens: string[]): string[] {
	const kept = contexts.map((context) => [
		context.getWorkflowStaticData('node'),
		context.getWorkflowStaticData('global'),
		context.getContext('node'),
		context.getContext('flow'),
	]);
	return leaksIn([{ path: 'the logs', text: logged.join('\n') }, ...textsIn(kept)], tokens);
}
