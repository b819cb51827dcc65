import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BACKGROUND_CHECK } from '../unit/documented';
import { answerWith } from './support/answers';
import { CONTINUE, codeIn, failed } from './support/check';
import { runNode, type Ran, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, formOf, useProgeny } from './support/progeny';
import { SERVICES, type NodeName } from './support/services';

useProgeny();

const FIELDS = ['selfie', 'passport', 'front', 'back'] as const;
/** Returns an item with each photo under the name that the nodes look for by default. */
const documents = (changes: Record<string, Buffer | undefined> = {}): INodeExecutionData => {
	const photos = Object.fromEntries(FIELDS.map((field, i) => [field, tinyJpeg({ width: 8 + i })]));
	const files = Object.entries({ ...photos, ...changes }).flatMap(([field, photo]) =>
		photo === undefined ? [] : Object.entries(fileItem(photo, {}, field).binary!),
	);
	return { json: {}, binary: Object.fromEntries(files) };
};
const run = (node: NodeName, parameters: IDataObject, more: Partial<Setup> = {}): Promise<Ran> =>
	runNode({ node, account: ACCOUNT, items: [documents()], parameters, ...more });
const submit = { operation: 'submit' };
const card = { documentType: 'card' };
const withCheck = { options: { backgroundCheck: true } };
const jane = { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };
const NOTHING = { logins: [], submits: [], polls: [] };

describe('the parameters choose the service and its photos', () => {
	const PASSPORT = 'selfie_image passport_image';
	const CARD = 'selfie_image front_id back_id';
	const computed = { documentType: '={{ "card" }}' };
	test.each<[NodeName, IDataObject, string, string]>([
		['verifyIdentity', {}, 'kyc_passport', PASSPORT],
		['verifyIdentity', card, 'kyc_card', CARD],
		['verifyIdentity', withCheck, 'kyc_passport_with_background_check', PASSPORT],
		['verifyIdentity', { ...computed, ...withCheck }, 'kyc_card_with_background_check', CARD],
		// A broken expression does not switch the check off.
		[
			'verifyIdentity',
			{ options: { backgroundCheck: '={{ $json.nothing }}' } },
			'kyc_passport_with_background_check',
			PASSPORT,
		],
		['verifyIdentity', { options: { backgroundCheck: 'false' } }, 'kyc_passport', PASSPORT],
		['readDocument', {}, 'ocr_passport', 'passport_image'],
		['readDocument', card, 'ocr_card', 'front_id back_id'],
	])('%s with %j: %s with %s', async (node, parameters, service, files) => {
		const traffic = fakeProgeny();
		const { error } = await run(node, { ...submit, ...parameters });
		expect(error).toBeUndefined();
		const [sent] = traffic.submits;
		expect(sent.path).toBe(`/services/${service}/`);
		expect([...(await formOf(sent)).keys()].join(' ')).toBe(`extend_data ${files}`);
	});

	test('with an expression for the type, each photo is still found under a name of its own', async () => {
		const traffic = fakeProgeny();
		const { front, back } = documents().binary!;
		const names = { frontBinaryPropertyName: 'one', backBinaryPropertyName: '={{ "two" }}' };
		const items = [{ json: { type: 'card' }, binary: { one: front, two: back } }];
		await run('readDocument', { ...submit, documentType: '={{ $json.type }}', ...names }, { items });
		expect(traffic.submits.map(({ path }) => path)).toEqual(['/services/ocr_card/']);
	});

	test.each(['visa', 'Passport', '', null, 7, ['card'], undefined])(
		'%j is not a document type, and nothing is sent',
		async (value) => {
			for (const node of ['verifyIdentity', 'readDocument'] as const) {
				const traffic = fakeProgeny();
				const documentType = `={{ ${JSON.stringify(value) ?? '$json.nothing'} }}`;
				const { json } = await run(node, { documentType }, { settings: CONTINUE });
				expect(json).toEqual([failed('INVALID_DOCUMENT_TYPE')]);
				expect(traffic).toEqual(NOTHING);
			}
		},
	);
});

describe('every photo is checked before anything is sent', () => {
	const gif = Buffer.from('GIF89a\x01\0\x01\0', 'latin1');
	const same = tinyJpeg({ width: 8 });
	const SAME = /^Front Binary Field and Back Binary Field hold the same photo$/;
	test.each<[NodeName, string, string, RegExp, Record<string, Buffer | undefined>]>([
		['verifyIdentity', 'passport', 'NO_IMAGE', /selfie/, { selfie: undefined }],
		['readDocument', 'card', 'NO_IMAGE', /called back$/, { back: undefined }],
		['verifyIdentity', 'card', 'UNSUPPORTED_IMAGE', /field back is a GIF/, { back: gif }],
		['readDocument', 'card', 'SAME_IMAGE', SAME, { front: same, back: same }],
	])('%s, %s: %s, %s', async (node, documentType, code, message, changes) => {
		const traffic = fakeProgeny();
		const { error } = await run(node, { documentType }, { items: [documents(changes)] });
		expect(error!.message).toMatch(message);
		expect(codeIn(error!.description)).toBe(code);
		expect(traffic).toEqual(NOTHING);
	});

	test('the photos of another document do not count', async () => {
		const traffic = fakeProgeny();
		const items = [documents({ front: same, back: same, selfie: same })];
		await run('verifyIdentity', { documentType: 'passport', ...submit }, { items });
		expect(traffic.submits).toHaveLength(1);
	});
});

test('a 404 to an upload on an undocumented path, as JSON or as a page, says that the service may be missing', async () => {
	for (const body of [{ detail: 'Not found.' }, '<!doctype html><title>Page not found</title>']) {
		const traffic = fakeProgeny({ submit: () => [404, body] });
		const { error } = await run('verifyIdentity', withCheck);
		expect(error!.message).toMatch(/has no such service for this account \(HTTP 404\)$/);
		expect(error!.description).toMatch(/may not have/);
		expect(traffic.submits).toHaveLength(1);
	}
	fakeProgeny({ submit: () => [404, { detail: 'Not found.' }] });
	expect((await run('verifyIdentity', {})).error!.message).toMatch(/\(HTTP 404\): Not found\.$/);
});

test.each<[string, IDataObject]>([
	['INVALID_NAME', { fullName: '={{ undefined + " Doe" }}' }],
	['INVALID_DATE', { dateOfBirth: '1999-12-31T22:00:00.000Z' }],
])('%s: %j is not sent in any operation, and not repeated', async (code, change) => {
	for (const operation of ['check', 'submit', 'getResult']) {
		const traffic = fakeProgeny();
		const parameters = { ...jane, ...change, operation, receipt: 'pgr1.a.b' };
		const { json } = await run('backgroundCheck', parameters, { settings: CONTINUE });
		expect(json).toEqual([failed(code)]);
		expect(JSON.stringify(json)).not.toMatch(/Doe|1999/);
		expect(traffic).toEqual(NOTHING);
	}
});

test('a background check that comes without the envelope of a task, as documented, has ended', async () => {
	const traffic = fakeProgeny({ task: () => [200, BACKGROUND_CHECK] });
	const { json } = await run('backgroundCheck', jane);
	expect(json[0]).toMatchObject({ clear: true, decision: 'pass', reasons: [] });
	expect(traffic.polls).toHaveLength(1);
});

describe('a receipt is bound to what chose the service and to the texts', () => {
	test.each<[NodeName, IDataObject, IDataObject]>([
		['verifyIdentity', {}, card],
		['verifyIdentity', {}, withCheck],
		['backgroundCheck', jane, { ...jane, fullName: 'JANE DOE' }],
	])('%s, made with %j, is refused with %j', async (node, made, redeemed) => {
		const traffic = fakeProgeny();
		const { json, credentials } = await run(node, { ...made, ...submit });
		const { receipt } = json[0];
		const fetch = (parameters: IDataObject) =>
			run(node, { ...parameters, operation: 'getResult', receipt }, { credentials, items: [{ json: {} }] });
		expect(codeIn((await fetch(redeemed)).error!.description)).toBe('INVALID_RECEIPT');
		expect(traffic.polls).toEqual([]);
		expect((await fetch(made)).error).toBeUndefined();
	});
});

describe('what is expected of a document', () => {
	const { good } = SERVICES.readDocument;
	const document = good.answer.result.data.document as object;
	const answer = (changes: IDataObject) => answerWith(good.answer, { document: { ...document, ...changes } });
	/** Returns the decision of the only item, with its hints; `date` is the time by Progeny's clock. */
	const read = async (
		changes: IDataObject,
		options: IDataObject,
		timezone?: string,
		date?: string,
	): Promise<IDataObject> => {
		const headers = date && { Date: new Date(date).toUTCString() };
		fakeProgeny({ task: () => [200, answer(changes), headers || {}] });
		const workflowSettings = timezone === undefined ? {} : { timezone };
		const { json, hints } = await run('readDocument', { options }, { workflowSettings });
		return { ...json[0], hints: hints.map(({ message }) => message) };
	};
	const atNoon = () => jest.setSystemTime(new Date('2026-03-01T11:30:00Z'));

	test.each<[IDataObject, string, string[]]>([
		[{ minAge: 31, expectedName: 'Doe, Jane' }, 'pass', []],
		[{ minAge: '={{ $json.nothing }}' }, 'review', ['AGE_UNKNOWN']],
		[{ minValidityDays: 1 }, 'review', ['EXPIRY_UNKNOWN']],
		[{ expectedName: 'Jane Dow' }, 'review', ['NAME_MISMATCH']],
		[{ expectedName: '={{ $json.nothing }}' }, 'review', ['NAME_UNKNOWN']],
		[{ expectedDateOfBirth: '1990-09-04' }, 'review', ['DATE_OF_BIRTH_UNKNOWN']],
	])('%j: %s for %j', async (options, decision, reasons) => {
		expect(await read({}, options)).toMatchObject({ decision, reasons });
	});

	test('today is the day in the time zone of the workflow', async () => {
		atNoon();
		const inZone = (zone: string) => read({ dateOfExpiry: '2026-3-1' }, { minValidityDays: 0 }, zone);
		expect(await inZone('Etc/UTC')).toMatchObject({ decision: 'pass', document: { expiresInDays: 0 } });
		const later = await inZone('Pacific/Kiritimati');
		expect(later).toMatchObject({ decision: 'review', document: { expiresInDays: -1 } });
	});

	test('in an unusable time zone, what depends on the day is reviewed, and a hint names the zone', async () => {
		atNoon();
		const zone = '"Pacific/Kiritimati"';
		const born = { dateOfBirth: '2008-3-2', age: 18 };
		const hints = [expect.stringContaining(zone)];
		expect(await read(born, { minAge: 18 }, zone)).toMatchObject({ reasons: ['AGE_UNKNOWN'], hints });
		const expiry = await read({ dateOfExpiry: '2026-3-1' }, {}, zone);
		expect(expiry).toMatchObject({ reasons: ['EXPIRY_UNKNOWN'], hints });
		const older = await read({ ...born, dateOfBirth: '2008-2-28' }, { minAge: 18 }, zone);
		expect(older).toMatchObject({ decision: 'pass', hints: [] });
	});

	test("by a clock that is days off from Progeny's, what depends on the day is reviewed, and a hint says so", async () => {
		atNoon();
		const [near, far] = ['2026-02-28T12:00:00Z', '2026-02-10T12:00:00Z'];
		const at = (date: string) => read({ dateOfBirth: '2008-2-20', age: 18 }, { minAge: 18 }, undefined, date);
		const hints = [expect.stringContaining('clock')];
		expect(await at(far)).toMatchObject({ reasons: ['AGE_UNKNOWN'], hints });
		expect(await at(near)).toMatchObject({ decision: 'pass', hints: [] });
		fakeProgeny({ task: () => [200, answer({}), { Date: new Date(far).toUTCString() }] });
		const { json, credentials } = await run('readDocument', submit);
		const { receipt } = json[0];
		const fetched = await run('readDocument', { operation: 'getResult', receipt }, { credentials });
		expect(fetched.json[0]).toMatchObject({ reasons: ['TOO_OLD'] });
	});
});
