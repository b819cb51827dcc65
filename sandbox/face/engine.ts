import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Sighting } from './sighting';
import type { LookReply, LookRequest } from './worker';

interface Waiting {
	resolve(sighting: Sighting): void;
	reject(error: Error): void;
}

/**
 * The face models in a thread of their own, so that the server keeps answering while they compute. The first picture starts it. It
 * processes one picture at a time, in order.
 */
export class FaceEngine {
	private worker: Worker | undefined;
	private readonly waiting = new Map<number, Waiting>();
	private lastNumber = 0;
	private closed = false;

	/** Number of pictures waiting or being processed. */
	get busy(): number {
		return this.waiting.size;
	}

	/** True if the models' thread runs. */
	get started(): boolean {
		return this.worker !== undefined;
	}

	/** Starts the models' thread without waiting for it. */
	warm(): void {
		this.worker ??= this.start();
	}

	/** Runs the models on a file; `against` is an embedding to compare the first face with. Rejects if they fail. */
	async look(file: Uint8Array, against?: Float32Array): Promise<Sighting> {
		if (this.closed) throw new Error('The sandbox is closed');
		this.warm();
		const number = ++this.lastNumber;
		const own = new Uint8Array(file);
		const request: LookRequest = { number, file: own, ...(against && { against }) };
		return await new Promise((resolve, reject) => {
			this.waiting.set(number, { resolve, reject });
			this.worker!.postMessage(request, [own.buffer]);
		});
	}

	/** Ends the thread and rejects waiting pictures. */
	async close(): Promise<void> {
		this.closed = true;
		const worker = this.worker;
		this.fail(new Error('The sandbox is closed'));
		await worker?.terminate();
	}

	private start(): Worker {
		// tsx compiles TypeScript in the thread, whatever compiles this file.
		const entry = `require(${JSON.stringify(require.resolve('tsx/cjs'))}); require(${JSON.stringify(join(__dirname, 'worker.ts'))});`;
		const worker = new Worker(entry, { eval: true, execArgv: [], stdout: true, stderr: true });
		worker.on('message', (reply: LookReply) => this.settle(reply));
		worker.on('error', (error) => this.fail(error, worker));
		worker.on('exit', () => this.fail(new Error('The face engine stopped'), worker));
		worker.unref();
		return worker;
	}

	private settle(reply: LookReply): void {
		const waiting = this.waiting.get(reply.number);
		if (!waiting) return;
		this.waiting.delete(reply.number);
		if ('sighting' in reply) waiting.resolve(reply.sighting);
		else waiting.reject(new Error(reply.error));
	}

	// After a crash the next picture starts a new thread.
	private fail(error: Error, worker = this.worker): void {
		if (worker !== this.worker) return;
		this.worker = undefined;
		const waiting = [...this.waiting.values()];
		this.waiting.clear();
		for (const { reject } of waiting) reject(error);
	}
}
