import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Raw pixels: three bytes each, row by row. */
export interface Pixels {
	data: Uint8Array;
	width: number;
	height: number;
}

/** A face as the `human` library describes it: the fields used here. */
export interface HumanFace {
	/** Left, top, width, height in pixels. */
	box: [number, number, number, number];
	boxScore: number;
	real?: number;
	live?: number;
	embedding?: number[];
	rotation?: { angle: { /** radians */ pitch: number; yaw: number } } | null;
}

interface HumanLibrary {
	tf: { tensor3d(data: Uint8Array, shape: [number, number, number], type: 'int32'): { dispose(): void } };
	match: { similarity(one: ArrayLike<number>, other: ArrayLike<number>): number };
	load(): Promise<void>;
	detect(input: unknown): Promise<{ face: HumanFace[]; error?: string | null }>;
}

/** The face models, loaded. */
export interface FaceModels {
	/** Returns the faces in a picture. Throws if the models fail. */
	detect(pixels: Pixels): Promise<HumanFace[]>;
	/** Similarity (0-1) of two embeddings. */
	similarity(one: ArrayLike<number>, other: ArrayLike<number>): number;
}

/** Loads the models of `@vladmandic/human` on its WebAssembly backend. Replaces the global `fetch`, so call it in a worker of its own. */
export async function loadFaceModels(): Promise<FaceModels> {
	globalThis.fetch = fetchFile;
	const human = createHuman();
	await human.load();
	return {
		async detect({ data, width, height }) {
			const tensor = human.tf.tensor3d(data, [height, width, 3], 'int32');
			try {
				const { face, error } = await human.detect(tensor);
				if (error) throw new Error(error);
				return face;
			} finally {
				tensor.dispose();
			}
		},
		similarity: (one, other) => human.match.similarity(one, other),
	};
}

function createHuman(): HumanLibrary {
	// Not among the package's exports, so loaded by its path.
	const folder = dirname(dirname(require.resolve('@vladmandic/human')));
	const load = createRequire(__filename);
	const { Human } = load(join(folder, 'dist/human.node-wasm.js')) as {
		Human: new (config: object) => HumanLibrary;
	};
	const off = { enabled: false };
	return new Human({
		backend: 'wasm',
		wasmPath: `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`,
		modelBasePath: pathToFileURL(join(folder, 'models/')).href,
		debug: false,
		async: false,
		// Pictures are unrelated, so nothing is reused.
		cacheSensitivity: 0,
		filter: off,
		face: {
			enabled: true,
			detector: { rotation: false, maxDetected: 5, minConfidence: 0.3 },
			mesh: { enabled: true },
			description: { enabled: true },
			antispoof: { enabled: true },
			liveness: { enabled: true },
			iris: off,
			emotion: off,
		},
		body: off,
		hand: off,
		object: off,
		gesture: off,
		segmentation: off,
	});
}

// The models are files, and Node's own fetch does not read files.
async function fetchFile(input: string | URL | Request): Promise<Response> {
	return new Response(readFileSync(new URL(input instanceof Request ? input.url : input)));
}
