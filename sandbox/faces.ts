import type Database from 'libsql';
import { uuidV1 } from './uuid';

/** A registered face: no picture, only its embedding. */
export interface RegisteredFace {
	uuid: string;
	/** ms since the epoch. */
	registeredAt: number;
	embedding: Float32Array;
}

/** The registered faces: in memory, and in a SQLite file if one is named. */
export class Faces {
	private readonly byUuid = new Map<string, RegisteredFace>();

	private constructor(private readonly database: Database.Database | undefined) {
		const rows = database
			?.prepare('SELECT uuid, registered_at, embedding FROM faces ORDER BY registered_at')
			.all();
		for (const row of (rows ?? []) as { uuid: string; registered_at: number; embedding: Buffer }[]) {
			const bytes = new Uint8Array(row.embedding);
			const embedding = new Float32Array(bytes.buffer);
			this.byUuid.set(row.uuid, { uuid: row.uuid, registeredAt: row.registered_at, embedding });
		}
	}

	/** Opens or creates the file; rejects if it cannot be opened or is not a database. Without a file, faces are kept in memory. */
	static async open(file?: string): Promise<Faces> {
		if (file === undefined) return new Faces(undefined);
		try {
			return new Faces(await openDatabase(file));
		} catch (error) {
			throw new Error(`${file} cannot hold the registered faces: ${(error as Error).message}`);
		}
	}

	/** Registers a face and returns its UUID (version 1). */
	add(embedding: Float32Array): string {
		const face = { uuid: uuidV1(), registeredAt: Date.now(), embedding };
		this.database
			?.prepare('INSERT INTO faces (uuid, registered_at, embedding) VALUES (?, ?, ?)')
			.run(
				face.uuid,
				face.registeredAt,
				Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength),
			);
		this.byUuid.set(face.uuid, face);
		return face.uuid;
	}

	/** Returns the face registered under this UUID (lower case, with dashes), if any. */
	get(uuid: string): RegisteredFace | undefined {
		return this.byUuid.get(uuid);
	}

	/** Returns every registered face, the oldest first. */
	list(): RegisteredFace[] {
		return [...this.byUuid.values()];
	}

	/** Closes the file. */
	close(): void {
		this.database?.close();
	}
}

async function openDatabase(file: string): Promise<Database.Database> {
	// Loaded here, since it is native code that only a sandbox with a file uses.
	const { default: Libsql } = await import('libsql');
	const database = new Libsql(file);
	database.exec(`CREATE TABLE IF NOT EXISTS faces (
		uuid TEXT PRIMARY KEY,
		registered_at INTEGER NOT NULL,
		embedding BLOB NOT NULL
	)`);
	return database;
}
