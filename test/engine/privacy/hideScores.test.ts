import type { NodeName } from '../support/engine';
import { textsIn } from '../support/leaks';
import { NODES, UUID } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { leaksAfter, logged, watchNodes } from './run';

useVirtualTime();
watchNodes();

describe('with Hide Scores, no score comes out in any form', () => {
	const scores = {
		matchScore: '17.3125',
		scorePercent: '86.5625',
		score: 2.5943651,
		quality: 0.8175214,
		probability: 0.930498,
	};
	const { matchScore, scorePercent, score, quality, probability } = scores;
	const said = `probability ${probability}, below ${scorePercent} %`;
	const data = (authenticated: boolean, live: boolean, more: Record<string, unknown> = {}) => ({
		authentication: { result: authenticated, data: { matchScore, scorePercent } },
		liveness: { result: live, data: { score, quality, probability } },
		uuid: UUID,
		...more,
	});
	const task = (data: unknown, status = 200) => ({ id: 1, status: 'SUCCESS', result: { status, data } });
	const tasks: Record<string, unknown> = {
		'a pass': task(data(true, true)),
		'another person': task(data(false, true)),
		'a fake': task(data(true, false)),
		'a contradiction': task(data(true, true), 400),
		'scores in an issue': task(data(true, false, { issues: { liveness: { SPOOF: said } } })),
		'scores in an error': task(
			data(true, false, { liveness: { result: false, error: said, error_code: 'SPOOF' } }),
		),
		'scores in an error in the data': task(
			data(true, false, { liveness: { result: false, data: { error: said, error_code: 'SPOOF' } } }),
		),
		'scores in codes': task(
			data(true, false, {
				liveness: { result: false, error_code: `PROBABILITY_${probability}`, error: said },
				issues: { [`probability ${probability}`]: { [`SCORE_${score}`]: said }, liveness: { 86.5625: '' } },
				error_code: Number(scorePercent),
			}),
		),
		'a count of matches': task(
			data(true, true, {
				background_check: {
					potential_match: true,
					risk_level: `at ${quality}`,
					total_matches: 17.3125,
					hits: [],
				},
			}),
		),
		'scores beside the checks': task(data(true, true, { score, extend_data: { score } })),
		'scores in a failure': { id: 1, status: 'FAILURE', result: said },
		'scores in a failure’s exception': {
			id: 1,
			status: 'FAILURE',
			result: { exc_type: 'E', exc_message: [said] },
		},
	};
	const needles = Object.values(scores).flatMap((value) => [String(value), String(Number(value))]);

	const cases = NODES.flatMap(([node]) =>
		Object.entries(tasks).map(([name, body]) => [node, name, body] as const),
	);
	test.each(cases)('%s: %s', async (node, _, body) => {
		const { ran } = await leaksAfter(
			{},
			{ node, parameters: { options: { timeout: 1, hideScores: true, extendData: true } } },
			body,
		);
		const texts = [...textsIn(ran.run), ...textsIn(ran.hints)].map(({ text }) => text).concat(logged);
		expect(needles.filter((needle) => texts.some((text) => text.includes(needle)))).toEqual([]);
	});

	test.each<[NodeName, unknown[]]>([
		['authenticateFace', [matchScore, scorePercent, score, quality, probability]],
		['registerFace', [score, quality, probability]],
		['faceLiveness', [score, quality, probability]],
	])('%s: and without it they are there, so that the test can see them', async (node, shown) => {
		const { ran } = await leaksAfter({}, { node }, tasks['a pass']);
		const text = JSON.stringify(ran.json);
		expect(shown.map(Number).filter((value) => !text.includes(String(value)))).toEqual([]);
	});
});

test('the person whose UUID was given, or was registered, is named in the output; nobody is by a check of liveness', async () => {
	const uuids = await Promise.all(
		NODES.map(async ([node]) => (await leaksAfter({}, { node })).ran.json[0].uuid),
	);
	expect(uuids).toEqual([UUID, UUID, undefined]);
});
