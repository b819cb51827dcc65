import { Readable } from 'node:stream';
import { withWholeBody } from '../../nodes/shared/progeny/body';
import { replyFromFailure } from '../../nodes/shared/progeny/n8nReply';
import { isUnauthorized, retryAfterMs, type Reply } from '../../nodes/shared/progeny/reply';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

test.each<[string, unknown, number | undefined]>([
	['seconds', '120', 120_000],
	['zero seconds', '0', 0],
	['a year', '31536000', 31_536_000_000],
	['a date to come', 'Thu, 01 Jan 2026 12:01:30 GMT', 90_000],
	['this moment', 'Thu, 01 Jan 2026 12:00:00 GMT', 0],
	['a date gone by', 'Thu, 01 Jan 2026 11:59:00 GMT', undefined],
	['a negative number', '-5', undefined],
	['a fraction', '1.5', 1500],
	['a long fraction', '299.9971', 299_998],
	['two points', '1.2.3', undefined],
	['a text', 'soon', undefined],
	['nothing', '', undefined],
	['a number, not a header', 5, undefined],
	['absent', undefined, undefined],
])('Retry-After of %s', (_, header, expected) => {
	expect(retryAfterMs({ retryAfter: header as string }, NOW)).toBe(expected);
});

test.each<[string, string | undefined, number]>([
	['ten minutes behind ours', 'Thu, 01 Jan 2026 11:50:00 GMT', 5000],
	['ten minutes ahead of ours', 'Thu, 01 Jan 2026 12:10:00 GMT', 5000],
	['not readable', 'x', 5000],
	['absent', undefined, 5000],
])('a Retry-After as a date is measured from the answer’s own Date, %s', (_, date, expected) => {
	const servedAt = Date.parse(date ?? '') || NOW;
	const retryAfter = new Date(servedAt + 5000).toUTCString();
	expect(retryAfterMs({ retryAfter, ...(date === undefined ? {} : { date }) }, NOW)).toBe(expected);
});

test.each([
	[{ detail: 'x' }, true],
	['', true],
	['<html>', false],
])('a 401 with %j refuses the token: %p', (body, expected) => {
	expect(isUnauthorized({ kind: 'answer', status: 401, body })).toBe(expected);
});

describe('the body of an answer', () => {
	const never = new AbortController().signal;
	const answer = (body: Readable): Reply => ({ kind: 'answer', status: 200, body });
	const endless = () => new Readable({ read() {} });
	const chunks = (...all: Array<Buffer | null>) => Readable.from(all);
	const megabytes = Array<Buffer>(11).fill(Buffer.alloc(2 ** 20));

	test.each<[string, Readable, AbortSignal, object]>([
		['JSON behind a byte order mark', chunks(Buffer.from('\ufeff{"id":1}')), never, { body: { id: 1 } }],
		['more than 10 MB', chunks(...megabytes), never, { kind: 'badBody' }],
		['that breaks off', chunks(Buffer.from('{'), null), never, { kind: 'noAnswer', sent: true }],
		['without an end, until it is given up', endless(), AbortSignal.abort(), { kind: 'noAnswer' }],
	])('%s is read, and its connection closed', async (_, body, signal, reply) => {
		expect(await withWholeBody(answer(body), signal)).toMatchObject(reply);
		expect(body.destroyed).toBe(true);
	});

	test('of a proxy that refused the tunnel is closed', () => {
		const data = endless();
		const request = { protocol: 'https:', socket: {} };
		const failure = { isAxiosError: true, response: { status: 403, data }, request };
		expect(replyFromFailure(failure)).toMatchObject({ kind: 'notSent', isTransient: true });
		expect(data.destroyed).toBe(true);
	});
});
