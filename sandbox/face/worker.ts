/** The face engine's thread: loads the models once, then processes one picture after the other. */
import { parentPort } from 'node:worker_threads';
import { loadFaceModels } from './human';
import { look } from './look';
import type { Sighting } from './sighting';

/** A request to the thread. */
export interface LookRequest {
	number: number;
	file: Uint8Array;
	against?: Float32Array;
}

/** The thread's answer. */
export type LookReply = { number: number } & ({ sighting: Sighting } | { error: string });

const models = loadFaceModels();
let queue: Promise<unknown> = models.catch(() => undefined);

parentPort!.on('message', (request: LookRequest) => {
	queue = queue.then(() => answer(request)).then((reply) => parentPort!.postMessage(reply));
});

async function answer({ number, file, against }: LookRequest): Promise<LookReply> {
	try {
		return { number, sighting: await look(await models, file, against) };
	} catch (error) {
		return { number, error: error instanceof Error ? error.message : String(error) };
	}
}
