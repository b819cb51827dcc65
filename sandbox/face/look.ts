import type { FaceModels, HumanFace } from './human';
import { decodePicture, type Picture } from './picture';
import type { SeenFace, Sighting } from './sighting';

/** Decodes a file and runs the models on it; `against` is an embedding to compare the first face with. */
export async function look(models: FaceModels, file: Uint8Array, against?: Float32Array): Promise<Sighting> {
	const start = performance.now();
	const picture = await decodePicture(file);
	const found = picture ? await models.detect(picture) : [];
	const faces = found
		.map((face) => describe(face, picture!))
		.sort((one, other) => other.confidence - one.confidence);
	const sighting: Sighting = { readable: picture !== undefined, faces, tookMs: 0 };
	if (against && faces[0]) sighting.similarity = models.similarity(faces[0].embedding, against);
	sighting.tookMs = performance.now() - start;
	return sighting;
}

function describe(face: HumanFace, picture: Picture): SeenFace {
	const [, , width, height] = face.box;
	const degrees = (radians = 0) => (radians * 180) / Math.PI;
	return {
		width: width * picture.scale,
		height: height * picture.scale,
		closeness: Math.max(width / picture.width, height / picture.height),
		pitch: degrees(face.rotation?.angle.pitch),
		yaw: degrees(face.rotation?.angle.yaw),
		confidence: face.boxScore,
		real: face.real ?? 0,
		live: face.live ?? 0,
		embedding: Float32Array.from(face.embedding ?? []),
	};
}
