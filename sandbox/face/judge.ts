import type { Settings } from '../options';
import type { FaceErrorCode } from '../tasks/answers';
import type { SeenFace, Sighting } from './sighting';

/** A code if the picture cannot be checked; otherwise its one face and its liveness. */
export type Judgement =
	| { code: FaceErrorCode }
	| { face: SeenFace; live: boolean; /** 0-1 */ probability: number; /** 0-1 */ quality: number };

/** Judges what the models saw. */
export function judge(sighting: Sighting, { thresholds, minFaceSize }: Settings): Judgement {
	if (!sighting.readable) return { code: 'FAILED_TO_READ_IMAGE' };
	const [face, ...others] = sighting.faces.filter(({ confidence }) => confidence >= thresholds.detection);
	if (!face) return { code: 'FACE_NOT_FOUND' };
	if (others.length > 0) return { code: 'TOO_MANY_FACES' };
	if (Math.min(face.width, face.height) < minFaceSize) return { code: 'FACE_TOO_SMALL' };
	if (face.closeness > thresholds.closeness) return { code: 'FACE_TOO_CLOSE' };
	if (Math.max(Math.abs(face.pitch), Math.abs(face.yaw)) > thresholds.angle)
		return { code: 'FACE_ANGLE_TOO_LARGE' };
	const probability = (face.real + face.live) / 2;
	return { face, live: probability >= thresholds.liveness, probability, quality: face.confidence };
}
