import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Worker as Thread } from 'node:worker_threads';
import type { Worker } from 'tesseract.js';
import type { DocumentType } from '../api/paths';
import { lowestPart } from './page';
import { readZone, type Zone } from './zone';

/** The zone read on a picture of a document, or an error. */
export type Reading = { zone: Zone } | { error: 'FAILED_TO_READ_IMAGE' | 'DOCUMENT_NOT_FOUND' };

/**
 * Shares (0-1) of the picture, from its lower edge, that are searched for the zone: first for a document that fills it, then for one with a
 * margin. Searching all of it is slow.
 */
const zoneShares: Record<DocumentType, number[]> = { passport: [0.3, 0.6], card: [0.5, 0.75] };

/** Tesseract's legacy engine: the newer one reads the zone's fillers as letters. */
const legacyEngine = 0;

/** Tesseract in a thread of its own. */
interface Ocr {
	recognize(picture: Buffer): Promise<string>;
	/** Ends the thread and rejects the running recognition. */
	end(): Promise<unknown>;
	/** Resolves when the thread has ended. */
	ended: Promise<void>;
}

/**
 * Reads the machine-readable zone of documents with Tesseract, one at a time, in order. The first document starts it. Its data are files
 * of an npm package: it downloads and writes nothing.
 */
export class DocumentReader {
	private ocr: Promise<Ocr> | undefined;
	private queue: Promise<unknown> = Promise.resolve();
	private closed = false;

	/** True if Tesseract's thread runs. */
	get started(): boolean {
		return this.ocr !== undefined;
	}

	/** Reads the zone on a picture. Rejects if Tesseract fails or the sandbox is closed meanwhile. */
	async read(file: Uint8Array, type: DocumentType): Promise<Reading> {
		const reading = this.queue.then(() => this.readNow(file, type));
		this.queue = reading.catch(() => undefined);
		try {
			return await reading;
		} catch (error) {
			throw this.closed ? new Error('The sandbox is closed') : error;
		}
	}

	/** Ends the thread and rejects waiting documents. */
	async close(): Promise<void> {
		this.closed = true;
		const ocr = await this.ocr?.catch(() => undefined);
		await ocr?.end();
		await this.queue;
	}

	private async readNow(file: Uint8Array, type: DocumentType): Promise<Reading> {
		for (const share of zoneShares[type]) {
			const part = await lowestPart(file, share);
			if (!part) return { error: 'FAILED_TO_READ_IMAGE' };
			if (this.closed) throw new Error('The sandbox is closed');
			const { recognize } = await (this.ocr ??= this.start());
			const zone = await readZone(await recognize(part), type);
			if (zone) return { zone };
		}
		return { error: 'DOCUMENT_NOT_FOUND' };
	}

	// After a failure the next document starts a new thread.
	private async start(): Promise<Ocr> {
		try {
			const ocr = await startOcr();
			void ocr.ended.then(() => (this.ocr = undefined));
			return ocr;
		} catch (error) {
			this.ocr = undefined;
			throw error;
		}
	}
}

async function startOcr(): Promise<Ocr> {
	// Loaded here, since most sandboxes read no document.
	const { createWorker } = await import('tesseract.js');
	const worker = await new Promise<Worker>((resolve, reject) => {
		// Its own promise stays pending if the data cannot be loaded; only the handler is called.
		createWorker('eng', legacyEngine, {
			legacyCore: true,
			legacyLang: true,
			langPath: join(dirname(require.resolve('@tesseract.js-data/eng')), '4.0.0'),
			cacheMethod: 'none',
			errorHandler: (error: unknown) => reject(new Error(String(error))),
		}).then(resolve, reject);
	});
	await worker.setParameters({ tessedit_char_whitelist: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<' });
	// In Node it is a worker thread; the library's types do not name it.
	const { worker: thread } = worker as Worker & { worker: Thread };
	thread.unref();
	thread.on('error', () => undefined);
	const ended = once(thread, 'exit').then(
		() => undefined,
		() => undefined,
	);
	const failed = ended.then(() => Promise.reject(new Error('Tesseract stopped')));
	failed.catch(() => undefined);
	return {
		async recognize(picture) {
			// A thread that has ended leaves the library's promise pending.
			const recognized = worker.recognize(picture).catch((error: unknown) => {
				throw new Error(String(error));
			});
			return (await Promise.race([recognized, failed])).data.text;
		},
		end: () => thread.terminate(),
		ended,
	};
}
