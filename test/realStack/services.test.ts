import { randomUUID } from 'node:crypto';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { outcomesOf } from '../engine/support/check';
import { runNode, storeOf, type NodeName, type Ran } from '../engine/support/engine';
import { fileItem } from '../engine/support/items';
import { accepted, accountFor, baseUrl, jpeg, photoItem, runCounted } from './support/client';

/** Returns a photo for every binary field. */
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

/** Runs every service at once; returns each item's decision, and the services that accepted something. */
async function runAll(
	run: (node: NodeName, parameters: IDataObject, item: INodeExecutionData) => Promise<Ran>,
) {
	const before = accepted().length;
	const item = await documents();
	const ran = await Promise.all(rows.map(([, node, parameters]) => run(node, parameters(), item)));
	return { outcomes: ran.map((one) => outcomesOf(one)[0]), services: accepted().slice(before).sort() };
}
const all = { outcomes: rows.map(() => 'pass'), services: rows.map(([service]) => service).sort() };

test('every service passes, and accepts what is sent once', async () => {
	const account = accountFor(baseUrl('nginx'));
	expect(
		await runAll((node, parameters, item) => runNode({ node, items: [item], parameters, account })),
	).toEqual(all);
});

test('every service passes by Submit and Get Task Result', async () => {
	const credentials = storeOf(accountFor(baseUrl('haproxy')));
	const ran = await runAll(async (node, parameters, item) => {
		const setup = { node, items: [item], credentials };
		const { json } = await runNode({ ...setup, parameters: { ...parameters, operation: 'submit' } });
		const { receipt } = json[0];
		return await runNode({ ...setup, parameters: { ...parameters, operation: 'getResult', receipt } });
	});
	expect(ran).toEqual(all);
});

test('an unregistered UUID does not match', async () => {
	const ran = await runCounted({
		items: [await photoItem()],
		parameters: { uuid: randomUUID() },
		account: accountFor(baseUrl()),
	});
	expect(ran.json[0]).toMatchObject({ decision: 'fail', reasons: ['NOT_MATCHED'] });
});
