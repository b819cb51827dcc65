import { failed } from './support/check';
import { toolTypeOf } from './support/engine';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS } from './support/services';

useProgeny();

test.each(NODE_ROWS)(
	'%s as an AI tool tells the agent why it failed, whatever On Error says, and never that the person passed',
	async (node, { unsendable }) => {
		const traffic = fakeProgeny();
		const items = [{ json: {} }];
		const { status, outputs } = await check({ node, items, settings: { type: toolTypeOf(node) } });
		expect([status, outputs]).toEqual(['success', [[{ json: failed(unsendable), pairedItem: 0 }]]]);
		const ran = await check({ node, items });
		expect([ran.status, ran.outputs]).toEqual(['error', []]);
		expect(traffic.submits).toHaveLength(0);
	},
);

const HUGE = 'Zdzislawa Quxworth '.repeat(15);
const many = (key: string, value: unknown) =>
	Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${key}_${i}`, value]));
const check60 = {
	result: false,
	data: { ...many('is_left_eye_open', true), ...many('landmark', -1.23456789e-100), ...many('more', HUGE) },
};
const huge = {
	issues: {
		liveness: Object.fromEntries(
			Array.from({ length: 100 }, (_, i) => [
				`THE_FACE_IS_TOO_SMALL_FOR_THIS_PROVIDER_TO_BE_OF_A_USE_${i}`,
				HUGE,
			]),
		),
	},
	authentication: check60,
	compare: check60,
	liveness: check60,
	document: {
		is_valid: false,
		is_expired: true,
		dateOfBirth: '1990-9-4',
		dateOfExpiry: '2033-9-25',
		...Object.fromEntries(
			['fullName', 'firstName', 'lastName', 'documentNumber', 'nationality', 'sex'].map((key) => [key, HUGE]),
		),
	},
	background_check: {
		potential_match: true,
		risk_level: 'high',
		total_matches: 12,
		hits: Array.from({ length: 12 }, () => ({ name: HUGE, topics: ['sanction'] })),
	},
};

test.each(NODE_ROWS)(
	'%s answers an agent in less than 1 kB, whatever Progeny says, and never cuts the decision',
	async (node) => {
		const body = { id: 1, status: 'SUCCESS', result: { status: 200, data: huge } };
		fakeProgeny({ task: () => [200, body], submit: () => [200, { id: 'a.b:'.repeat(50) }] });
		const options = { extendData: true, includeInput: true, reference: 'r'.repeat(1000) };
		const whole = await check({ node, options });
		const { json } = await check({ node, options, settings: { type: toolTypeOf(node) } });
		const beside = ['receipt', 'providerData', 'input', 'reference'];
		const answer = Object.fromEntries(Object.entries(json[0]).filter(([key]) => !beside.includes(key)));
		expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(1024);
		expect(JSON.stringify(whole.json[0]).length).toBeGreaterThan(3000);
		const { decision, taskId, reasons } = whole.json[0];
		expect(answer).toMatchObject({ decision, taskId });
		expect(answer.reasons).toEqual(expect.arrayContaining((reasons as string[]).slice(0, 5)));
		expect(Object.keys(answer).slice(0, 3)).toEqual(Object.keys(whole.json[0]).slice(0, 3));
	},
);
