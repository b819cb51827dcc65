import { readFileSync } from 'node:fs';
import type { Execution } from '../../../demo/api';
import { FACE, itemsOf } from '../../e2e/support/workflows';
import type { Testbed } from './testbed';
import type { Member } from './members';

/** The name of the trigger in the example kyc-webhook. */
const TRIGGER = 'Photo and UUID';

/** One execution of the example kyc-webhook, as n8n stored it. */
export interface StoredCall {
	executionId: string;
	status: string;
	/** The number that the request sent along. */
	request: number;
	/** The uploaded file, and its storage in n8n: the mode and the ID. */
	fileName: string;
	fileId: string;
	/** Output of Authenticate Face; absent if the check could not be made. */
	result?: Record<string, unknown>;
}

/** Returns the IDs of all executions of the suite's workflow that started after the one with ID `after`, in order. */
export async function executionIds({ sql, kyc }: Testbed, after = 0): Promise<string[]> {
	const { rows } = await sql.query<{ id: number }>(
		'SELECT id FROM execution_entity WHERE "workflowId" = $1 AND id > $2 ORDER BY id',
		[kyc.id, after],
	);
	return rows.map(({ id }) => String(id));
}

/** Returns the ID of the last execution so far; 0 before the first. */
export const lastExecution = async (testbed: Testbed): Promise<number> =>
	Number((await executionIds(testbed)).at(-1) ?? 0);

/** Reads executions as n8n's pages do. */
export async function storedCalls({ api }: Testbed, ids: string[]): Promise<StoredCall[]> {
	const calls: StoredCall[] = [];
	for (const id of ids) calls.push(callOf(await api.execution(id)));
	return calls;
}

function callOf({ id: executionId, status, data }: Execution): StoredCall {
	const trigger = itemsOf(data, TRIGGER)[0]!;
	const { request } = trigger.json.body as { request: string };
	const { fileName, id: fileId } = trigger.binary!.photo!;
	const result = itemsOf(data, FACE)[0]?.json;
	return {
		executionId,
		status,
		request: Number(request),
		fileName: String(fileName),
		fileId: String(fileId),
		...(result && { result }),
	};
}

/** Returns the executions that a worker has started and not finished, by its log. */
export function underWay(worker: Member): string[] {
	const finished = new Set(inLog(worker, 'finished'));
	return inLog(worker, 'started').filter((id) => !finished.has(id));
}

/** Returns the executions that a worker has finished, by its log. */
export const finishedBy = (worker: Member): string[] => inLog(worker, 'finished');

function inLog({ logFile }: Member, what: 'started' | 'finished'): string[] {
	const lines = readFileSync(logFile, 'utf8').matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'));
	return [...lines].map(([, id]) => id!);
}
