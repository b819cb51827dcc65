import { redactorOf } from '../../nodes/shared/progeny/redact';
import fc from 'fast-check';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { quote, shortened } from '../../nodes/shared/util/quote';
import { ANY_NODE } from '../support/anyNode';
import { cases } from '../support/thorough';
import { words } from '../support/words';

const JWT =
	'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNjQ4NjYzOTQ3fQ.L4GXorALzmFOuu-NnyumEY7SbQum4kCdAQJ3QolGbqc';

describe('quote', () => {
	test.each<[string, string, string]>([
		['plain words', 'This field is required.', 'This field is required.'],
		['words of other scripts', 'Поле обязательно 必須 é', 'Поле обязательно 必須 é'],
		['line breaks and tabs', 'a\r\n\tb\n\nc', 'a b c'],
		['control characters', 'a\u0000b\u0007c\u001b[31md\u007fe\u009bf', 'a b c [31md e f'],
		['blanks at the ends', '  a  ', 'a'],
		['nothing', '', ''],
		['nothing but blanks', ' \n\u0000 ', ''],
		['a token', `Bearer ${JWT} is not valid`, 'Bearer *** is not valid'],
		['a token without its signature', JWT.split('.').slice(0, 2).join('.'), '***'],
		['words that only begin like a token', 'eyJust a word', 'eyJust a word'],
	])('%s', (_, text, shown) => {
		expect(quote(text)).toBe(shown);
	});

	test.each([300, 301, 50_000])('of a text of %i characters at most 300 are shown', (length) => {
		expect(quote('x'.repeat(length))).toHaveLength(300);
		expect(quote('x'.repeat(length)).endsWith('…')).toBe(length > 300);
	});

	test('any text is quoted short, on one line, without anything invisible, and the same once more', () => {
		const piece = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom('\u0000', '\u202e', '\n', ' ', JWT, 'ECONNREFUSED', '😀'.repeat(160), 'hunter2'),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const shown = quote(redactorOf(['hunter2'])(pieces.join('')) as string);
				if (shown.length > 300 || shown.includes('hunter2') || shown.includes(JWT)) return false;
				if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s|\s$|\s\s/u.test(shown)) return false;
				return quote(shown) === shown || shown.endsWith('…');
			}),
			cases(3000),
		);
	});
});

test.each<[string, string, number, string]>([
	['a short text', 'abc', 3, 'abc'],
	['one too long', 'abcd', 3, 'ab…'],
	['a cut within a character', 'a😀b', 3, 'a…'],
])('shortened: %s', (_, text, longest, shown) => {
	expect(shortened(text, longest)).toBe(shown);
});

/*
 * n8n replaces a message in which one of these names occurs, anywhere and in any case, by a text of its own
 * (n8n-workflow, NodeError.setDescriptiveErrorMessage). The user would no longer read what Progeny said.
 */
describe("n8n's stock texts", () => {
	const STOCK = words(`
		ECONNREFUSED ECONNRESET ENOTFOUND ETIMEDOUT ERRADDRINUSE EADDRNOTAVAIL ECONNABORTED EHOSTUNREACH EAI_AGAIN ENOENT EISDIR
		ENOTDIR EACCES EEXIST EPERM GETADDRINFO`);
	const asApiError = (message: string) =>
		new NodeApiError(ANY_NODE, {}, { message, description: 'd' }).message;
	const asOperationError = (message: string) =>
		new NodeOperationError(ANY_NODE, message, { description: 'd' }).message;

	test.each(STOCK)('%s in a quoted text leaves the message alone', (word) => {
		const around = [word, `connect ${word} 10.0.0.1:80`, word.toLowerCase(), `pre${word}ing`, word.repeat(3)];
		for (const text of around) {
			const raw = `Progeny says: ${text}`;
			expect(asApiError(raw)).not.toBe(raw);
			expect(asOperationError(raw)).not.toBe(raw);

			const quoted = `Progeny says: ${quote(text)}`;
			expect(asApiError(quoted)).toBe(quoted);
			expect(asOperationError(quoted)).toBe(quoted);
		}
	});

	test('no text made of pieces of them brings one back', () => {
		const piece = fc.oneof(
			fc.constantFrom(...STOCK.flatMap((word) => [word, word.slice(0, 3), word.slice(3)])),
			fc.constantFrom('E', 'e', 'EE', 'GET', ' ', '\u0000', '\u200b', 'x'),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const quoted = `Progeny says: ${quote(pieces.join(''))}`;
				return asApiError(quoted) === quoted && asOperationError(quoted) === quoted;
			}),
			cases(3000),
		);
	});
});
