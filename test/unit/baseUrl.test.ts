import fc from 'fast-check';
import { checkedBaseUrl, DEFAULT_BASE_URL, isTaskId, urlUnder } from '../../nodes/shared/progeny/endpoints';
import { cases } from '../support/thorough';
import { each, words } from '../support/words';

test('the default is the documented one', () => {
	expect(DEFAULT_BASE_URL).toBe('https://be.progeny.tech/api/v3');
	expect(checkedBaseUrl(DEFAULT_BASE_URL)).toBe(DEFAULT_BASE_URL);
});

describe('checkedBaseUrl', () => {
	test.each([
		['https://be.progeny.tech/api/v3///', 'https://be.progeny.tech/api/v3'],
		['  https://be.progeny.tech/api/v3 \n', 'https://be.progeny.tech/api/v3'],
		...[...'\u200b\ufeff\u00a0\u2060\u00ad\u202a\u3164\u2800\ufe0f\u0000'].map((c) => [
			`${c}${c}https://be.progeny.tech/api/v3/${c}`,
			'https://be.progeny.tech/api/v3',
		]),
		['https://be.progeny.tech', 'https://be.progeny.tech'],
		['https://be.progeny.tech:8443/api', 'https://be.progeny.tech:8443/api'],
		['https://be.progeny.tech:443/api', 'https://be.progeny.tech/api'],
		['HTTPS://BE.Progeny.Tech/api/v3', 'https://be.progeny.tech/api/v3'],
		['https://be.progeny.tech/x/../api/v3', 'https://be.progeny.tech/api/v3'],
		['https://proxy.example.com/progeny', 'https://proxy.example.com/progeny'],
	])('reads %j as %s', (value, expected) => {
		expect(checkedBaseUrl(value)).toBe(expected);
	});

	test.each([
		...['localhost', 'localhost:5679', '127.0.0.1', '127.8.9.1:80', '[::1]:3000', 'sandbox', 'sandbox.local'],
		...['api.internal', 'progeny.localhost', '10.1.2.3', '192.168.0.10', '172.16.0.1', '172.31.255.255'],
		...['[fd12:3456::1]', '[fc00::1]', '0x7f000001', '2130706433'],
	])('accepts http for the private host %s', (host) => {
		expect(checkedBaseUrl(`http://${host}/api/v3`)).toMatch(/^http:\/\/.+\/api\/v3$/);
	});

	test.each([
		...['be.progeny.tech', '8.8.8.8', '172.15.0.1', '172.32.0.1', '192.169.0.1', '11.0.0.1', '128.0.0.1'],
		...['10.evil.example', '127.0.0.1.evil.example', '192.168.0.1.evil.example', 'localhost.evil.example'],
		'a.evillocal',
		...['evillocal.example', 'local.example', '[2001:db8::1]', '[fe00::1]', '[::ffff:8.8.8.8]', '0x08080808'],
	])('refuses http for %s', (host) => {
		expect(() => checkedBaseUrl(`http://${host}/api/v3`)).toThrow('uses http');
	});

	const START = 'must start with https://';
	const LOGIN = 'must not contain a username or password';
	const QUERY = 'must not contain a question mark or a hash sign';
	test.each<[unknown, string]>([
		...each(['', '   ', undefined, 5, '\u200b\ufeff'], 'is empty'),
		...each(['be.progeny.tech/api/v3', '//be.progeny.tech/api/v3', 'ftp://be.progeny.tech/'], START),
		...each(['file:///etc/passwd', 'javascript:alert(1)'], START),
		['https://', 'is not a URL'],
		['https://me@be.progeny.tech/', LOGIN],
		['https://me:secret@be.progeny.tech/', LOGIN],
		...each(['https://be.progeny.tech/?a=b', 'https://be.progeny.tech/api?'], QUERY),
		...each(['https://be.progeny.tech/#x', 'https://be.progeny.tech/#'], QUERY),
	])('refuses %j', (value, why) => {
		const message = `The Base URL in the Progeny credential ${why}`;
		expect(() => checkedBaseUrl(value)).toThrow(expect.objectContaining({ code: 'UNREACHABLE', message }));
	});
});

describe('urlUnder', () => {
	const BASE = 'https://be.progeny.tech/api/v3';

	test.each([
		['/services/task/?id=1', `${BASE}/services/task/?id=1`],
		[`${BASE}/services/task/`, `${BASE}/services/task/`],
		['HTTPS://BE.progeny.tech:443/api/v3/x/', `${BASE}/x/`],
	])('accepts %s', (target, expected) => {
		expect(urlUnder(BASE, target)).toBe(expected);
	});

	test.each([
		...['https://evil.example/api/v3/x/', 'http://be.progeny.tech/api/v3/x/', '//evil.example/x/'],
		...['https://be.progeny.tech:8443/api/v3/x/', 'https://be.progeny.tech.evil.example/api/v3/x/'],
		...['https://be.progeny.tech/api/v3evil/x/', 'https://be.progeny.tech/admin/', `${BASE}/../../admin/`],
		...[`${BASE}/%2e%2e/%2E%2E/admin/`, BASE, 'https://be.progeny.tech@evil.example/api/v3/'],
		...['https://me:pw@be.progeny.tech/api/v3/x/', 'services/task/', '@evil.example/', ''],
	])('refuses %j', (target) => {
		expect(() => urlUnder(BASE, target)).toThrow(expect.objectContaining({ code: 'UNREACHABLE' }));
	});

	test('sends no token to another origin, whatever the target', () => {
		const pieces = [...words('/ // \\ @ .. %2e ? # : https: http:// evil.example'), BASE, '\t', ' '];
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
			cases(5000),
		);
	});
});

const encoded = Buffer.from('a photo of 24 bytes or more');
test.each<unknown>([
	...['d48eac86-228e-4933-a01d-279886a9c6b5', 'D48EAC86228E4933A01D279886A9C6B5', '2172', 'kyc:7:a.b'],
	...['01J9ZQ4W3X5Y6Z7A8B9C0D1E2F', 'task_01h455vb4pex5vsknk084sn02q'],
	'celery-task-meta-d48eac86-228e-4933-a01d-279886a9c6b5',
])('%s is a task ID', (text) => {
	expect(isTaskId(text)).toBe(true);
});

test.each<unknown>([
	...['', 'a b', 'a/b', '<a/href=//evil.example/login>Log-in-again</a>', 'a'.repeat(201), 'a"b', 'ä', 'a=b'],
	...[encoded.toString('base64url'), encoded.toString('hex'), 42, null],
])('%p is not a task ID', (text) => {
	expect(isTaskId(text)).toBe(false);
});
