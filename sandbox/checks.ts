import type { FaceEngine } from './face/engine';
import { judge } from './face/judge';
import type { Sighting } from './face/sighting';
import type { Faces } from './faces';
import type { Settings } from './options';
import {
	authenticationBlock,
	dataAnswer,
	documentedShape,
	exception,
	faceErrorAnswer,
	failureAnswer,
	livenessBlock,
	livenessNumbers,
	registeredAnswer,
	unregisteredAnswer,
	type FaceErrorCode,
	type FinishedAnswer,
} from './tasks/answers';

type Seen =
	| { answer: FinishedAnswer }
	| { liveness: ReturnType<typeof livenessBlock>; embedding: Float32Array };

/** The three face checks, computed from what the face engine sees. Each returns the finished task's answer. */
export class Checks {
	constructor(
		private readonly engine: FaceEngine,
		private readonly faces: Faces,
		private readonly settings: Settings,
	) {}

	/** Checks liveness, and compares with the face registered under the UUID. */
	async authenticateFace(image: Uint8Array, extend: boolean, uuid: string): Promise<FinishedAnswer> {
		const registered = this.faces.get(uuid);
		if (!registered && this.settings.unknownUuid === 'failure') {
			return failureAnswer(
				exception('DoesNotExist', 'Face matching query does not exist.', 'services.models'),
			);
		}
		const sighting = await this.engine.look(image, registered?.embedding);
		const seen = this.judge(sighting);
		if ('answer' in seen) return seen.answer;
		const { liveness } = seen;
		if (!registered) return unregisteredAnswer(liveness);
		const { similarity = 0 } = sighting;
		const authentication = authenticationBlock(similarity >= this.settings.thresholds.match, similarity);
		return dataAnswer({ authentication, liveness, ...(extend && providerData(sighting)) });
	}

	/** Checks liveness. */
	async faceLiveness(image: Uint8Array, extend: boolean): Promise<FinishedAnswer> {
		const sighting = await this.engine.look(image);
		const seen = this.judge(sighting);
		if ('answer' in seen) return seen.answer;
		const data = { liveness: seen.liveness, ...(extend && providerData(sighting)) };
		return { status: 'SUCCESS', result: { data, status: 200 } };
	}

	/** Registers a live person's face. Success carries the UUID alone, failure the shapes of a failed liveness check. */
	async registerFace(image: Uint8Array, extend = false): Promise<FinishedAnswer> {
		const sighting = await this.engine.look(image);
		const seen = this.judge(sighting);
		if ('answer' in seen) return seen.answer;
		const more = extend ? providerData(sighting) : {};
		if (!seen.liveness.result) return dataAnswer({ liveness: seen.liveness, ...more });
		return registeredAnswer(this.faces.add(seen.embedding), more);
	}

	private judge(sighting: Sighting): Seen {
		const judged = judge(sighting, this.settings);
		if ('code' in judged) return { answer: faceErrorAnswer(judged.code, this.shape(judged.code)) };
		const { live, probability, quality, face } = judged;
		return {
			liveness: livenessBlock(live, livenessNumbers(probability, quality)),
			embedding: face.embedding,
		};
	}

	private shape(code: FaceErrorCode) {
		const { failureShape } = this.settings;
		return failureShape === 'documented' ? documentedShape(code) : failureShape;
	}
}

// Progeny does not document the place of `extend_data` in an answer; this one is the sandbox's own.
function providerData({ faces: [face], tookMs }: Sighting) {
	const { width, height, pitch, yaw, real, live } = face!;
	const measured = { width, height, pitch, yaw, real, live, tookMs };
	return { extend_data: { liveness: { provider: 'sandbox', ...measured } } };
}
