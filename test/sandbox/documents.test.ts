import { existsSync } from 'node:fs';
import { DocumentReader } from '../../sandbox/document/reader';
import { documentBlock, portraitOf } from '../../sandbox/document/documentBlock';
import { backgroundCheck, watchList } from '../../sandbox/document/watchList';
import { readZone, type Zone } from '../../sandbox/document/zone';
import { photo } from './support/client';

const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'X473129641UTO7408122F3404159<<<<<<<<<<<<<<<4'];
const td1 = [
	'I<UTOX473129641<<<<<<<<<<<<<<<',
	'7408122F3404159UTO<<<<<<<<<<<4',
	'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
];
const anna: Zone = {
	valid: true,
	lastName: 'ERIKSSON',
	firstName: 'ANNA MARIA',
	documentNumber: 'X47312964',
	nationality: 'UTO',
	sex: 'F',
	birth: '740812',
	expiry: '340415',
};

/** A zone with one character replaced. */
const changed = (lines: string[], line: number, column: number, character: string) =>
	lines.map((text, at) => (at === line ? text.slice(0, column) + character + text.slice(column + 1) : text));

describe('a zone', () => {
	const noise = ['UTOPIA PASSPORT', '', '12 AUG 1974 X47312964', '<<<<'];

	it('is found in recognized text', async () => {
		expect(await readZone([...noise, ...td3, ''].join('\n'), 'passport')).toEqual(anna);
		expect(await readZone([...noise, ...td1, ''].join('\n'), 'card')).toEqual(anna);
		expect(
			await readZone(td3.map((line) => ` ${line.replaceAll('<<<', '<<< ')}`).join('\n'), 'passport'),
		).toEqual(anna);
	});

	it.each<[string, string[], number, number]>([
		['O for 0 in a date', td3, 1, 15],
		['0 for O in a state, on a card', td1, 1, 17],
	])('is read in spite of %s', async (_case, lines, line, column) => {
		const misread = changed(lines, line, column, lines[line]![column] === 'O' ? '0' : 'O');
		expect(misread).not.toEqual(lines);
		const type = lines === td3 ? 'passport' : 'card';
		expect(await readZone(misread.join('\n'), type)).toEqual(anna);
	});

	it.each<[string, string[], number, number, string]>([
		['number', td3, 1, 9, '2'],
		['date of birth', td3, 1, 19, '3'],
		['date of expiry', td3, 1, 27, '8'],
		['optional data', td3, 1, 42, '1'],
		['whole zone', td3, 1, 43, '5'],
		['whole zone, on a card', td1, 1, 29, '5'],
	])('is not valid with a wrong check digit of the %s', async (_case, lines, line, column, digit) => {
		const zone = await readZone(
			changed(lines, line, column, digit).join('\n'),
			lines === td3 ? 'passport' : 'card',
		);
		expect(zone).toEqual({ ...anna, valid: false });
	});

	it.each<[string, string[], 'passport' | 'card']>([
		['one line of two', td3.slice(1), 'passport'],
		['a line that is too long', [td3[0]!, `${td3[1]}4`], 'passport'],
		['lines in another order', [...td3].reverse(), 'passport'],
		['a card for a passport', td1, 'passport'],
		['a passport for a card', td3, 'card'],
	])('is not found in %s', async (_case, lines, type) =>
		expect(await readZone(lines.join('\n'), type)).toBeUndefined(),
	);

	it.each<[string, string, Partial<Zone>]>([
		['an unknown day', 'X473129641UTO7408<<5F3404159<<<<<<<<<<<<<<<5', { birth: '7408<<' }],
		['a month that does not exist', 'X473129641UTO7413122F3404159<<<<<<<<<<<<<<<4', { birth: undefined }],
		['no sex', 'X473129641UTO7408122<3404159<<<<<<<<<<<<<<<4', { sex: 'X' }],
	])('may have %s', async (_case, line, part) => {
		expect(await readZone(`${td3[0]}\n${line}`, 'passport')).toMatchObject(part);
	});

	it.each([
		['one name', 'SUKARNO', 'SUKARNO'],
		['a name that fills the line', 'A'.repeat(39), 'A'.repeat(39)],
	])('may have %s, which is not a given name, too', async (_case, name, lastName) => {
		const text = `P<UTO${name.padEnd(39, '<')}\n${td3[1]}`;
		expect(await readZone(text, 'passport')).toMatchObject({ lastName, firstName: '' });
	});
});

describe('the document of an answer', () => {
	const block = (zone: Partial<Zone>, today = '2026-08-11') =>
		documentBlock({ ...anna, ...zone }, new Date(`${today}T23:59:59Z`));

	it('has the fields and the key order of the documented sample', () => {
		const portrait = portraitOf('ocr_passport', '0000000001');
		const document = documentBlock(anna, new Date('2026-08-11T00:00:00Z'), portrait);
		// As text, so that key order and kinds count too.
		expect(JSON.stringify(document)).toBe(
			'{"is_valid":true,"is_expired":false,"dateOfBirth":"1974-8-12","age":51,"firstName":"ANNA MARIA","lastName":"ERIKSSON",' +
				'"dateOfIssue":"None-None-None","dateOfExpiry":"2034-4-15","documentNumber":"X47312964","sex":"F","nationality":"UTO",' +
				'"portrait":"images/services/ocr_passport/0000000001.jpg",' +
				'"portrait_url":"https://media.sandbox.invalid/media/images/services/ocr_passport/0000000001.jpg"}',
		);
	});

	it.each<[string, string | undefined, string, number]>([
		['the day before a birthday', '740812', '1974-8-12', 51],
		['a year that was in this century', '260101', '2026-1-1', 0],
		['a year that cannot be in this century', '270101', '1927-1-1', 99],
		['a day later this year, a hundred years ago', '261205', '1926-12-5', 99],
		['an unknown day', '7408<<', '1974-8-None', -1],
		['not a date', undefined, 'None-None-None', -1],
	])('date of birth and age: %s', (_case, birth, dateOfBirth, age) => {
		expect(block({ birth })).toMatchObject({ dateOfBirth, age });
	});

	it.each<[string, string | undefined, string, boolean | null]>([
		['today', '260811', '2026-8-11', false],
		['yesterday', '260810', '2026-8-10', true],
		['50 years ahead', '760101', '2076-1-1', false],
		['an unknown day', '2608<<', '2026-8-None', null],
		['not a date', undefined, 'None-None-None', null],
	])('expiry: %s', (_case, expiry, dateOfExpiry, is_expired) => {
		expect(block({ expiry })).toMatchObject({ dateOfExpiry, is_expired });
	});

	it('is valid if the zone is', () => expect(block({ valid: false }).is_valid).toBe(false));
});

describe('the background check', () => {
	const clear = { potential_match: false, risk_level: 'unknown', total_matches: 0, hits: [] };

	it.each([['Anna Maria Eriksson'], ['VERA'], ['VERA NEMO SMITH']])('finds nothing on "%s"', (name) =>
		// As text: the documented sample.
		expect(JSON.stringify(backgroundCheck(name, '1969-07-03'))).toBe(JSON.stringify(clear)),
	);

	it.each(watchList)('finds $name with the risk level $risk', ({ name, birthDate, types, risk }) => {
		expect(backgroundCheck(name, birthDate)).toEqual({
			potential_match: true,
			risk_level: risk,
			total_matches: 1,
			hits: [
				{
					doc: {
						name,
						types,
						sources: ['progeny-sandbox-list'],
						fields: [expect.objectContaining({ value: birthDate })],
						aka: [],
					},
					match_types: ['name_exact', 'year_of_birth'],
					score: 1.7,
				},
			],
		});
	});

	it.each(['vera nemo', 'Nemo, Vera'])('finds the name written as "%s"', (name) =>
		expect(backgroundCheck(name, '1969-07-03').risk_level).toBe('high'),
	);

	it.each(['1969-07-04', undefined])('has a low risk for the same name born on %s', (birthDate) => {
		const { risk_level, hits } = backgroundCheck('VERA NEMO', birthDate);
		expect([risk_level, hits]).toEqual([
			'low',
			[expect.objectContaining({ match_types: ['name_exact'], score: 0.9 })],
		]);
	});
});

describe('the reader', () => {
	it('reads a specimen, and rejects once it is closed', async () => {
		const reader = new DocumentReader();
		expect(reader.started).toBe(false);
		const file = photo('documents/card-eriksson-back.png');
		expect(await reader.read(file, 'card')).toEqual({ zone: anna });
		// tesseract.js caches its data here by default.
		expect(existsSync('eng.traineddata')).toBe(false);
		const waiting = reader.read(file, 'card');
		await Promise.all([reader.close(), expect(waiting).rejects.toThrow('The sandbox is closed')]);
		await expect(reader.read(file, 'card')).rejects.toThrow('The sandbox is closed');
	});

	it('starts no thread for a file that is not a picture', async () => {
		const reader = new DocumentReader();
		expect(await reader.read(Buffer.from('x'), 'card')).toEqual({ error: 'FAILED_TO_READ_IMAGE' });
		expect(reader.started).toBe(false);
		await reader.close();
	});
});
