/** One face in a picture, as the models see it. */
export interface SeenFace {
	/** Width and height in pixels of the picture as it was uploaded. */
	width: number;
	height: number;
	/** Largest share (0-1) of the picture's width or height that the face fills. */
	closeness: number;
	/** Degrees. */
	pitch: number;
	yaw: number;
	/** Confidence (0-1) that it is a face. */
	confidence: number;
	/** Antispoof model (0-1): a real face, not a picture of one. */
	real: number;
	/** Liveness model (0-1). */
	live: number;
	/** Embedding to compare faces by. */
	embedding: Float32Array;
}

/** The models' view of a picture. */
export interface Sighting {
	/** False if the file could not be decoded as PNG or JPEG. */
	readable: boolean;
	/** The faces, the most confident first. */
	faces: SeenFace[];
	/** Similarity (0-1) of the first face to the given one. */
	similarity?: number;
	/** Processing time in ms, without the queue. */
	tookMs: number;
}
