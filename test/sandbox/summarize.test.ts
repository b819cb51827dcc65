import type { Service } from '../../sandbox/api/paths';
import { summarize } from '../../sandbox/admin/summarize';
import {
	dataAnswer,
	faceErrorAnswer,
	failureAnswer,
	registeredAnswer,
	type FinishedAnswer,
} from '../../sandbox/tasks/answers';
import { scenarios } from '../../sandbox/tasks/scenarios';

const verdicts = { pass: 'pass', review: 'odd', fail: 'fail', error: 'error' };
const finishing = scenarios.filter(({ answer }) => answer);

it.each(finishing.map((scenario) => [scenario.name, scenario] as const))(
	'shows %s as what it is',
	(_name, { answer, conclusion }) => {
		expect(summarize('authenticate_face', answer!).verdict).toBe(verdicts[conclusion]);
	},
);

const holder = { document: { is_valid: true, is_expired: false }, compare: true, liveness: true };
const noHit = { potential_match: false, risk_level: 'unknown' };

it.each<[string, Service, FinishedAnswer, object]>([
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
	['a document’s holder', 'kyc_card', dataAnswer(holder), { verdict: 'pass', codes: [] }],
	['another person', 'kyc_card', dataAnswer({ ...holder, compare: false }), { verdict: 'fail' }],
	['a spoof', 'kyc_card', dataAnswer({ ...holder, liveness: false }), { verdict: 'fail' }],
	['a selfie alone', 'kyc_card', dataAnswer({ compare: true, liveness: true }), { verdict: 'fail' }],
	['a document', 'ocr_passport', dataAnswer({ document: holder.document }), { verdict: 'pass' }],
	[
		'an invalid one',
		'ocr_passport',
		dataAnswer({ document: { is_valid: false, is_expired: false } }),
		{ verdict: 'fail' },
	],
	[
		'one of unknown expiry',
		'ocr_passport',
		dataAnswer({ document: { is_valid: true, is_expired: null } }),
		{ verdict: 'fail' },
	],
	[
		'a document that was not read',
		'ocr_card',
		dataAnswer({ issues: { document: { X: 'x' } } }, 400),
		{ verdict: 'fail', codes: ['X'] },
	],
	['no hit', 'background_check', dataAnswer({ background_check: noHit }), { verdict: 'pass' }],
	[
		'a hit',
		'background_check',
		dataAnswer({ background_check: { ...noHit, potential_match: true } }),
		{ verdict: 'hit' },
	],
	[
		'a risk',
		'background_check',
		dataAnswer({ background_check: { ...noHit, risk_level: 'high' } }),
		{ verdict: 'hit' },
	],
	['no background check', 'kyc_passport_with_background_check', dataAnswer(holder), { verdict: 'fail' }],
])('shows %s', (_case, service, answer, summary) => {
	expect(summarize(service, answer)).toMatchObject(summary);
});
