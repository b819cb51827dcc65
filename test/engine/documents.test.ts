import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BACKGROUND_CHECK } from '../unit/documented';
import { answerWith } from './support/answers';
import { CONTINUE, codeIn, failed } from './support/check';
import { runNode, type Ran, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useProgeny } from './support/progeny';
import { SERVICES, type NodeName } from './support/services';

useProgeny();

const FIELDS = ['selfie', 'passport', 'front', 'back'] as const;
/** An item with each photo under the name that the nodes look for by default. */
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
		['verifyIdentity', { documentType: 'passport' }, 'kyc_passport', PASSPORT],
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
		['readDocument', computed, 'ocr_card', 'front_id back_id'],
	])('%s with %j: %s with %s', async (node, parameters, service, files) => {
		const traffic = fakeProgeny();
		const { error } = await run(node, { ...submit, ...parameters });
		expect(error).toBeUndefined();
		const [{ path, body, type }] = traffic.submits;
		expect(path).toBe(`/services/${service}/`);
		const form = await new Response(body, { headers: { 'content-type': type } }).formData();
		expect([...form.keys()].join(' ')).toBe(`extend_data ${files}`);
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
	test.each<[NodeName, string, string, RegExp, Record<string, Buffer | undefined>]>([
		['verifyIdentity', 'passport', 'NO_IMAGE', /selfie/, { selfie: undefined }],
		['verifyIdentity', 'passport', 'NO_IMAGE', /passport/, { passport: undefined }],
		['verifyIdentity', 'card', 'NO_IMAGE', /called front$/, { front: undefined }],
		['readDocument', 'card', 'NO_IMAGE', /called back$/, { back: undefined }],
		['verifyIdentity', 'card', 'UNSUPPORTED_IMAGE', /field back is a GIF/, { back: gif }],
		['readDocument', 'card', 'EMPTY_IMAGE', /field front is empty/, { front: Buffer.alloc(0) }],
		[
			'verifyIdentity',
			'passport',
			'SAME_IMAGE',
			/^Selfie Binary Field and Passport Binary Field hold the same photo$/,
			{ passport: same },
		],
		[
			'readDocument',
			'card',
			'SAME_IMAGE',
			/^Front Binary Field and Back Binary Field hold the same photo$/,
			{ front: same, back: same },
		],
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

describe('a 404 to an upload', () => {
	const PAGE = '<!doctype html><html><title>Page not found at /api/v3</title></html>';
	test.each<[string, unknown, IDataObject, RegExp, RegExp]>([
		[
			'JSON',
			{ detail: 'Not found.' },
			withCheck,
			/has no such service for this account \(HTTP 404\)$/,
			/may not have/,
		],
		['a page', PAGE, withCheck, /has no such service for this account \(HTTP 404\)$/, /may not have/],
		['JSON', { detail: 'Not found.' }, {}, /\(HTTP 404\): Not found\.$/, /Nothing was submitted/],
		['a page', PAGE, {}, /HTTP 404/, /firewall/],
	])('as %s of %j with %j is a refusal: only an undocumented path may be missing', async (...row) => {
		const [, body, parameters, message, remedy] = row;
		const traffic = fakeProgeny({ submit: () => [404, body] });
		const { error } = await run('verifyIdentity', parameters);
		expect(error!.message).toMatch(message);
		expect(error!.description).toMatch(remedy);
		expect(traffic.submits).toHaveLength(1);
	});
});

describe('a name or a date that cannot be sent', () => {
	test.each<[IDataObject, string]>([
		[{ fullName: '={{ $json.name }}' }, 'INVALID_NAME'],
		[{ fullName: '={{ undefined + " Doe" }}' }, 'INVALID_NAME'],
		[{ dateOfBirth: '1999-12-31T22:00:00.000Z' }, 'INVALID_DATE'],
		[{ dateOfBirth: '={{ $json.born }}' }, 'INVALID_DATE'],
	])('%j: %s, in every operation, without repeating it', async (change, code) => {
		for (const operation of ['check', 'submit', 'getResult']) {
			const traffic = fakeProgeny();
			const parameters = { ...jane, ...change, operation, receipt: 'pgr1.a.b' };
			const { json } = await run('backgroundCheck', parameters, { settings: CONTINUE });
			expect(json).toEqual([failed(code)]);
			expect(JSON.stringify(json)).not.toMatch(/Doe|1999/);
			expect(traffic).toEqual(NOTHING);
		}
	});
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
		['verifyIdentity', withCheck, {}],
		['readDocument', card, { documentType: 'passport' }],
		['backgroundCheck', jane, { ...jane, fullName: 'JANE DOE' }],
		['backgroundCheck', jane, { ...jane, dateOfBirth: '1990-09-05' }],
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
		[{ minAge: 32 }, 'fail', ['UNDER_AGE']],
		[{ minAge: '={{ $json.nothing }}' }, 'review', ['AGE_UNKNOWN']],
		[{ minValidityDays: 1 }, 'review', ['EXPIRY_UNKNOWN']],
		[{ expectedName: 'Jane Dow' }, 'review', ['NAME_MISMATCH']],
		[{ expectedName: '={{ $json.nothing }}' }, 'review', ['NAME_UNKNOWN']],
		[{ expectedDateOfBirth: '1990-09-04' }, 'review', ['DATE_OF_BIRTH_UNKNOWN']],
	])('%j: %s for %j', async (options, decision, reasons) => {
		expect(await read({}, options)).toMatchObject({ decision, reasons });
	});

	test('a date of birth is compared as a day', async () => {
		const born = { dateOfBirth: '1990-9-4', age: -1 };
		const reasonsFor = async (expectedDateOfBirth: string) =>
			(await read(born, { expectedDateOfBirth })).reasons;
		expect(await reasonsFor('1990-09-04')).toEqual([]);
		expect(await reasonsFor('1990-04-09')).toEqual(['DATE_OF_BIRTH_MISMATCH']);
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
		const at = (date: string, changes: IDataObject, options = {}) => read(changes, options, undefined, date);
		const born = { dateOfBirth: '2008-2-20', age: 18 };
		const hints = [expect.stringContaining('clock')];
		expect(await at(far, born, { minAge: 18 })).toMatchObject({ reasons: ['AGE_UNKNOWN'], hints });
		expect(await at(near, born, { minAge: 18 })).toMatchObject({ decision: 'pass', hints: [] });
		expect(await at(far, { dateOfExpiry: '2026-2-20' })).toMatchObject({ reasons: ['EXPIRY_UNKNOWN'] });
		expect(await at(far, { dateOfExpiry: '2036-2-20' }, { minAge: 18 })).toMatchObject({ decision: 'pass' });

		fakeProgeny({ task: () => [200, answer({}), { Date: new Date(far).toUTCString() }] });
		const { json, credentials } = await run('readDocument', submit);
		const { receipt } = json[0];
		const fetched = await run('readDocument', { operation: 'getResult', receipt }, { credentials });
		expect(fetched.json[0]).toMatchObject({ reasons: ['TOO_OLD'] });
	});
});
