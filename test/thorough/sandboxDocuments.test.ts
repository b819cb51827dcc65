import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { SettingsChange } from '../../sandbox';
import { DocumentReader } from '../../sandbox/document/reader';
import { photo, sandboxForFile, upload } from '../sandbox/support/client';

const collins = 'eileen-collins.png';
const hopper = 'grace-hopper.jpg';
const folder = join(__dirname, '../../photos/documents');

const client = sandboxForFile();
afterEach(() => client.sandbox.set({ minFaceSize: 100, thresholds: { liveness: 0.5 } }));

const specimen = (name: string) => photo(`documents/${name}.png`);
const passport = (name: string) => ({ passport_image: specimen(name) });
const card = (name: string) => ({ front_id: specimen(`${name}-front`), back_id: specimen(`${name}-back`) });

/** Submits pictures to a document service and returns `result` of its answer. */
async function run(service: string, pictures: Record<string, Buffer>, extend = 'false') {
	const files = Object.entries(pictures).map(([name, bytes]) => [name, upload(bytes, 'photo.png')]);
	const form = { ...Object.fromEntries(files), extend_data: extend };
	return (await client.run(service, form)).json.result;
}

async function verify(document: Record<string, Buffer>, selfie: string | Buffer) {
	const service = 'front_id' in document ? 'kyc_card' : 'kyc_passport';
	const bytes = typeof selfie === 'string' ? photo(selfie) : selfie;
	return await run(`${service}_with_background_check`, { selfie_image: bytes, ...document });
}

const anna = {
	is_valid: true,
	is_expired: false,
	dateOfBirth: '1974-8-12',
	age: expect.any(Number),
	firstName: 'ANNA MARIA',
	lastName: 'ERIKSSON',
	dateOfIssue: 'None-None-None',
	dateOfExpiry: '2034-4-15',
	documentNumber: 'X47312964',
	sex: 'F',
	nationality: 'UTO',
	portrait: expect.stringMatching(/^images\/services\/(ocr|kyc)_\w+\/\d{10}\.jpg$/),
	portrait_url: expect.stringMatching(/^https:\/\/media\.sandbox\.invalid\/media\/images\//),
};
const clear = { potential_match: false, risk_level: 'unknown', total_matches: 0, hits: [] };

const erika = { dateOfBirth: '1961-2-14', firstName: 'ERIKA', lastName: 'MUSTERMANN' };
const vera = { dateOfBirth: '1969-7-3', firstName: 'VERA', lastName: 'NEMO' };
const specimenOf = (holder: string, name: string, fields: object = {}) =>
	[name, name.startsWith('card') ? card(name) : passport(name), holder, { ...anna, ...fields }] as const;
const documents = [
	specimenOf(collins, 'passport-eriksson'),
	specimenOf(hopper, 'passport-mustermann', {
		...erika,
		dateOfExpiry: '2034-9-26',
		documentNumber: 'X51826437',
	}),
	specimenOf(hopper, 'passport-nemo-watch-list', {
		...vera,
		dateOfExpiry: '2034-9-26',
		documentNumber: 'X61749582',
	}),
	specimenOf(collins, 'passport-eriksson-expired', {
		...{ is_expired: true, dateOfExpiry: '2019-4-15', documentNumber: 'X35174628' },
	}),
	specimenOf(collins, 'passport-eriksson-wrong-digit', { is_valid: false }),
	specimenOf(collins, 'card-eriksson'),
];

it('covers every specimen, and none is large', () => {
	const names = readdirSync(folder).map((name) => name.replace(/(-front|-back)?\.png$/, ''));
	expect([...new Set(names)].sort()).toEqual(documents.map(([name]) => name).sort());
	for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(150_000);
});

it.each(documents)(
	'%s is read without a mistake, and matches its holder only',
	async (name, pictures, holder, document) => {
		const hit = { potential_match: true, risk_level: 'high', total_matches: 1, hits: [expect.any(Object)] };
		const service = 'front_id' in pictures ? 'ocr_card' : 'ocr_passport';
		expect(await run(service, pictures)).toEqual({ status: 200, data: { document } });
		const checks = { document, liveness: true, background_check: name.includes('watch-list') ? hit : clear };
		expect(await verify(pictures, holder)).toEqual({ status: 200, data: { ...checks, compare: true } });
		const other = holder === collins ? hopper : collins;
		expect(await verify(pictures, other)).toEqual({ status: 200, data: { ...checks, compare: false } });
	},
);

it('reads another picture of a passport: darker, lying, on a desk', async () => {
	const canvas = { top: 60, bottom: 90, left: 40, right: 40, background: '#6b5b4b' };
	const image = sharp(specimen('passport-eriksson')).extend(canvas).modulate({ brightness: 0.7 });
	const lying = await image.rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 70 }).toBuffer();
	expect((await run('ocr_passport', { passport_image: lying })).data.document).toEqual(anna);
});

describe('what cannot be read or checked', () => {
	it.each<[string, () => Buffer, object]>([
		['no document', () => photo('cat.png'), { DOCUMENT_NOT_FOUND: 'No machine-readable zone found' }],
		['not a picture', () => Buffer.from('x'), { FAILED_TO_READ_IMAGE: 'Failed to read image' }],
	])('%s', async (_case, picture, document) => {
		const pictures = { passport_image: picture() };
		expect(await run('ocr_passport', pictures)).toEqual({ status: 400, data: { issues: { document } } });
		const { status, data } = await verify(pictures, collins);
		expect([status, data.compare, data.liveness]).toEqual([400, false, true]);
		expect(data.issues.document).toEqual(document);
		expect(data).not.toHaveProperty('document');
		expect(data).not.toHaveProperty('background_check');
	});

	it.each<[string, string, SettingsChange, object]>([
		['a selfie without a face', 'cat.png', {}, { FACE_NOT_FOUND: 'Failed to detect face' }],
		['a small face', collins, { minFaceSize: 400 }, { FACE_TOO_SMALL: 'Absolute face size is too small' }],
	])('%s', async (_case, selfie, settings, liveness) => {
		client.sandbox.set(settings);
		const checks = { document: anna, compare: false, liveness: false, background_check: clear };
		expect(await verify(passport('passport-eriksson'), selfie)).toEqual({
			status: 400,
			data: { ...checks, issues: { liveness } },
		});
	});

	it('a spoof is compared, and not live', async () => {
		client.sandbox.set({ thresholds: { liveness: 0.999 } });
		const { status, data } = await verify(passport('passport-eriksson'), collins);
		expect([status, data.compare, data.liveness]).toEqual([200, true, false]);
	});
});

it('rejects what waits for a reader that is closed', async () => {
	const reader = new DocumentReader();
	const waiting = reader.read(specimen('card-eriksson-back'), 'card');
	// tesseract.js caches its data here by default.
	expect(existsSync('eng.traineddata')).toBe(false);
	await Promise.all([reader.close(), expect(waiting).rejects.toThrow('The sandbox is closed')]);
});
