import fc from 'fast-check';
import { checkedBaseUrl, DEFAULT_BASE_URL, urlUnder } from '../../nodes/shared/progeny/endpoints';
import { SEED } from './mutations';
import { runs } from '../support/thorough';

test('the default is the documented one', () => {
	expect(DEFAULT_BASE_URL).toBe('https://be.progeny.tech/api/v3');
	expect(checkedBaseUrl(DEFAULT_BASE_URL)).toBe(DEFAULT_BASE_URL);
});

describe('checkedBaseUrl', () => {
	test.each([
		['a trailing slash', 'https://be.progeny.tech/api/v3/', 'https://be.progeny.tech/api/v3'],
		['many', 'https://be.progeny.tech/api/v3///', 'https://be.progeny.tech/api/v3'],
		['blanks around it', '  https://be.progeny.tech/api/v3 \n', 'https://be.progeny.tech/api/v3'],
		...[
			'\u200b',
			'\ufeff',
			'\u00a0',
			'\u2060',
			'\u00ad',
			'\u202a',
			'\u3164',
			'\u2800',
			'\ufe0f',
			'\u0000',
		].map((c): [string, string, string] => [
			`U+${c.charCodeAt(0).toString(16)} at its ends`,
			`${c}${c}https://be.progeny.tech/api/v3/${c}`,
			'https://be.progeny.tech/api/v3',
		]),
		['no path', 'https://be.progeny.tech', 'https://be.progeny.tech'],
		['a port', 'https://be.progeny.tech:8443/api', 'https://be.progeny.tech:8443/api'],
		['the port that https has anyway', 'https://be.progeny.tech:443/api', 'https://be.progeny.tech/api'],
		['upper case in the host', 'HTTPS://BE.Progeny.Tech/api/v3', 'https://be.progeny.tech/api/v3'],
		['dots in the path', 'https://be.progeny.tech/x/../api/v3', 'https://be.progeny.tech/api/v3'],
		['another host', 'https://proxy.example.com/progeny', 'https://proxy.example.com/progeny'],
	])('takes %s', (_, value, expected) => {
		expect(checkedBaseUrl(value)).toBe(expected);
	});

	test.each([
		...['localhost', 'localhost:5679', '127.0.0.1', '127.8.9.1:80', '[::1]:3000', 'sandbox', 'sandbox.local'],
		...['api.internal', 'progeny.localhost', '10.1.2.3', '192.168.0.10', '172.16.0.1', '172.31.255.255'],
		...['[fd12:3456::1]', '[fc00::1]', '0x7f000001', '2130706433'],
	])('takes http for the private host %s', (host) => {
		expect(checkedBaseUrl(`http://${host}/api/v3`)).toMatch(/^http:\/\/.+\/api\/v3$/);
	});

	test.each([
		...['be.progeny.tech', '8.8.8.8', '172.15.0.1', '172.32.0.1', '192.169.0.1', '11.0.0.1', '128.0.0.1'],
		...['10.evil.example', '127.0.0.1.evil.example', '192.168.0.1.evil.example', 'localhost.evil.example'],
		...['evillocal.example', 'local.example', '[2001:db8::1]', '[fe00::1]', '[::ffff:8.8.8.8]', '0x08080808'],
	])('refuses http for %s', (host) => {
		expect(() => checkedBaseUrl(`http://${host}/api/v3`)).toThrow('uses http');
	});

	test.each<[string, unknown, string]>([
		['empty', '', 'is empty'],
		['blank', '   ', 'is empty'],
		['missing', undefined, 'is empty'],
		['no text', 5, 'is empty'],
		['a host alone', 'be.progeny.tech/api/v3', 'must start with https://'],
		['a host with slashes', '//be.progeny.tech/api/v3', 'must start with https://'],
		['invisible characters alone', '\u200b\ufeff', 'is empty'],
		['nonsense', 'https://', 'is not a URL'],
		['ftp', 'ftp://be.progeny.tech/', 'must start with https://'],
		['a file', 'file:///etc/passwd', 'must start with https://'],
		['a script', 'javascript:alert(1)', 'must start with https://'],
		['a user name', 'https://me@be.progeny.tech/', 'must not contain a username or password'],
		['a password', 'https://me:secret@be.progeny.tech/', 'must not contain a username or password'],
		['a query', 'https://be.progeny.tech/?a=b', 'must not contain a question mark or a hash sign'],
		['an empty query', 'https://be.progeny.tech/api?', 'must not contain a question mark or a hash sign'],
		['a fragment', 'https://be.progeny.tech/#x', 'must not contain a question mark or a hash sign'],
		['an empty fragment', 'https://be.progeny.tech/#', 'must not contain a question mark or a hash sign'],
	])('refuses %s', (_, value, why) => {
		expect(() => checkedBaseUrl(value)).toThrow(
			expect.objectContaining({
				code: 'UNREACHABLE',
				message: `The Base URL in the Progeny credential ${why}`,
			}),
		);
	});

	test('never shows a password that stands in it', () => {
		expect(() => checkedBaseUrl('https://me:hunter2@be.progeny.tech/')).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
		);
	});
});

describe('urlUnder', () => {
	const BASE = 'https://be.progeny.tech/api/v3';

	test.each([
		['a path', '/services/task/', `${BASE}/services/task/`],
		['a path with a query', '/services/task/?id=1', `${BASE}/services/task/?id=1`],
		['a URL under it', `${BASE}/services/task/`, `${BASE}/services/task/`],
		['a URL under it, written otherwise', 'HTTPS://BE.progeny.tech:443/api/v3/x/', `${BASE}/x/`],
	])('takes %s', (_, target, expected) => {
		expect(urlUnder(BASE, target)).toBe(expected);
	});

	test.each([
		['another host', 'https://evil.example/api/v3/services/task/'],
		['another scheme', 'http://be.progeny.tech/api/v3/x/'],
		['another port', 'https://be.progeny.tech:8443/api/v3/x/'],
		['a host that begins alike', 'https://be.progeny.tech.evil.example/api/v3/x/'],
		['a path that begins alike', 'https://be.progeny.tech/api/v3evil/x/'],
		['a path outside', 'https://be.progeny.tech/admin/'],
		['dots that lead outside', `${BASE}/../../admin/`],
		['dots in disguise', `${BASE}/%2e%2e/%2E%2E/admin/`],
		['the base URL itself', BASE],
		['a host without a scheme', '//evil.example/x/'],
		['a name and a host', 'https://be.progeny.tech@evil.example/api/v3/'],
		['credentials', 'https://me:pw@be.progeny.tech/api/v3/x/'],
		['a path without its slash', 'services/task/'],
		['an at sign', '@evil.example/'],
		['nothing', ''],
	])('refuses %s', (_, target) => {
		expect(() => urlUnder(BASE, target)).toThrow(expect.objectContaining({ code: 'UNREACHABLE' }));
	});

	test('sends no token to another origin, whatever it is given', () => {
		const pieces = [
			'/',
			'//',
			'\\',
			'@',
			'..',
			'%2e',
			'?',
			'#',
			':',
			'https:',
			'http://',
			'evil.example',
			BASE,
			'\t',
			' ',
		];
		const target = fc.oneof(
			fc
				.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 6 })
				.map((all) => all.join('')),
			fc.webUrl(),
		);
		fc.assert(
			fc.property(target, (text) => {
				let url: string;
				try {
					url = urlUnder(BASE, text);
				} catch {
					return true;
				}
				return new URL(url).origin === 'https://be.progeny.tech';
			}),
			{ seed: SEED, numRuns: runs(5000) },
		);
	});
});
