import { decide, type CheckKind } from '../../nodes/shared/result/decision';
import type { JudgeParameters } from '../../nodes/shared/service';
import { PLAIN, task } from './judges';

/** Two checks that no service has: what decides knows none of them by name. */
const kind = (name: string): CheckKind => ({
	name,
	failed: `NOT_${name.toUpperCase()}`,
	missing: `${name.toUpperCase()}_MISSING`,
	scores: ['pitch'],
	minimum: { score: 'pitch', highest: 10, option: `least_${name}`, reason: `${name.toUpperCase()}_TOO_LOW` },
});
const KINDS: [CheckKind, CheckKind] = [kind('voice'), kind('gait')];
const yes = (pitch: unknown = '7.5') => ({ result: true, data: { pitch, other: '7.5' } });
const no = { result: false };

test.each<[string, unknown, JudgeParameters['minimums'], object]>([
	['both true', { voice: yes(), gait: yes() }, {}, { decision: 'pass', reasons: [] }],
	['one false', { voice: yes(), gait: no }, {}, { decision: 'fail', reasons: ['NOT_GAIT'] }],
	['one missing', { gait: yes() }, {}, { decision: 'fail', reasons: ['VOICE_MISSING'] }],
	['neither', {}, {}, { decision: 'fail', reasons: ['VOICE_MISSING', 'GAIT_MISSING'] }],
	[
		'a third one false',
		{ voice: yes(), gait: yes(), face: no },
		{},
		{ decision: 'review', reasons: ['CONTRADICTORY'] },
	],
	[
		'a minimum of each, one missed',
		{ voice: yes(1), gait: yes(9) },
		{ least_voice: 2, least_gait: 8 },
		{ decision: 'review', reasons: ['VOICE_TOO_LOW'] },
	],
	[
		'both missed, and an issue',
		{ voice: yes(1), gait: yes(1), issues: { gait: { LIMPS: '' } } },
		{ least_voice: 2, least_gait: 8 },
		{ decision: 'review', reasons: ['LIMPS', 'CONTRADICTORY', 'VOICE_TOO_LOW', 'GAIT_TOO_LOW'] },
	],
	[
		'a minimum missed beside a check that failed',
		{ voice: yes(1), gait: no },
		{ least_voice: 2 },
		{ decision: 'fail', reasons: ['NOT_GAIT'] },
	],
])('checks of any name: %s', (_, data, minimums, expected) => {
	expect(decide(task(data), KINDS, { ...PLAIN, minimums })).toMatchObject(expected);
});

test('the checks come out under their names, with their own scores as numbers; no other check does', () => {
	const found = decide(task({ voice: yes(), gait: no, face: yes() }), KINDS, PLAIN);
	expect(found).toStrictEqual({
		decision: 'fail',
		reasons: ['NOT_GAIT'],
		voice: { result: true, pitch: 7.5, other: '7.5' },
		gait: { result: false },
	});
});
