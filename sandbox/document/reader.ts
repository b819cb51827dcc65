import { dirname, join } from 'node:path';
import type { Worker as Thread } from 'node:worker_threads';
import type { Worker } from 'tesseract.js';
import type { DocumentType } from '../api/paths';
import { lowestPart } from './page';
import { readZone, type Zone } from './zone';

/** What was read on a picture of a document. */
export type Reading = { zone: Zone } | { error: 'FAILED_TO_READ_IMAGE' | 'DOCUMENT_NOT_FOUND' };

/** Where the zone is looked for, as shares (0-1) of the picture from its lower edge: on a document that fills it, then anywhere. */
const zoneShares: Record<DocumentType, number[]> = { passport: [0.3, 1], card: [0.5, 1] };

/** Tesseract's legacy engine: the newer one takes the zone's fillers for letters. */
const legacyEngine = 0;

/**
 * Reads the machine-readable zone of documents with Tesseract in a thread of its own, started by the first document. Its data are
 * files of an npm package: nothing is fetched, nothing written. It reads one document at a time, in order.
 */
export class DocumentReader {
	private worker: Promise<Worker> | undefined;
	private queue: Promise<unknown> = Promise.resolve();
	private closed = false;
	private end!: (error: Error) => void;
	private readonly ended = new Promise<never>((_resolve, reject) => (this.end = reject));

	constructor() {
		this.ended.catch(() => undefined);
	}

	/** Whether Tesseract's thread runs. */
	get started(): boolean {
		return this.worker !== undefined;
	}

	/** Reads the zone on a picture. Rejects where Tesseract fails, or the sandbox is closed meanwhile. */
	async read(file: Uint8Array, type: DocumentType): Promise<Reading> {
		if (this.closed) throw new Error('The sandbox is closed');
		const reading = this.queue.then(() => this.readNow(file, type));
		this.queue = reading.catch(() => undefined);
		return await Promise.race([reading, this.ended]);
	}

	/** Ends the thread; what still waits is rejected. */
	async close(): Promise<void> {
		this.closed = true;
		this.end(new Error('The sandbox is closed'));
		const worker = await this.worker?.catch(() => undefined);
		if (worker) await threadOf(worker).terminate();
	}

	private async readNow(file: Uint8Array, type: DocumentType): Promise<Reading> {
		for (const share of zoneShares[type]) {
			const part = await lowestPart(file, share);
			if (!part) return { error: 'FAILED_TO_READ_IMAGE' };
			const zone = await readZone(await this.recognize(part), type);
			if (zone) return { zone };
		}
		return { error: 'DOCUMENT_NOT_FOUND' };
	}

	private async recognize(picture: Buffer): Promise<string> {
		if (this.closed) throw new Error('The sandbox is closed');
		this.worker ??= startWorker();
		try {
			const { data } = await (await this.worker).recognize(picture);
			return data.text;
		} catch (error) {
			// tesseract.js rejects with texts.
			throw error instanceof Error ? error : new Error(String(error));
		}
	}
}

async function startWorker(): Promise<Worker> {
	// Loaded here, since a sandbox that sees no document has no use for it.
	const { createWorker } = await import('tesseract.js');
	const worker = await new Promise<Worker>((resolve, reject) => {
		// Its own promise stays pending where the data cannot be loaded; the handler hears of it.
		createWorker('eng', legacyEngine, {
			legacyCore: true,
			legacyLang: true,
			langPath: join(dirname(require.resolve('@tesseract.js-data/eng')), '4.0.0'),
			cacheMethod: 'none',
			errorHandler: (error: unknown) => reject(new Error(String(error))),
		}).then(resolve, reject);
	});
	threadOf(worker).unref();
	await worker.setParameters({ tessedit_char_whitelist: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<' });
	return worker;
}

// In Node it is a worker thread; the library's types do not name it.
function threadOf(worker: Worker): Thread {
	return (worker as Worker & { worker: Thread }).worker;
}
