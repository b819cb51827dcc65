import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { photo, sandboxForFile, upload } from '../sandbox/support/client';

const collins = 'eileen-collins.png';
const hopper = 'grace-hopper.jpg';
const folder = join(__dirname, '../../photos/documents');

const client = sandboxForFile();

const specimen = (name: string) => photo(`documents/${name}.png`);
const passport = (name: string) => ({ passport_image: specimen(name) });
const card = (name: string) => ({ front_id: specimen(`${name}-front`), back_id: specimen(`${name}-back`) });

/** Submits pictures to a document service and returns `result` of its answer. */
async function run(service: string, pictures: Record<string, Buffer>) {
	const files = Object.entries(pictures).map(([name, bytes]) => [name, upload(bytes, 'photo.png')]);
	const form = { ...Object.fromEntries(files), extend_data: 'false' };
	return (await client.run(service, form)).json.result;
}

async function verify(document: Record<string, Buffer>, selfie: string) {
	const service = 'front_id' in document ? 'kyc_card' : 'kyc_passport';
	return await run(`${service}_with_background_check`, { selfie_image: photo(selfie), ...document });
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
