import { documentBlock, portraitOf } from '../../sandbox/document/documentBlock';
import type { Zone } from '../../sandbox/document/zone';

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

describe('the document of an answer', () => {
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

	it.each<[string, Partial<Zone>, object]>([
		['born in this century', { birth: '260101' }, { dateOfBirth: '2026-1-1', age: 0 }],
		['born in the last century', { birth: '270101' }, { dateOfBirth: '1927-1-1', age: 99 }],
		['of an unknown birth', { birth: '7408<<' }, { dateOfBirth: '1974-8-None', age: -1 }],
		['that expires today', { expiry: '260811' }, { dateOfExpiry: '2026-8-11', is_expired: false }],
		['that expired yesterday', { expiry: '260810' }, { dateOfExpiry: '2026-8-10', is_expired: true }],
		['with a wrong check digit', { valid: false }, { is_valid: false }],
	])('tells of one %s', (_case, zone, fields) => {
		expect(documentBlock({ ...anna, ...zone }, new Date('2026-08-11T23:59:59Z'))).toMatchObject(fields);
	});
});
