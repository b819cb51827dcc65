import { judge } from '../../sandbox/face/judge';
import type { SeenFace, Sighting } from '../../sandbox/face/sighting';
import { defaultSettings } from '../../sandbox/options';

const good: SeenFace = {
	...{ width: 300, height: 320, closeness: 0.5, pitch: 3, yaw: -4, confidence: 0.9, real: 0.8, live: 0.9 },
	embedding: Float32Array.of(1, 0),
};
const seen = (...faces: Partial<SeenFace>[]): Sighting => ({
	readable: true,
	faces: faces.map((face) => ({ ...good, ...face })),
	tookMs: 1,
});
const code = (sighting: Sighting) => {
	const judgement = judge(sighting, defaultSettings);
	return 'code' in judgement ? judgement.code : judgement.live;
};

it.each<[string, Sighting, string | boolean]>([
	['a file that cannot be read', { readable: false, faces: [], tookMs: 1 }, 'FAILED_TO_READ_IMAGE'],
	['no face', seen(), 'FACE_NOT_FOUND'],
	['a doubtful face', seen({ confidence: 0.59 }), 'FACE_NOT_FOUND'],
	['two faces', seen({}, {}), 'TOO_MANY_FACES'],
	['a face that is too low', seen({ height: 99 }), 'FACE_TOO_SMALL'],
	['a face that fills the picture', seen({ closeness: 0.96 }), 'FACE_TOO_CLOSE'],
	['a face turned left', seen({ yaw: -25.1 }), 'FACE_ANGLE_TOO_LARGE'],
	['a good face beside a doubtful one', seen({ yaw: 25 }, { confidence: 0.59 }), true],
	['a face that is barely live', seen({ real: 0.4, live: 0.6 }), true],
	['a spoof', seen({ real: 0.2, live: 0.7 }), false],
])('%s', (_case, sighting, expected) => expect(code(sighting)).toBe(expected));
