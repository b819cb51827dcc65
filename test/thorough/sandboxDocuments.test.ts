import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { photo, sandboxForFile, upload } from '../sandbox/support/client';

const COLLINS = 'eileen-collins.png';
const HOPPER = 'grace-hopper.jpg';
const FOLDER = join(__dirname, '../../photos/documents');

const client = sandboxForFile();

/** Submits pictures to a document service and returns `result` of its answer. */
async function run(service: string, pictures: Record<string, string>) {
	const files = Object.entries(pictures).map(([field, name]) => [field, upload(photo(name), 'photo.png')]);
	return (await client.run(service, { ...Object.fromEntries(files), extend_data: 'false' })).json.result;
}

const anna = {
	is_valid: true,
	is_expired: false,
	dateOfBirth: '1974-8-12',
	firstName: 'ANNA MARIA',
	lastName: 'ERIKSSON',
	dateOfExpiry: '2034-4-15',
	documentNumber: 'X47312964',
	sex: 'F',
	nationality: 'UTO',
};
const another = { ...anna, dateOfExpiry: '2034-9-26' };
const erika = { dateOfBirth: '1961-2-14', firstName: 'ERIKA', lastName: 'MUSTERMANN' };
const vera = { dateOfBirth: '1969-7-3', firstName: 'VERA', lastName: 'NEMO' };
const expired = { is_expired: true, dateOfExpiry: '2019-4-15', documentNumber: 'X35174628' };
const SPECIMENS: Array<[string, holder: string, document: object]> = [
	['passport-eriksson', COLLINS, anna],
	['passport-mustermann', HOPPER, { ...another, ...erika, documentNumber: 'X51826437' }],
	['passport-nemo-watch-list', HOPPER, { ...another, ...vera, documentNumber: 'X61749582' }],
	['passport-eriksson-expired', COLLINS, { ...anna, ...expired }],
	['passport-eriksson-wrong-digit', COLLINS, { ...anna, is_valid: false }],
	['card-eriksson', COLLINS, anna],
];

it('covers every specimen', () => {
	const names = readdirSync(FOLDER).map((name) => name.replace(/(-front|-back)?\.png$/, ''));
	expect([...new Set(names)].sort()).toEqual(SPECIMENS.map(([name]) => name).sort());
});

it.each(SPECIMENS)(
	'%s is read without a mistake, and matches its holder only',
	async (name, holder, document) => {
		const file = (side = '') => `documents/${name}${side}.png`;
		const isCard = name.startsWith('card');
		const pictures: Record<string, string> = isCard
			? { front_id: file('-front'), back_id: file('-back') }
			: { passport_image: file() };
		const service = isCard ? 'card' : 'passport';
		const { status, data } = await run(`ocr_${service}`, pictures);
		expect([status, data.document]).toEqual([200, expect.objectContaining(document)]);
		for (const selfie of [COLLINS, HOPPER]) {
			const all = { selfie_image: selfie, ...pictures };
			const checked = await run(`kyc_${service}_with_background_check`, all);
			const { compare, liveness, background_check: check } = checked.data;
			const isListed = name.endsWith('watch-list');
			expect([compare, liveness, check.potential_match]).toEqual([selfie === holder, true, isListed]);
		}
	},
);
