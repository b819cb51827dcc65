import { redactorOf } from '../../nodes/shared/progeny/redact';
import { kindOf } from '../../nodes/shared/progeny/reply';
import { serverText } from '../../nodes/shared/progeny/serverText';

const JWT =
	'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNjQ4NjYzOTQ3fQ.L4GXorALzmFOuu-NnyumEY7SbQum4kCdAQJ3QolGbqc';

describe('serverText', () => {
	const nothing = (body: unknown): [string, unknown, string] => [`not ${JSON.stringify(body)}`, body, ''];
	test.each<[string, unknown, string]>([
		["Django REST Framework's detail", { detail: 'Not found.' }, 'Not found.'],
		['a code beside it', { detail: 'Not valid', code: 'token_not_valid', messages: [{}] }, 'Not valid'],
		['a message', { message: 'x' }, 'x'],
		['an error', { error: 'x' }, 'x'],
		['two fields', { image: ['Not a file.'], uuid: ['Required.'] }, 'image: Not a file.; uuid: Required.'],
		['two messages of a field', { uuid: ['One.', 'Two.'] }, 'uuid: One. Two.'],
		['a field with a text', { uuid: 'One.' }, 'uuid: One.'],
		['a detail that is a list', { detail: ['One.', 'Two.'] }, 'One. Two.'],
		['a bare list', ['This face was already registered.'], 'This face was already registered.'],
		['a bare text', 'Image could not be decoded.', 'Image could not be decoded.'],
		['nested', { image: { non_field_errors: ['The photo is blurred.'] } }, 'image: The photo is blurred.'],
		['nested fields', { person: { name: ['Too long.'] } }, 'person.name: Too long.'],
		['a list of forms', [{ uuid: ['One.'] }, {}, { uuid: ['Two.'] }], 'uuid: One. Two.'],
		['JSON:API', { errors: [{ detail: 'Odd.', source: { pointer: '/data/image' } }] }, 'image: Odd.'],
		['drf-standardized-errors', { errors: [{ code: 'x', detail: 'Odd.', attr: 'uuid' }] }, 'uuid: Odd.'],
		['a code beside fields', { code: 'invalid', uuid: ['One.'] }, 'uuid: One.'],
		['errors beside a detail', { detail: 'Invalid.', errors: ['One.'] }, 'Invalid. One.'],
		['full details', { detail: { message: 'Not found.', code: 'not_found' } }, 'Not found.'],
		['full details of a field', { image: [{ message: 'Empty.', code: 'empty' }] }, 'image: Empty.'],
		['full details of a form', { non_field_errors: [{ message: 'Bad.', code: 'x' }] }, 'Bad.'],
		['fields under errors', { errors: { uuid: ['One.'] } }, 'uuid: One.'],
		['non_field_errors', { non_field_errors: ['One.'] }, 'One.'],
		['FastAPI', { detail: [{ loc: ['body', 'uuid'], msg: 'required', type: 'missing' }] }, 'required'],
		['a problem (RFC 9457)', { type: 'about:blank', title: 'Forbidden', status: 403 }, 'Forbidden'],
		['a code that is a field', { code: ['Wrong.'] }, 'code: Wrong.'],
		...[{ a: 1, b: null, c: [1, {}], d: true }, {}, [], '<html>no</html>', ['<html>no</html>']].map(nothing),
		...['{"detail": NaN}', null, undefined, 5].map(nothing),
	])('%s', (_, body, words) => {
		expect(serverText(body)).toBe(words);
	});

	test('makes them safe', () => {
		expect(serverText(redactorOf(['hunter2'])({ detail: `a\u0000b ${JWT} ENOENT hunter2` }))).toBe(
			'a b *** E NOENT ***',
		);
		expect(serverText({ ['field\u202e']: ['x'.repeat(5000)] })).toHaveLength(300);
	});

	test('looks at a bounded part of an answer of any size', () => {
		let read = 0;
		const counted = (entries: object) =>
			new Proxy(entries, {
				get: (target, key) => {
					read++;
					return Reflect.get(target, key) as unknown;
				},
			});
		const many = Array.from({ length: 50_000 }, (_, i) => [`field${i}`, [`message ${i}`]] as const);
		expect(serverText(counted(Object.fromEntries(many)))).toMatch(/^field0: message 0; field1: message 1; /);
		expect(read).toBeLessThan(1000);
		read = 0;
		expect(serverText(counted(many.map(([, [text]]) => text)))).toMatch(/^message 0 message 1 /);
		expect(read).toBeLessThan(1000);
	});

	test('ends in the depth', () => {
		let deep: unknown = 'x';
		for (let i = 0; i < 10_000; i++) deep = [deep];
		expect(serverText(deep)).toBe('');
	});

	test('shows no part of a secret that the bound cuts in two', () => {
		const secret = 'SeCrEt'.repeat(20);
		for (const filler of ['x', `${secret} `]) {
			const text = filler.repeat(10_000 / filler.length) + secret.repeat(200);
			for (const body of [text, [text], { detail: text }, { [text]: [text] }]) {
				expect(serverText(redactorOf([secret])(body))).not.toMatch(/SeCr/);
			}
		}
	});

	test('removes a secret as the server sent it, before blanks, names and length are changed', () => {
		for (const secret of ['my  pass word', 'xENOENTx', 'a\tb\tc', `${'x'.repeat(295)}SeCrEt-SeCrEt`]) {
			expect(serverText(redactorOf([secret])({ detail: `"${secret}" is wrong` }))).toBe('"***" is wrong');
		}
	});
});

test.each<[unknown, string]>([
	[undefined, 'an empty answer'],
	[null, 'an empty answer'],
	['', 'an empty answer'],
	['<!DOCTYPE html><p>', 'an HTML page'],
	['  \n<html>', 'an HTML page'],
	['<?xml version="1.0"?>', 'an HTML page'],
	['{"id": "trunca', 'text that is not valid JSON'],
	['[NaN]', 'text that is not valid JSON'],
	['\ufeff<!-- x --><html>', 'an HTML page'],
	['OK', 'a text'],
	[[], 'a list'],
	[{}, 'JSON of another form'],
	[5, 'a number'],
	[true, 'a boolean'],
])('kindOf(%j) is %s', (body, kind) => {
	expect(kindOf(body)).toBe(kind);
});
