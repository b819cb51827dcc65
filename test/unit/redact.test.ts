import { redacted, spellingsOf } from '../../nodes/shared/progeny/redact';

const PASSWORD = 'correct "horse" battery/staple';
const TOKEN = 'opaque-token-of-this-run-0123456789';
const secrets = [...spellingsOf(PASSWORD), ...spellingsOf(TOKEN)];

test.each<[string, unknown, unknown]>([
	['a text', `token ${TOKEN}!`, 'token ***!'],
	['the password as in JSON', JSON.stringify({ p: PASSWORD }), '{"p":"***"}'],
	['the password as in a URL', `?p=${encodeURIComponent(PASSWORD)}`, '?p=***'],
	['nested data', { a: [1, { b: PASSWORD }], c: null }, { a: [1, { b: '***' }], c: null }],
	['a key', { [`x ${TOKEN}`]: true }, { 'x ***': true }],
	['numbers and booleans', { a: 1, b: false }, { a: 1, b: false }],
	['nothing', undefined, undefined],
])('%s comes out without secrets', (_, body, expected) => {
	expect(redacted(body, secrets)).toEqual(expected);
});

test("a task's status is left alone, also where the password is part of it", () => {
	expect(redacted({ status: 'SUCCESS', detail: 'SUCCESS' }, spellingsOf('SUCCESS'))).toEqual({
		status: 'SUCCESS',
		detail: '***',
	});
});

test.each([undefined, '', 'abcde', 42])('%j is too short, or no secret, to be looked for', (secret) => {
	expect(spellingsOf(secret)).toEqual([]);
});

test('the answer itself is not changed, however deep it is', () => {
	const body = { detail: TOKEN };
	redacted(body, secrets);
	expect(body.detail).toBe(TOKEN);
	const deep: unknown = JSON.parse('{"a":'.repeat(5000) + `"${TOKEN}"` + '}'.repeat(5000));
	expect(JSON.stringify(redacted(deep, secrets))).not.toContain(TOKEN);
});
