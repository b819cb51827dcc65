import { summarize } from '../../sandbox/admin/summarize';
import { dataAnswer, faceErrorAnswer, failureAnswer, registeredAnswer } from '../../sandbox/tasks/answers';
import { scenarios } from '../../sandbox/tasks/scenarios';

const verdicts = { pass: 'pass', review: 'odd', fail: 'fail', error: 'error' };
const finishing = scenarios.filter(({ answer }) => answer);

it.each(finishing.map((scenario) => [scenario.name, scenario] as const))(
	'shows %s as what it is',
	(_name, { answer, conclusion }) => {
		expect(summarize('authenticate_face', answer!).verdict).toBe(verdicts[conclusion]);
	},
);

it.each<[string, Parameters<typeof summarize>[0], Parameters<typeof summarize>[1], object]>([
	[
		'a registration',
		'register_face',
		registeredAnswer('u'),
		{ verdict: 'registered', registered: 'u', codes: [] },
	],
	[
		'a refused one',
		'register_face',
		faceErrorAnswer('FACE_NOT_FOUND'),
		{ verdict: 'fail', codes: ['FACE_NOT_FOUND'] },
	],
	[
		'a live face',
		'face_liveness',
		dataAnswer({ liveness: { result: true } }),
		{ verdict: 'pass', codes: [] },
	],
	['a text for true', 'face_liveness', dataAnswer({ liveness: { result: 'true' } }), { verdict: 'fail' }],
	['a failed job', 'face_liveness', failureAnswer('x'), { verdict: 'error', codes: [] }],
])('shows %s', (_case, service, answer, summary) => {
	expect(summarize(service, answer)).toMatchObject(summary);
});
