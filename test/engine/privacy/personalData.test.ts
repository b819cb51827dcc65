import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { PENDING, jwt } from '../support/answers';
import { runNode, type NodeName, type Ran } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, fakeProgeny, useProgeny } from '../support/progeny';
import { NODES, SERVICES } from '../support/services';
import { textsIn } from '../support/leaks';
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
const PARTS = ['zdzisl', 'ździsł', 'quxworth', 'okonkwo', '1974', '12.08', '12/8', 'zx4471190', 'xyzzyville'];

const DOCUMENT_NODES = NODES.filter(([node]) =>
	['verifyIdentity', 'readDocument', 'backgroundCheck'].includes(node),
);

const run = (node: NodeName, options: IDataObject = {}, parameters: IDataObject = {}): Promise<Ran> =>
	runNode({
		node,
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: {
			...SERVICES[node].inputs,
			...(node === 'backgroundCheck' ? { fullName: PERSON.name, dateOfBirth: PERSON.born } : {}),
			...parameters,
			options: { timeout: 1, ...options },
		},
		settings: { onError: 'continueRegularOutput' },
	});

/** The parts of the person that are found in what came out, in errors and hints, and in the logs. */
function foundIn({ outputs, error, hints, task }: Ran): string[] {
	const kept = [outputs, hints, error && [error.message, error.description], task?.error];
	const texts = [...textsIn(kept).map(({ text }) => text), ...logged].map((text) => text.toLowerCase());
	return PARTS.filter((part) => texts.some((text) => text.includes(part)));
}

/** What of the person a server may say, and where. */
const sentences = [
	`No record of ${PERSON.name}`,
	PERSON.name.toUpperCase(),
	`${PERSON.name.split(' ').reverse().join(', ')} born ${PERSON.born}`,
	'ZDZISLAWA Quxworth Okonkwo, 1974-8-12',
	'Ździsława quxworth--okonkwo * 12.08.1974, 12/8/74, 8/12/1974',
];
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

describe('no error repeats a name or a date that was sent, whatever the server says', () => {
	test.each(sentences)('%s', async (words) => {
		for (const progeny of refusals(words)) {
			nock.cleanAll();
			fakeProgeny(progeny);
			const ran = await run('backgroundCheck');
			expect(ran.json[0]).toEqual({ error: expect.any(String), message: expect.any(String) });
			expect(foundIn(ran)).toEqual([]);
		}
	});

	test('its words go as a whole', async () => {
		fakeProgeny({ submit: () => [400, { fullname: [`Unknown alphabet in ${PERSON.name}`] }] });
		const { json } = await run('backgroundCheck');
		expect(json[0].error).toBe('Progeny did not accept the upload (HTTP 400)');
	});
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
	const answerWith = (data: IDataObject) => ({
		...good.answer,
		result: { ...good.answer.result, data: { ...good.answer.result.data, document, ...data } },
	});
	const answers: Record<string, unknown> = {
		'a pass': answerWith({ background_check: noHit }),
		'a hit': answerWith({
			background_check: { potential_match: true, risk_level: PERSON.name, total_matches: 1, hits: [hit] },
		}),
		'an issue': answerWith({ issues: { document: { NAME: `${PERSON.name} is not allowed` } } }),
		'an error': answerWith({ error: `${PERSON.name}, ${PERSON.number}`, extend_data: { hit } }),
		'a check with more': answerWith({ liveness: { result: true, data: { of: PERSON.name } } }),
	};

	test.each(Object.entries(answers))('%s: only the decision and its reasons come out', async (_, answer) => {
		fakeProgeny({ task: () => [200, answer] });
		const shown = await run(node, { extendData: true });
		// A name that no list has is not repeated.
		const isNameless = node === 'backgroundCheck' && shown.json[0].decision === 'pass';
		expect(foundIn(shown).length > 0 || isNameless).toBe(true);
		const hidden = await run(node, { extendData: true, hidePersonalData: true });
		expect(foundIn(hidden)).toEqual([]);
		expect(hidden.json[0]).toMatchObject({
			decision: shown.json[0].decision,
			reasons: shown.json[0].reasons,
		});
		expect(hidden.json[0]).not.toHaveProperty('providerData');
	});

	test('a pass stays one', async () => {
		fakeProgeny({ task: () => [200, answers['a pass']] });
		const { json } = await run(node, { hidePersonalData: true });
		expect(JSON.stringify(json)).toMatch(yes);
	});

	test('of a failure only our own words remain', async () => {
		const words = `${PERSON.name} ${PERSON.born} ${PERSON.number}`;
		for (const progeny of refusals(words)) {
			nock.cleanAll();
			fakeProgeny(progeny);
			const { json, ...ran } = await run(node, { hidePersonalData: true });
			expect(foundIn({ json, ...ran })).toEqual([]);
			expect(json[0].error).not.toMatch(/[:;,(] *$|fullname/);
		}
	});
});

test.each(NODES)('a receipt of %s holds nothing of the person, in any operation', async (node) => {
	const reference = PERSON.number;
	fakeProgeny({ task: () => [200, PENDING] });
	const submitted = await run(node, { reference }, { operation: 'submit' });
	const timedOut = await run(node, { reference, onTimeout: 'review' });
	for (const { receipt } of [submitted.json[0], timedOut.json[0]]) {
		const payload = Buffer.from(String(receipt).split('.')[1], 'base64url').toString();
		expect(payload).toContain(SERVICES[node].path);
		const shown = `${String(receipt)} ${payload}`.toLowerCase();
		expect(PARTS.filter((part) => shown.includes(part))).toEqual([]);
	}
	const shown = Object.keys(SERVICES[node].shown);
	const fields = ['taskId', 'receipt', ...shown, 'submittedAt', 'reference'];
	expect(Object.keys(submitted.json[0])).toEqual(fields);
});
