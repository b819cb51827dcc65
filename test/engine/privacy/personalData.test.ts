import type { IDataObject } from 'n8n-workflow';
import { IS_THOROUGH } from '../../support/thorough';
import { answerWith, jwt } from '../support/answers';
import { CONTINUE, failed } from '../support/check';
import type { NodeName, Ran } from '../support/engine';
import { textsIn } from '../support/leaks';
import { check, fakeProgeny, useProgeny, type Check } from '../support/progeny';
import { NODE_ROWS } from '../support/services';
import { logged, watchNodes } from './run';

useProgeny();
watchNodes();

/** Invented. No part of them is a word of a message. */
const PERSON = {
	name: 'Zdzislawa Quxworth-Okonkwo',
	born: '1974-08-12',
	number: 'ZX4471190',
	city: 'Xyzzyville',
};
const PARTS = ['zdzisl', 'quxworth', 'okonkwo', '1974', '12/8', 'zx4471190', 'xyzzyville'];

const DOCUMENT_NODES = NODE_ROWS.filter(([node]) =>
	['verifyIdentity', 'readDocument', 'backgroundCheck'].includes(node),
);

const run = (node: NodeName, options: IDataObject = {}, more: Check = {}): Promise<Ran> =>
	check({
		node,
		parameters: node === 'backgroundCheck' ? { fullName: PERSON.name, dateOfBirth: PERSON.born } : {},
		options: { timeout: 1, ...options },
		settings: CONTINUE,
		...more,
	});

/** Returns the parts of the person that are found in the output, in errors and hints, and in the logs. */
function foundIn({ outputs, error, hints, task }: Ran): string[] {
	const kept = [outputs, hints, error && [error.message, error.description], task?.error];
	const texts = [...textsIn(kept).map(({ text }) => text), ...logged].map((text) => text.toLowerCase());
	return PARTS.filter((part) => texts.some((text) => text.includes(part)));
}

/** Answers that say something about a person, at each place whose words could be repeated. */
const refusals = (words: string): Array<Parameters<typeof fakeProgeny>[0]> => [
	{ submit: () => [400, { fullname: [words] }] },
	{ submit: () => [403, { detail: words }] },
	{ submit: () => [429, { detail: words }] },
	{ submit: () => [404, { detail: words }] },
	{ task: () => [200, { status: 'FAILURE', result: { exc_type: 'E', exc_message: [words] } }] },
	{ task: () => [200, { status: 'FAILURE', result: words }] },
	{ task: () => [200, { status: 'error', message: words }] },
	{ task: () => [404, { detail: words }] },
	{ task: () => [422, { detail: words }] },
	{ task: () => [400, { id: 1, detail: words }] },
	{ submit: () => [401, {}], login: refusedFrom(1, 403, { detail: words }) },
	{ task: () => [401, {}], login: refusedFrom(1, 409, { detail: words }) },
	{ submit: () => [401, {}], login: refusedFrom(1, 200, { detail: words }) },
];

/** Logins that succeed before the given one, and are refused from then on, when the server has seen the person. */
const refusedFrom = (first: number, status: number, body: unknown) => (n: number) =>
	n < first ? loggedIn : ([status, body] as [number, unknown]);
const loggedIn: [number, unknown] = [200, { access: jwt(300), refresh: jwt(9_999) }];

test('no error repeats a name or a date that was sent, whatever the server says', async () => {
	for (const progeny of refusals(`${PERSON.name.toUpperCase()} * 12/8/74, 1974-8-12`)) {
		fakeProgeny(progeny);
		const ran = await run('backgroundCheck');
		expect(ran.json).toEqual([failed()]);
		expect(foundIn(ran)).toEqual([]);
	}
	fakeProgeny({ submit: () => [400, { fullname: [`Unknown alphabet in ${PERSON.name}`] }] });
	const { json } = await run('backgroundCheck');
	expect(json[0].error).toBe('Progeny did not accept the upload (HTTP 400)');
});

describe.each(DOCUMENT_NODES)('%s with Hide Personal Data', (node, { good, yes }) => {
	const document = {
		is_valid: true,
		is_expired: false,
		firstName: PERSON.name.split(' ')[0],
		lastName: PERSON.name.split(' ')[1],
		dateOfBirth: '1974-8-12',
		documentNumber: PERSON.number,
		address: PERSON.city,
		portrait_url: `https://x.example/${PERSON.number}.jpg`,
	};
	const hit = { doc: { name: PERSON.name, born: PERSON.born } };
	const noHit = { potential_match: false, risk_level: 'low', total_matches: 0, hits: [] };
	const withData = (data: IDataObject) => answerWith(good.answer, { document, ...data });
	const answers: Record<string, unknown> = {
		'a pass': withData({ background_check: noHit }),
		'a hit': withData({
			background_check: { potential_match: true, risk_level: PERSON.name, total_matches: 1, hits: [hit] },
		}),
		'an issue': withData({ issues: { document: { NAME: `${PERSON.name} is not allowed` } } }),
		'an error': withData({ error: `${PERSON.name}, ${PERSON.number}`, extend_data: { hit } }),
		'a check with more': withData({ liveness: { result: true, data: { of: PERSON.name } } }),
	};

	test.each(Object.entries(answers))(
		'%s: only the decision and its reasons are returned',
		async (_, answer) => {
			fakeProgeny({ task: () => [200, answer] });
			const shown = await run(node, { extendData: true });
			// A name that no list has is not repeated.
			const isNameless = node === 'backgroundCheck' && shown.json[0].decision === 'pass';
			expect(foundIn(shown).length > 0 || isNameless).toBe(true);
			const hidden = await run(node, { extendData: true, hidePersonalData: true });
			expect(foundIn(hidden)).toEqual([]);
			const { decision, reasons } = shown.json[0];
			expect(hidden.json[0]).toMatchObject({ decision, reasons });
			expect(hidden.json[0]).not.toHaveProperty('providerData');
			expect(yes.test(JSON.stringify(hidden.json))).toBe(decision === 'pass');
		},
	);

	test('of a failure only our own words remain', async () => {
		const words = `${PERSON.name} ${PERSON.born} ${PERSON.number}`;
		const all = IS_THOROUGH || node === 'verifyIdentity' ? refusals(words) : refusals(words).slice(0, 1);
		for (const progeny of all) {
			fakeProgeny(progeny);
			const { json, ...ran } = await run(node, { hidePersonalData: true });
			expect(foundIn({ json, ...ran })).toEqual([]);
			expect(json[0].error).not.toMatch(/[:;,(] *$|fullname/);
		}
	});
});
