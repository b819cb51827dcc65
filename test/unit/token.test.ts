import {
	fingerprint,
	isUsable,
	metadataFor,
	parseMetadata,
	tokenLifeMs,
	type Account,
} from '../../nodes/shared/progeny/token';
import { each } from '../support/words';
import { ACCOUNT } from '../support/account';

const FIVE_MINUTES = 5 * 60_000;

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Returns a token with these claims, unsigned, as signatures are not checked. */
const jwt = (claims: unknown) => `${encoded({ typ: 'JWT', alg: 'HS256' })}.${encoded(claims)}.signature`;

/** The documentation's own sample: it expired on 2022-03-30 at 18:12:27 UTC. */
const DOCUMENTED =
	'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNjQ4NjYzOTQ3LCJqdGkiOiJhMjg3MmQ4ZmIzY2Y0NTVkYWE3ZmRiMWVmZmZjM2UzZSIsInVzZXJfaWQiOjQxfQ.L4GXorALzmFOuu-NnyumEY7SbQum4kCdAQJ3QolGbqc';

describe('tokenLifeMs', () => {
	const served = Date.UTC(2026, 5, 1, 10, 0, 0);
	const date = new Date(served).toUTCString();
	const exp = (ms: number) => jwt({ exp: (served + ms) / 1000 });

	test('of the documented sample, by the Date header of its login, is the documented five minutes', () => {
		expect(tokenLifeMs(DOCUMENTED, 'Wed, 30 Mar 2022 18:07:27 GMT')).toBe(FIVE_MINUTES);
		expect(tokenLifeMs(DOCUMENTED, 'Wed, 30 Mar 2022 18:10:27 GMT')).toBe(2 * 60_000);
	});

	test.each([60_000, 86_400_000, 500])('is %i ms if exp is so far from the Date header', (ms) => {
		expect(tokenLifeMs(exp(ms), date)).toBe(ms);
	});

	const claims = (json: string) => `a.${Buffer.from(json).toString('base64url')}.c`;
	test.each<[string, unknown]>([
		...[undefined, 'yesterday', [date]].map((header): [string, unknown] => [exp(60_000), header]),
		...each([exp(-60_000), exp(0), jwt({ user_id: 41 }), jwt({ exp: null }), jwt(null)], date),
		...each([jwt({ exp: String(served / 1000 + 60) }), jwt([served / 1000 + 60]), 'b6e0f8c2d4', ''], date),
		...each(['a.%%%.c', '...'], date),
		...each([claims('{"exp":'), claims('{"exp":1e307}')], date),
	])('is five minutes by default: %j, %j', (token, header) => {
		expect(tokenLifeMs(token, header)).toBe(FIVE_MINUTES);
	});
});

describe('metadataFor', () => {
	test.each([
		['five minutes: given up 30 s before the end', FIVE_MINUTES, 270_000],
		['an hour: given up 30 s before the end', 3_600_000, 3_570_000],
		['a minute: given up after three quarters', 60_000, 45_000],
		['a second: given up after three quarters', 1000, 750],
	])('%s', (_, life, usable) => {
		const metadata = metadataFor(ACCOUNT, life, 5000);
		const expiresAt = 5000 + usable;
		expect(metadata).toEqual({ fingerprint: fingerprint(ACCOUNT), obtainedAt: 5000, expiresAt });
		expect(isUsable(metadata, ACCOUNT, 5000 + usable - 1)).toBe(true);
		expect(isUsable(metadata, ACCOUNT, 5000 + usable)).toBe(false);
	});

	test('is restored from its JSON, which does not show the username or the password', () => {
		const json = JSON.stringify(metadataFor(ACCOUNT, FIVE_MINUTES, 1234));
		expect(parseMetadata(json)).toEqual(metadataFor(ACCOUNT, FIVE_MINUTES, 1234));
		expect(json).not.toMatch(/clinic|hunter2|progeny/);
	});
});

test.each<[string, Account]>([
	['base URL', { ...ACCOUNT, baseUrl: 'https://be.progeny.tech/api/v4' }],
	['username', { ...ACCOUNT, username: 'clinic2' }],
	['password', { ...ACCOUNT, password: 'hunter3' }],
	['division between them', { ...ACCOUNT, username: 'clinichunter2', password: '' }],
])('a token is not usable with another %s', (_, other) => {
	expect(fingerprint(other)).not.toBe(fingerprint(ACCOUNT));
	expect(isUsable(metadataFor(ACCOUNT, FIVE_MINUTES, 0), other, 1)).toBe(false);
});

test.each<unknown>([
	...['', undefined, { fingerprint: 'a', obtainedAt: 1, expiresAt: 2 }, '{', 'null', '[]', '{}'],
	...['{"obtainedAt":1,"expiresAt":2}', '{"fingerprint":1,"obtainedAt":1,"expiresAt":2}'],
	'{"fingerprint":"a","obtainedAt":1,"expiresAt":"2"}',
])('stored metadata that cannot be read (%j) makes no token usable', (stored) => {
	expect(parseMetadata(stored)).toBeUndefined();
	expect(isUsable(parseMetadata(stored), ACCOUNT, 0)).toBe(false);
});
