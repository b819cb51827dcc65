import { PHOTO } from '../support/items';
import { PASSWORD } from '../support/check';
import { leaksIn, textsIn } from '../support/leaks';

describe('a secret is found', () => {
	/** Returns the leaks in a value, without their places. */
	const find = (value: unknown) => leaksIn(textsIn(value), []).map((leak) => leak.replace(/ at .*/, ''));
	const part = PHOTO.subarray(501, 560);
	const hidden = Object.defineProperty(new Error('x'), 'request', { value: { headers: [PASSWORD] } });
	const places: Record<string, [unknown, string]> = {
		'a text': [`x${PASSWORD}x`, 'password'],
		'a key': [{ [PASSWORD]: 1 }, 'password'],
		"an error's hidden property": [hidden, 'password'],
		"an error's cause": [new Error('x', { cause: new Error(PASSWORD) }), 'password'],
		'a map': [new Map([['a', new Set([PASSWORD])]]), 'password'],
		bytes: [{ body: Buffer.from(part) }, 'photo, raw'],
		'bytes as text': [part.toString('latin1'), 'photo, raw'],
		base64: [`data:image/jpeg;base64,${part.toString('base64')}`, 'photo, base64'],
		'base64 of a piece that begins elsewhere': [PHOTO.subarray(7, 40).toString('base64'), 'photo, base64'],
		base64url: [PHOTO.toString('base64url'), 'photo, base64url'],
		hex: [part.toString('hex'), 'photo, hex'],
		'upper-case hex': [part.toString('hex').toUpperCase(), 'photo, HEX'],
		'hex as the console writes it': [
			part.toString('hex').replace(/..(?!$)/g, '$& '),
			'photo, hex with blanks',
		],
		"JSON's form of a Buffer": [JSON.stringify(part), 'photo, numbers'],
	};
	test.each(Object.entries(places))('in %s', (_, [value, name]) => {
		expect(find(value)).toContain(name);
	});

	test('23 bytes of the photo are not called a leak, 24 are', () => {
		expect(find(PHOTO.subarray(100, 123).toString('hex'))).toEqual([]);
		expect(find(PHOTO.subarray(100, 124).toString('hex'))).toEqual(['photo, hex']);
	});
});
