import { randomUUID } from 'node:crypto';
import { storeOf } from '../engine/support/engine';
import type { NodeName } from '../engine/support/engine';
import { accountFor, baseUrl, outcomes, photoItem, runCounted, jpeg } from './support/client';
import { fileItem } from '../engine/support/items';
import type { IDataObject } from 'n8n-workflow';

/** A photo for every binary field. */
async function documents() {
	const fields = ['data', 'selfie', 'passport', 'front', 'back'];
	const items = await Promise.all(
		fields.map(async (field) => fileItem(await jpeg({ bytes: 9_000 + fields.indexOf(field) }), {}, field)),
	);
	return { json: {}, binary: Object.assign({}, ...items.map(({ binary }) => binary)) };
}

let registered: string;
beforeAll(async () => {
	const { json } = await runCounted({
		node: 'registerFace',
		items: [await photoItem()],
		account: accountFor(baseUrl()),
	});
	registered = String(json[0].uuid);
});

const card = { documentType: 'card' };
const withCheck = { options: { backgroundCheck: true } };
const person = { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };
const rows: Array<[string, NodeName, () => IDataObject]> = [
	['authenticate_face', 'authenticateFace', () => ({ uuid: registered })],
	['register_face', 'registerFace', () => ({})],
	['face_liveness', 'faceLiveness', () => ({})],
	['kyc_passport', 'verifyIdentity', () => ({})],
	['kyc_card', 'verifyIdentity', () => card],
	['kyc_passport_with_background_check', 'verifyIdentity', () => withCheck],
	['kyc_card_with_background_check', 'verifyIdentity', () => ({ ...card, ...withCheck })],
	['ocr_passport', 'readDocument', () => ({})],
	['ocr_card', 'readDocument', () => card],
	['background_check', 'backgroundCheck', () => person],
];

describe.each(rows)('%s', (service, node, parameters) => {
	test('passes', async () => {
		const ran = await runCounted({
			node,
			items: [await documents()],
			parameters: parameters(),
			account: accountFor(baseUrl('nginx')),
		});
		expect([outcomes(ran), ran.accepted.map((row) => row.service)]).toEqual([['pass'], [service]]);
		expect(ran.json[0]).not.toHaveProperty('issues');
	});

	test('passes by Submit and Get Task Result', async () => {
		const credentials = storeOf(accountFor(baseUrl('haproxy')));
		const setup = { node, items: [await documents()], credentials };
		const submitted = await runCounted({ ...setup, parameters: { ...parameters(), operation: 'submit' } });
		const { receipt } = submitted.json[0];
		expect(submitted.accepted.map(({ task_id }) => task_id)).toEqual([
			String(submitted.json[0].taskId).replaceAll('-', ''),
		]);
		const fetched = await runCounted({
			...setup,
			parameters: { ...parameters(), operation: 'getResult', receipt },
		});
		expect([outcomes(fetched), fetched.accepted]).toEqual([['pass'], []]);
	});
});

test('a UUID that nobody is registered under does not match', async () => {
	const ran = await runCounted({
		items: [await photoItem()],
		parameters: { uuid: randomUUID() },
		account: accountFor(baseUrl()),
	});
	expect(ran.json[0]).toMatchObject({ decision: 'fail', reasons: ['NOT_MATCHED'] });
});

test('a batch that outlives its tokens of 6 s passes, and each photo is accepted once', async () => {
	const ran = await runCounted({
		node: 'faceLiveness',
		items: await Promise.all(Array.from({ length: 12 }, () => photoItem({ comment: 'progress' }))),
		account: accountFor(baseUrl('nginx', 'shortTokens')),
	});
	expect(outcomes(ran)).toEqual(Array(12).fill('pass'));
	expect(ran.accepted).toHaveLength(12);
});
