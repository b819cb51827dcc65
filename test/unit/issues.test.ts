import { JUDGES, task } from './judges';

const BOTH = { authentication: { result: true }, liveness: { result: true } };
const judge = (answer: Record<string, unknown>) =>
	JUDGES.authenticateFace.judge(answer) as ReturnType<typeof JUDGES.authenticateFace.judge> & {
		issues?: Array<{ check: string; code: string; message: string }>;
	};

test('come from all three documented places, each once, the listed ones first', () => {
	const inData = { error_code: 'IN_DATA', error: 'two' };
	const answer = task({
		liveness: { result: false, error_code: 'IN_CHECK', error: 'one', data: inData },
		authentication: { result: false, error_code: 'LISTED', error: 'again' },
		issues: { authentication: { LISTED: 'three' }, liveness: { IN_CHECK: 'one' } },
	});
	expect(judge(answer)).toMatchObject({
		reasons: ['LISTED', 'IN_CHECK', 'IN_DATA', 'NOT_MATCHED', 'NOT_LIVE'],
		issues: [
			{ check: 'authentication', code: 'LISTED', message: 'three' },
			{ check: 'liveness', code: 'IN_CHECK', message: 'one' },
			{ check: 'liveness', code: 'IN_DATA', message: 'two' },
		],
	});
});

const ODD = { error_code: 'ODD', error: 'x' };
test.each<[string, Record<string, unknown>, boolean]>([
	['in result.data', task({ ...BOTH, ...ODD }), true],
	['in result', { status: 'SUCCESS', result: { ...ODD, data: BOTH } }, true],
	['in the answer itself', { ...task(BOTH), ...ODD }, true],
	['in another known check', task({ ...BOTH, compare: ODD }), true],
	['in an unknown object that failed', task({ ...BOTH, document: { result: false, ...ODD } }), true],
	['in the data of that', task({ ...BOTH, document: { result: false, data: ODD } }), true],
	['listed for an unknown check', task({ ...BOTH, issues: { document: { ODD: 'x' } } }), true],
	['listed with null', task({ ...BOTH, issues: { liveness: { ODD: null } } }), true],
	['listed in result', { status: 'SUCCESS', result: { data: BOTH, issues: { compare: { ODD: 0 } } } }, true],
	['in an unknown object', task({ ...BOTH, provider: { error_code: 'ODD' } }), true],
	['in a part, by another key', task({ ...BOTH, document: { errorCode: 'ODD' } }), true],
	['in an unknown object deeper than that', task({ ...BOTH, provider: { raw: ODD } }), false],
	['"None"', task({ ...BOTH, error_code: 'None' }), false],
	['zero', task({ ...BOTH, liveness: { result: true, error_code: 0 } }), false],
])('codes %s', (_, answer, counts) => {
	const { reasons, decision } = judge(answer);
	expect(reasons).toEqual(counts ? ['ODD', 'CONTRADICTORY'] : []);
	expect(decision).toBe(counts ? 'review' : 'pass');
});

test('one code of two checks is one reason and two issues', () => {
	const { reasons, issues } = judge(
		task({ issues: { liveness: { UNKNOWN: 'a' }, authentication: { UNKNOWN: 'b' } } }),
	);
	expect(reasons.filter((reason) => reason === 'UNKNOWN')).toHaveLength(1);
	expect(issues).toHaveLength(2);
});

describe('a code of Progeny or a provider', () => {
	const reasonsOf = (code: unknown) => judge(task({ ...BOTH, error_code: code, error: 'x' })).reasons;
	test.each<unknown>([
		...[
			'FACE_TOO_SMALL',
			'ProvisionedThroughputExceededException',
			'Please_upload_a_clear_photo_of_your_face',
			'LivenessProbabilityBelowConfiguredMinimumThreshold',
		],
		...['com.idrnd.ImageQuality-2', 'x', 'FACE_TOO_SMALL_'.repeat(4), 'Bad POST', 'Bad params', 'Bad face'],
		...['404', '-1', 7, -12, 'E1234', 'ERR-2FA.required'],
	])('%j is a reason as it is', (code) => {
		expect(reasonsOf(code)).toEqual([String(code), 'CONTRADICTORY']);
	});

	test.each<unknown>([
		...['Face too small', 'bad post', 'A'.repeat(61), '_X', '2FA', ' X', 'X\n', 'Grün', '1.5', 1.5, 1e21],
		`x${Buffer.from('encoded data, 42 bytes or more, is not a code').toString('base64')}`,
	])('%j is not a code, and an issue only', (code) => {
		expect(reasonsOf(code)).toEqual(['CONTRADICTORY']);
	});

	test.each<[string, string]>([
		['Face too small\n', 'Face too small'],
		['it '.repeat(300), `${'it '.repeat(99)}it…`],
		[`X ${Buffer.alloc(48, 'o3>x').toString('base64')}`, 'X ***'],
	])('%j is sanitized in the issues, as the name of its check is', (code, shown) => {
		expect(judge(task({ error_code: code, error: 'x' })).issues).toEqual([
			{ check: 'task', code: shown, message: 'x' },
		]);
		expect(judge(task({ issues: { 'live\u0000ness': { [code]: 'x' } } })).issues).toEqual([
			{ check: 'live ness', code: shown, message: 'x' },
		]);
	});

	test('as a key of issues follows the same rule', () => {
		const issues = { liveness: { 'Too dark to see': 'x', TOO_DARK: 'y' } };
		expect(judge(task({ ...BOTH, issues }))).toMatchObject({
			reasons: ['TOO_DARK', 'CONTRADICTORY'],
			issues: [{ code: 'Too dark to see' }, { code: 'TOO_DARK' }],
		});
	});
});

test.each<[string, unknown, string]>([
	['a text', 'Too dark', 'Too dark'],
	['a number', 5, ''],
	['null', null, ''],
	['control characters', 'Too\u0000\u202e\ndark', 'Too dark'],
	['a list of texts', ['Too', 'dark', 5], 'Too dark'],
])('a message that is %s', (_, message, shown) => {
	const { issues } = judge(task({ issues: { liveness: { DARK: message } } }));
	expect(issues).toEqual([{ check: 'liveness', code: 'DARK', message: shown }]);
});

describe('an error without a code', () => {
	test('is kept in the check that has it, beside the scores', () => {
		const liveness = { result: false, data: { error: 'Odd', score: 1 } };
		expect(judge(task({ ...BOTH, liveness }))).toMatchObject({ liveness: { error: 'Odd', score: 1 } });
		const coded = { result: false, data: { error: 'Odd', error_code: 'ODD' } };
		expect(judge(task({ ...BOTH, liveness: coded }))).toMatchObject({ liveness: { result: false } });
		expect(judge(task({ ...BOTH, liveness: coded }))).not.toHaveProperty('liveness.error');
	});

	test('is an issue of the task if no check has it', () => {
		expect(judge({ ...task(BOTH), errors: ['Odd', 'Other'] }).issues).toEqual([
			{ check: 'task', code: '', message: 'Odd Other' },
		]);
		expect(judge(task({ ...BOTH, error: 'Odd' }))).toMatchObject({
			reasons: ['CONTRADICTORY'],
			issues: [{ check: 'task', code: '', message: 'Odd' }],
		});
	});
});
