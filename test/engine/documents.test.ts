import nock from 'nock';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { BACKGROUND_CHECK } from '../unit/documented';
import { runNode, type NodeName, type Ran, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, useNock } from './support/progeny';
import { SERVICES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

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
const withCheck = { options: { backgroundCheck: true } };

describe('the parameters choose the service and its photos', () => {
	test.each<[NodeName, IDataObject, string, string[]]>([
		['verifyIdentity', {}, 'kyc_passport', ['selfie_image', 'passport_image']],
		['verifyIdentity', { documentType: 'passport' }, 'kyc_passport', ['selfie_image', 'passport_image']],
		['verifyIdentity', { documentType: 'card' }, 'kyc_card', ['selfie_image', 'front_id', 'back_id']],
		['verifyIdentity', withCheck, 'kyc_passport_with_background_check', ['selfie_image', 'passport_image']],
		[
			'verifyIdentity',
			{ documentType: '={{ "card" }}', ...withCheck },
			'kyc_card_with_background_check',
			['selfie_image', 'front_id', 'back_id'],
		],
		[
			'verifyIdentity',
			{ options: { backgroundCheck: '={{ $json.nothing }}' } },
			'kyc_passport_with_background_check',
			['selfie_image', 'passport_image'],
		],
		[
			'verifyIdentity',
			{ options: { backgroundCheck: 'false' } },
			'kyc_passport',
			['selfie_image', 'passport_image'],
		],
		['readDocument', {}, 'ocr_passport', ['passport_image']],
		['readDocument', { documentType: 'card' }, 'ocr_card', ['front_id', 'back_id']],
		['readDocument', { documentType: '={{ "card" }}' }, 'ocr_card', ['front_id', 'back_id']],
	])('%s with %j: %s with %j', async (node, parameters, service, files) => {
		const traffic = fakeProgeny();
		const { error } = await run(node, { ...submit, ...parameters });
		expect(error).toBeUndefined();
		const [{ path, body, type }] = traffic.submits;
		expect(path).toBe(`/services/${service}/`);
		const form = await new Response(body, { headers: { 'content-type': type } }).formData();
		expect([...form.keys()]).toEqual(['extend_data', ...files]);
	});

	test('with an expression for the type, each photo is still found under a name of its own', async () => {
		const traffic = fakeProgeny();
		const { front, back } = documents().binary!;
		const { error } = await run(
			'readDocument',
			{
				...submit,
				documentType: '={{ $json.type }}',
				frontBinaryPropertyName: 'one',
				backBinaryPropertyName: '={{ "two" }}',
			},
			{ items: [{ json: { type: 'card' }, binary: { one: front, two: back } }] },
		);
		expect(error).toBeUndefined();
		expect(traffic.submits.map(({ path }) => path)).toEqual(['/services/ocr_card/']);
	});

	test.each(['visa', 'Passport', '', null, 7, ['card'], '={{ $json.nothing }}'])(
		'%j is no document type, and nothing is sent',
		async (documentType) => {
			for (const node of ['verifyIdentity', 'readDocument'] as const) {
				nock.cleanAll();
				const traffic = fakeProgeny();
				const { json } = await run(
					node,
					{
						documentType:
							typeof documentType === 'string' && documentType.startsWith('=')
								? documentType
								: `={{ ${JSON.stringify(documentType)} }}`,
					},
					{ settings: { onError: 'continueRegularOutput' } },
				);
				expect(json[0].message).toMatch(/^\[INVALID_DOCUMENT_TYPE\] /);
				expect(traffic).toEqual({ logins: [], submits: [], polls: [] });
			}
		},
	);
});

describe('every photo is checked before anything is sent', () => {
	const gif = Buffer.from('GIF89a\x01\0\x01\0', 'latin1');
	const same = tinyJpeg({ width: 8 });
	test.each<[string, NodeName, string, Record<string, Buffer | undefined>, string, RegExp]>([
		...(['selfie', 'passport'] as const).map(
			(field) =>
				[
					`no ${field}`,
					'verifyIdentity',
					'passport',
					{ [field]: undefined },
					'NO_IMAGE',
					new RegExp(field),
				] as [string, NodeName, string, Record<string, Buffer | undefined>, string, RegExp],
		),
		['no front', 'verifyIdentity', 'card', { front: undefined }, 'NO_IMAGE', /called front$/],
		['no back', 'readDocument', 'card', { back: undefined }, 'NO_IMAGE', /called back$/],
		[
			'a back that is a GIF',
			'verifyIdentity',
			'card',
			{ back: gif },
			'UNSUPPORTED_IMAGE',
			/field back is a GIF/,
		],
		[
			'an empty front',
			'readDocument',
			'card',
			{ front: Buffer.alloc(0) },
			'EMPTY_IMAGE',
			/field front is empty/,
		],
		[
			'a selfie that is the passport',
			'verifyIdentity',
			'passport',
			{ passport: same },
			'SAME_IMAGE',
			/^Selfie Binary Field and Passport Binary Field hold the same photo$/,
		],
		[
			'a front that is the back',
			'readDocument',
			'card',
			{ front: same, back: same },
			'SAME_IMAGE',
			/^Front Binary Field and Back Binary Field hold the same photo$/,
		],
	])('%s: %s of a %s', async (_, node, documentType, changes, code, message) => {
		const traffic = fakeProgeny();
		const { error } = await run(node, { documentType }, { items: [documents(changes)] });
		expect(error!.message).toMatch(message);
		expect(error!.description).toMatch(new RegExp(`^\\[${code}\\] `));
		expect(traffic).toEqual({ logins: [], submits: [], polls: [] });
	});

	test('a photo that another field of another document holds is none of this one', async () => {
		const traffic = fakeProgeny();
		const items = [documents({ front: same, back: same, selfie: same })];
		await run('verifyIdentity', { documentType: 'passport', ...submit }, { items });
		expect(traffic.submits).toHaveLength(1);
	});
});

describe('a 404 to an upload', () => {
	const PAGE = '<!doctype html><html><title>Page not found at /api/v3</title></html>';
	test.each<[string, unknown]>([
		['in JSON', { detail: 'Not found.' }],
		['as a page', PAGE],
	])('%s, on a path that is not documented: the account may not have the service', async (_, body) => {
		const traffic = fakeProgeny({ submit: () => [404, body] });
		const { error } = await run('verifyIdentity', withCheck);
		expect(error!.message).toBe('Progeny has no such service for this account (HTTP 404)');
		expect(error!.description).toMatch(/^\[SUBMIT_REJECTED\] .*This account may not have the service/);
		expect(traffic.submits).toHaveLength(1);
	});

	test('on a documented path it is a refusal, or a page of somebody else', async () => {
		fakeProgeny({ submit: (n) => [404, n === 0 ? { detail: 'Not found.' } : PAGE] });
		expect((await run('verifyIdentity', {})).error!.message).toMatch(/\(HTTP 404\): Not found\.$/);
		expect((await run('verifyIdentity', {})).error!.description).toMatch(/firewall/);
	});
});

describe('a name or a date that cannot be sent', () => {
	const jane = { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };
	test.each<[IDataObject, string]>([
		[{ fullName: '={{ " " }}' }, 'INVALID_NAME'],
		[{ fullName: '={{ $json.name }}' }, 'INVALID_NAME'],
		[{ fullName: '={{ undefined + " Doe" }}' }, 'INVALID_NAME'],
		[{ dateOfBirth: '1999-12-31T22:00:00.000Z' }, 'INVALID_DATE'],
		[{ dateOfBirth: '2001-02-29' }, 'INVALID_DATE'],
		[{ dateOfBirth: '4.9.1990' }, 'INVALID_DATE'],
		[{ dateOfBirth: '={{ $json.born }}' }, 'INVALID_DATE'],
	])('%j: %s, in every operation, without repeating it', async (change, code) => {
		for (const operation of ['check', 'submit', 'getResult']) {
			nock.cleanAll();
			const traffic = fakeProgeny();
			const parameters = { ...jane, ...change, operation, receipt: 'pgr1.a.b' };
			const { json } = await run('backgroundCheck', parameters, {
				settings: { onError: 'continueRegularOutput' },
			});
			expect(json).toEqual([
				{ error: expect.any(String), message: expect.stringMatching(`^\\[${code}\\] `) },
			]);
			expect(JSON.stringify(json)).not.toMatch(/Doe|1999|2001|4\.9/);
			expect(traffic).toEqual({ logins: [], submits: [], polls: [] });
		}
	});

	test.each([
		['2000-01-01T00:00:00+02:00', '2000-01-01'],
		['={{ DateTime.fromISO("1990-09-04") }}', '1990-09-04'],
		[' 1990-09-04 ', '1990-09-04'],
	])('the date %s is sent as %s', async (dateOfBirth, sent) => {
		const traffic = fakeProgeny();
		await run('backgroundCheck', { ...jane, dateOfBirth, ...submit });
		expect(traffic.submits[0].body.toString()).toMatch(`name="birth_date"\r\n\r\n${sent}\r\n`);
	});
});

test('a background check that comes without the envelope of a task, as documented, has ended', async () => {
	const traffic = fakeProgeny({ task: () => [200, BACKGROUND_CHECK] });
	const { json } = await run('backgroundCheck', { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' });
	expect(json[0]).toMatchObject({ clear: true, decision: 'pass', reasons: [] });
	expect(traffic.polls).toHaveLength(1);
});

describe('a receipt is bound to what chose the service and to the texts', () => {
	const jane = { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };
	test.each<[NodeName, IDataObject, IDataObject]>([
		['verifyIdentity', {}, { documentType: 'card' }],
		['verifyIdentity', {}, withCheck],
		['verifyIdentity', withCheck, {}],
		['readDocument', { documentType: 'card' }, { documentType: 'passport' }],
		['backgroundCheck', jane, { ...jane, fullName: 'Jane Dow' }],
		['backgroundCheck', jane, { ...jane, fullName: 'JANE DOE' }],
		['backgroundCheck', jane, { ...jane, dateOfBirth: '1990-09-05' }],
	])('%s, made with %j, is refused with %j', async (node, made, redeemed) => {
		const traffic = fakeProgeny();
		const { json, credentials } = await run(node, { ...made, ...submit });
		const { receipt } = json[0];
		const fetch = (parameters: IDataObject) =>
			run(node, { ...parameters, operation: 'getResult', receipt }, { credentials, items: [{ json: {} }] });
		expect((await fetch(redeemed)).error!.description).toMatch(/^\[INVALID_RECEIPT\] /);
		expect(traffic.polls).toEqual([]);
		expect((await fetch(made)).error).toBeUndefined();
	});
});

describe('what is expected of a document', () => {
	const { good } = SERVICES.readDocument;
	const document = good.answer.result.data.document as IDataObject;
	const answer = (changes: IDataObject) => ({
		...good.answer,
		result: { status: 200, data: { document: { ...document, ...changes } } },
	});
	const read = async (changes: IDataObject, options: IDataObject, workflowSettings: IDataObject = {}) => {
		nock.cleanAll();
		fakeProgeny({ task: () => [200, answer(changes)] });
		const { json } = await run('readDocument', { options }, { workflowSettings });
		return json[0];
	};

	test.each<[string, IDataObject, IDataObject, string[]]>([
		['a minimum age that is met', { age: 31 }, { minAge: 31 }, []],
		['a minimum age that is not', { age: 31 }, { minAge: 32 }, ['UNDER_AGE']],
		['an age that is not known', { age: -1 }, { minAge: 18 }, ['AGE_UNKNOWN']],
		['a minimum age that resolves to nothing', {}, { minAge: '={{ $json.nothing }}' }, ['AGE_UNKNOWN']],
		['a validity without a date', {}, { minValidityDays: 1 }, ['EXPIRY_UNKNOWN']],
		['the same name', {}, { expectedName: 'Doe, Jane' }, []],
		['another name', {}, { expectedName: 'Jane Dow' }, ['NAME_MISMATCH']],
		['a name that resolves to nothing', {}, { expectedName: '={{ $json.nothing }}' }, ['NAME_UNKNOWN']],
		['the same day', { dateOfBirth: '1990-9-4', age: -1 }, { expectedDateOfBirth: '1990-09-04' }, []],
		[
			'another day',
			{ dateOfBirth: '1990-9-4', age: -1 },
			{ expectedDateOfBirth: '1990-04-09' },
			['DATE_OF_BIRTH_MISMATCH'],
		],
		['a day that is not known', {}, { expectedDateOfBirth: '1990-09-04' }, ['DATE_OF_BIRTH_UNKNOWN']],
	])('%s', async (_, changes, options, reasons) => {
		expect(await read(changes, options)).toMatchObject({
			decision: reasons.length === 0 ? 'pass' : reasons[0] === 'UNDER_AGE' ? 'fail' : 'review',
			reasons,
		});
	});

	test('today is the day in the time zone of the workflow', async () => {
		jest.setSystemTime(new Date('2026-03-01T11:30:00Z'));
		const expiring = { dateOfExpiry: '2026-3-1' };
		const inZone = (timezone: string) => read(expiring, { minValidityDays: 0 }, { timezone });
		expect(await inZone('Etc/UTC')).toMatchObject({ decision: 'pass', document: { expiresInDays: 0 } });
		expect(await inZone('Pacific/Kiritimati')).toMatchObject({
			decision: 'review',
			document: { expiresInDays: -1 },
		});
	});

	test('in a time zone that cannot be used, what depends on the day is reviewed, and a hint names the zone', async () => {
		jest.setSystemTime(new Date('2026-03-01T11:30:00Z'));
		const inZone = async (changes: IDataObject, options: IDataObject) => {
			nock.cleanAll();
			fakeProgeny({ task: () => [200, answer(changes)] });
			const { json, hints } = await run(
				'readDocument',
				{ options },
				{ workflowSettings: { timezone: '"Pacific/Kiritimati"' } },
			);
			return { ...json[0], hints: hints.map(({ message }) => message) };
		};
		const born = { dateOfBirth: '2008-3-2', age: 18 };
		const hints = [expect.stringContaining('"Pacific/Kiritimati"')];
		expect(await inZone(born, { minAge: 18 })).toMatchObject({ reasons: ['AGE_UNKNOWN'], hints });
		expect(await inZone({ dateOfExpiry: '2026-3-1' }, {})).toMatchObject({
			reasons: ['EXPIRY_UNKNOWN'],
			hints,
		});
		expect(await inZone({ ...born, dateOfBirth: '2008-2-28' }, { minAge: 18 })).toMatchObject({
			decision: 'pass',
			hints: [],
		});
	});

	test("by a clock that is days off from Progeny's, what depends on the day is reviewed, and a hint says so", async () => {
		jest.setSystemTime(new Date('2026-03-01T11:30:00Z'));
		const at = async (date: string, changes: IDataObject, options: IDataObject) => {
			nock.cleanAll();
			fakeProgeny({ task: () => [200, answer(changes), { Date: new Date(date).toUTCString() }] });
			const { json, hints } = await run('readDocument', { options });
			return { ...json[0], hints: hints.map(({ message }) => message) };
		};
		const born = { dateOfBirth: '2008-2-20', age: 18 };
		const hints = [expect.stringContaining('clock')];
		const [near, far] = ['2026-02-28T12:00:00Z', '2026-02-10T12:00:00Z'];
		expect(await at(far, born, { minAge: 18 })).toMatchObject({ reasons: ['AGE_UNKNOWN'], hints });
		expect(await at(near, born, { minAge: 18 })).toMatchObject({ decision: 'pass', hints: [] });
		expect(await at(far, { dateOfExpiry: '2026-2-20' }, {})).toMatchObject({ reasons: ['EXPIRY_UNKNOWN'] });
		expect(await at(far, { dateOfExpiry: '2036-2-20' }, { minAge: 18 })).toMatchObject({ decision: 'pass' });

		nock.cleanAll();
		fakeProgeny({ task: () => [200, answer({}), { Date: new Date(far).toUTCString() }] });
		const { json: submitted, credentials } = await run('readDocument', submit);
		const ofReceipt = { operation: 'getResult', receipt: submitted[0].receipt };
		const fetched = await run('readDocument', ofReceipt, { credentials });
		expect(fetched.json[0]).toMatchObject({ reasons: ['TOO_OLD'] });
	});
});
