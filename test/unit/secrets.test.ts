import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { redactorOf, secretsRemover } from '../../nodes/shared/progeny/redact';
import { codeOf, quote, quoteName } from '../../nodes/shared/util/quote';
import { abridged } from '../../nodes/shared/result/abridge';
import { hasEncoded } from '../../nodes/shared/util/encoded';
import { cases, runs } from '../support/thorough';
import { words } from '../support/words';

const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';

test.each<[string, string, string[], string]>([
	['everywhere', 'no hunter2 for hunter2', ['hunter2'], 'no *** for ***'],
	['within a word, from four characters on', 'xabcdx', ['abcd'], 'x***x'],
	['of three characters, as a word', 'is "abc" right, or abc?', ['abc'], 'is "***" right, or ***?'],
	['of three characters, not within a word', 'abcess ABC_abc', ['abc'], 'abcess ABC_abc'],
	['of one character, as a word', 'p=a', ['a'], 'p=***'],
	['of one sign', 'is ! right', ['!'], 'is *** right'],
	['beside letters of any script', 'éabcé abc', ['abc'], 'éabcé ***'],
	['the longest first', 'xabcdefx', ['abcd', 'abcdef'], 'x***x'],
	['with the characters of a pattern', 'a (.*)$&[^ b', ['(.*)$&[^'], 'a *** b'],
	['nothing that only fits its pattern', 'a axbcd b', ['a.bcd'], 'a axbcd b'],
	['none that is empty or blank', 'a   b', ['', ' '], 'a   b'],
	['none', 'a b', [], 'a b'],
	['once: what stands in its place is not searched', 'is ** right', ['**', '***'], 'is *** right'],
])('a secret in a text: %s', (_, text, secrets, shown) => {
	expect(secretsRemover(secrets)(text)).toBe(shown);
});

describe('an answer that repeats the password', () => {
	test.each<[string, string, string]>([
		['plain', 'correct "horse" battery/staple', 'correct "horse" battery/staple'],
		['of five characters', 'abc12', 'abc12'],
		['as in JSON', 'p"ä/ss\\word', 'p\\"ä/ss\\\\word'],
		['as in JSON of ASCII alone', 'pässwörd', 'p\\u00e4ssw\\u00f6rd'],
		['as in JSON with escaped slashes', 'pass/word', 'pass\\/word'],
		['as in a URL', 'pass word/ä!', 'pass%20word%2F%C3%A4%21'],
		['as in a URL, as JavaScript writes it', "pass (word)'", "pass%20(word)'"],
		['as in a form', 'pass word&', 'pass+word%26'],
		['as in HTML', 'a<b>&"c\'', 'a&lt;b&gt;&amp;&quot;c&#x27;'],
		['in base64', 'hunter2-hunter2', Buffer.from('hunter2-hunter2').toString('base64')],
		['in base64, padded', 'a?>b?>c?>d', 'YT8+Yj8+Yz8+ZA'],
		['in base64url', 'a?>b?>c?>d', 'YT8-Yj8-Yz8-ZA'],
		["as in Python's HTML", 'a<b>&"c\'', 'a&lt;b&gt;&amp;&#34;c&#39;'],
		["as in PHP's HTML", 'a<b>&"c\'', 'a&lt;b&gt;&amp;&quot;c&#039;'],
		["as in Go's JSON", "a<b>&c'", 'a\\u003cb\\u003e\\u0026c\\u0027'],
		['with accents apart', 'pässwörd', 'pässwörd'.normalize('NFD')],
		['in capitals that are more letters', 'straße12', 'STRASSE12'],
		['as in XML', 'a<b>&"c\'', 'a&lt;b&gt;&amp;&quot;c&apos;'],
		['in hex', 'hunter2', '68756e74657232'],
	])('%s, in a text, a key, a list', (_, password, echo) => {
		const body = { detail: `x ${echo} y`, list: [echo], [echo]: 1 };
		const shown = JSON.stringify(redactorOf([password])(body));
		expect(shown).toBe('{"detail":"x *** y","list":["***"],"***":1}');
	});

	test.each(['', ':', 'kyc-bot:'])('in base64, after %j and before other text', (before) => {
		const shown = redactorOf(['hunter2-hunter2'])(
			Buffer.from(`${before}hunter2-hunter2 and more`).toString('base64'),
		) as string;
		expect(Buffer.from(shown, 'base64').toString()).not.toMatch(/hunt|unter|ter2/);
	});

	test('in a result that is JSON text, whatever its escapes', () => {
		const body = { status: 'SUCCESS', result: '{"data":{"echo":"hun\\u0074er2 \\"a\\""}}' };
		const result = { data: { echo: '*** "a"' } };
		expect(redactorOf(['hunter2'])(body)).toEqual({ status: 'SUCCESS', result });
	});

	const MEANING = words('liveness SUCCESS true result 20 200 d3da status 1 document is_expired hits match');
	test.each(MEANING)('does not change what it means, with the password %j', (password) => {
		const data = {
			uuid: UUID,
			authentication: { result: true, data: { matchScore: '20.0', scorePercent: '100.0' } },
			liveness: { result: true, data: { probability: 0.93 } },
			document: { is_valid: true, is_expired: false },
			background_check: { potential_match: true, risk_level: 'low', total_matches: 1, hits: [{}] },
		};
		const body = { status: 'SUCCESS', result: { status: 200, data } };
		expect(redactorOf([password])(body)).toEqual(body);
	});

	test('a UUID or a number that is the password itself is not shown', () => {
		expect(redactorOf([UUID, '20.5'])([UUID, '20.5'])).toEqual(['***', '***']);
	});

	test.each<[string, unknown, unknown]>([
		['20261129', { echo: 20261129, list: [20261129] }, { echo: '***', list: ['***'] }],
		['20261129', { score: 20261129, status: 20261129 }, { score: '***', status: '***' }],
		['20.50', { echo: 20.5 }, { echo: '***' }],
		['007', { echo: 7 }, { echo: '***' }],
		['200', { status: 200, total_matches: 200, echo: 200 }, { status: 200, total_matches: 200, echo: '***' }],
		['20261129', { echo: 120261129 }, { echo: 120261129 }],
	])('the password %s as a JSON number', (password, body, shown) => {
		expect(redactorOf([password])(body)).toEqual(shown);
	});

	test.each([
		['Hunter2', 'is hUNTER2 right', 'is *** right'],
		['pässwort', 'is PÄSSWORT right', 'is *** right'],
		['aB9', 'is Ab9 right', 'is *** right'],
	])('in another case: %s', (password, text, shown) => {
		expect(redactorOf([password])({ [text]: text })).toEqual({ [shown]: shown });
	});

	test('in a text of a million characters, no part is left at its end', () => {
		for (const at of [999_990, 999_995, 999_999]) {
			const text = `${'x'.repeat(at)}SeCrEtPaSs${'y'.repeat(100)}`;
			const shown = redactorOf(['SeCrEtPaSs'])(text) as string;
			expect(shown).not.toMatch(/[A-Z]/);
			expect(shown.length).toBeLessThan(1_000_000);
		}
	});
});

test.each([undefined, '', '  ', 42, null])('%j is not a secret to be looked for', (secret) => {
	expect(redactorOf([secret])({ a: 42, b: '', c: ' x ' })).toEqual({ a: 42, b: '', c: ' x ' });
	expect(redactorOf([secret])(undefined)).toBeUndefined();
});

describe('encoded data of 24 bytes or more', () => {
	const bytes = (length: number) =>
		fc.uint8Array({ minLength: length, maxLength: length }).map((list) => Buffer.from(list));
	const lines = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
	const ENCODINGS: Record<string, (data: Buffer) => string> = {
		base64: (data) => data.toString('base64'),
		base64url: (data) => data.toString('base64url'),
		hex: (data) => data.toString('hex'),
		'hex after a word': (data) => `photo_${data.toString('hex')}`,
		'upper-case hex': (data) => data.toString('hex').toUpperCase(),
		'base64 in lines of 76': (data) => lines(data.toString('base64'), 76).join('\r\n'),
		'base64 in lines of 64, escaped': (data) => lines(data.toString('base64'), 64).join('\\n'),
		'base64 in lines of 20': (data) => lines(data.toString('base64'), 20).join('\n'),
		'base64 in lines of 28, between signs': (data) => lines(data.toString('base64'), 28).join(' | '),
		'base64 in a list of lines': (data) => JSON.stringify(lines(data.toString('base64'), 76)),
		'percent-encoding of all bytes': (data) => data.toString('hex').replace(/../g, '%$&'),
		'percent-encoded base64': (data) => encodeURIComponent(data.toString('base64')),
		'a data URI': (data) => `data:image/jpeg;base64,${data.toString('base64')}`,
		'hex pairs': (data) => data.toString('hex').replace(/..(?!$)/g, '$& '),
		'pairs with colons': (data) => data.toString('hex').replace(/..(?!$)/g, '$&:'),
		'a list of numbers': (data) => JSON.stringify([...data]),
		"Python's bytes": (data) => `b'${data.toString('hex').replace(/../g, '\\x$&')}'`,
	};
	/** Returns pieces of what is left, in the encoding's own characters, that are long enough to tell something. */
	const leftOf = (shown: string) => shown.replace(/[\s:,]+/g, '').match(/[A-Za-z0-9+/_%\\-]{24,}/g) ?? [];

	test.each(Object.entries(ENCODINGS))('as %s is in no sentence, name or data', (_, encode) => {
		fc.assert(
			fc.property(fc.oneof(bytes(60), bytes(200), bytes(700)), (data) => {
				const text = `image: ${encode(data)} is not a photo.`;
				const shown = [quote(text), quoteName(text), JSON.stringify(abridged({ a: [text], [text]: 1 }))];
				return shown.every((each) => leftOf(each).length === 0);
			}),
			cases(300),
		);
	});

	test.each([
		'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB',
		'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYF',
		'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
	])('of a JPEG header: %s', (data) => {
		expect(quote(`x ${data} y`)).toBe('x *** y');
	});

	// Of these runs of 24 bytes, 1 has 75 % of its letters in plain words (60 %: 20), none has words of 4 characters on average (3: 54).
	test.each([24, 30, 45])('of 20,000 random runs of %i bytes in base64 none looks like words', (length) => {
		const random = (seed: number) => createHash('sha512').update(String(seed)).digest().subarray(0, length);
		const base64 = Array.from({ length: runs(20_000) }, (_, seed) => random(seed).toString('base64'));
		expect(base64.filter((run) => !hasEncoded(run))).toEqual([]);
	});

	test('a short data URI is not shown either', () => {
		expect(quote('image: data:image/png;base64,iVBORw0KGgo= is odd')).toBe(
			'image: data:image/png;base64,*** is odd',
		);
	});
});

describe('what is not a secret is shown as it is', () => {
	test.each([
		UUID,
		`“=${UUID}” is not a valid UUID.`,
		'g3da2b7a-b062-11ec-b3b9-0242ac190002x',
		'd3da2b7ab06211ecb3b90242ac190002',
		'da39a3ee5e6b4b0d3255bfef95601890afd80709',
		'FACE_COVERED_BY_SOMETHING_THAT_IS_NOT_SKIN',
		'ANDRIANTSIMITOVIAMINANDRIANDEHIBE was a king',
		'ProvisionedThroughputExceededException: slow down',
		'Please_upload_a_clear_photo_of_your_face: This field is required.',
		'image-of-the-front-of-the-identity-card: No file was submitted.',
		'error_2FA_required_for_this_account_v2',
		'/media/images/services/ocr_passport/0000000000.jpg',
		`https://example.test/images/services/ocr_passport/${UUID}.jpg`,
		'com.idrnd.idlive.face.ImageQualityException at line 57',
		'Score 0.4312345678 is below 0.95 at 2026-01-01T00:00:00.000Z',
		'Das Foto ist zu dunkel. Поле обязательно.',
		'data: image is missing',
		'AML1234567, AML1234568, AML1234569, AML1234570; X509_ERR_18, X509_ERR_19, X509_ERR_20',
		'Codes: a1B2c3, d4E5f6, g7H8i9, j1K2l3, m4N5o6, p7Q8r9',
	])('%s', (text) => {
		expect(quote(text)).toBe(text);
		expect(abridged({ text })).toEqual({ text });
	});

	test('codes and names of any look, up to 60 characters', () => {
		const identifier = fc
			.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,59}$/)
			.filter((text) => !/eyJ|E[A-Z]{3}|ENO|GETADDR/i.test(text));
		const isShown = (text: string) => codeOf(text) === text && quoteName(text) === text;
		fc.assert(fc.property(identifier, isShown), cases(2000));
	});

	test.each(['TOO_DARK_'.repeat(7), 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6'])('%s is not a code', (text) => {
		expect(codeOf(text)).toBeUndefined();
	});

	test.each([`=${UUID}`, 'Фото (1).jpg', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3'])(
		'shows the name %j',
		(text) => {
			expect(quoteName(text)).toBe(text);
		},
	);
	test.each([
		['a\u200b\nb', 'a b'],
		['x '.repeat(40), `${'x '.repeat(29)}x…`],
		['ENOENT', 'E NOENT'],
		['<a href=x>y</a>', '‹a href=x›y‹/a›'],
	])('quoteName(%j) is %j', (text, shown) => {
		expect(quoteName(text)).toBe(shown);
	});

	test('a name that is a token, a secret or base64 is not shown', () => {
		const photo = Buffer.from(Array.from({ length: 90 }, (_, i) => (i * 97 + 13) % 256)).toString('base64');
		expect(quoteName('eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoi')).toBe('***');
		expect(quoteName(photo)).toBe('***');
		expect(quoteName(photo.slice(0, 48))).toBe('***');
	});
});
