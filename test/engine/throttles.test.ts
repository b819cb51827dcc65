import { NOT_FOUND, PENDING, jwt, taskId } from './support/answers';
import { CONTINUE, outcomesOf } from './support/check';
import { fileItem, photos, tinyJpeg } from './support/items';
import { check, fakeProgeny, storedAccount, useProgeny, type Answer, type Check } from './support/progeny';
import { settle } from './support/virtualTime';

useProgeny();

const run = (count: number, concurrency: number, more: Check = {}) =>
	check({
		node: 'faceLiveness',
		items: photos(count),
		options: { concurrency },
		settings: CONTINUE,
		...more,
	});
const large = (bytes: number) => fileItem(Buffer.concat([tinyJpeg(), Buffer.alloc(bytes)]));
const passes = (count: number) => Array<string>(count).fill('pass');
const HAPROXY_503 =
	'<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n';

describe('a throttle', () => {
	/** Throttles as Django REST Framework does: so many uploads within a time; Retry-After is until the oldest is over. */
	const throttle = (limit: number, windowMs: number) => {
		let accepted: number[] = [];
		return (n: number): [number, object, Record<string, string>?] => {
			const now = performance.now();
			accepted = accepted.filter((at) => now - at < windowMs);
			if (accepted.length < limit) {
				accepted.push(now);
				return [200, { id: taskId(n) }];
			}
			const seconds = Math.ceil((windowMs - (now - accepted[0]!)) / 1000);
			return [429, { detail: 'Request was throttled.' }, { 'Retry-After': String(seconds) }];
		};
	};

	test.each([5, 50])('of 10 uploads per 5 s loses none of 30 photos, %i at a time', async (concurrency) => {
		fakeProgeny({ submit: throttle(10, 5000) });
		const warned = jest.fn();
		process.on('warning', warned);
		const ran = await run(30, concurrency);
		process.off('warning', warned);
		expect(outcomesOf(ran)).toEqual(passes(30));
		// The throttle itself needs two windows of 5 s.
		expect(ran.tookMs).toBeLessThan(1.3 * 10_000);
		expect(warned).not.toHaveBeenCalled();
	});

	test('that says Retry-After: 0 is given the time of the node', async () => {
		const start = performance.now();
		fakeProgeny({
			submit: (n) =>
				performance.now() - start < 1200
					? [429, { detail: 'Later.' }, { 'Retry-After': '0' }]
					: [200, { id: taskId(n) }],
		});
		expect((await run(1, 1)).json[0]).toMatchObject({ decision: 'pass' });
	});

	test.each(['submit', 'poll'])('of a %s pauses the uploads and polls of the run', async (kind) => {
		const at: number[] = [];
		let throttled = Infinity;
		const answered = (isThrottled: boolean, answer: Answer): Answer => {
			at.push(performance.now());
			if (!isThrottled || throttled < Infinity) return answer;
			throttled = performance.now();
			return [429, { detail: 'x' }, { 'Retry-After': '7' }];
		};
		fakeProgeny({
			submit: (n) => answered(kind === 'submit' && n === 1, [200, { id: taskId(n) }]),
			task: () => answered(kind === 'poll', [404, NOT_FOUND]),
		});
		await run(2, 2, { options: { concurrency: 2, timeout: 20 } });
		expect(throttled).toBeLessThan(Infinity);
		expect(at.filter((time) => time > throttled && time < throttled + 7000)).toEqual([]);
		expect(at.filter((time) => time >= throttled + 7000).length).toBeGreaterThan(1);
	});

	test('that never ends is given up after two minutes, by all items of the run together', async () => {
		const traffic = fakeProgeny({ submit: () => [503, HAPROXY_503] });
		const ran = await run(12, 5);
		expect(outcomesOf(ran)).toEqual(Array(12).fill('UNREACHABLE'));
		expect(ran.tookMs).toBeLessThan(160_000);
		expect(traffic.submits.length).toBeLessThan(25);
	});

	test('of more than a minute is given up at once', async () => {
		const traffic = fakeProgeny({ submit: () => [429, { detail: 'x' }, { 'Retry-After': '60.5' }] });
		expect(outcomesOf(await run(12, 5))).toEqual(Array(12).fill('RATE_LIMITED'));
		expect(traffic.submits.length).toBeLessThanOrEqual(5);
	});

	test('is never waited for in Register Face if it is a 503: its record may be there', async () => {
		const traffic = fakeProgeny({ submit: () => [503, HAPROXY_503] });
		expect(outcomesOf(await run(1, 1, { node: 'registerFace' }))).toEqual(['OUTCOME_UNKNOWN']);
		expect(traffic.submits).toHaveLength(1);
	});
});

test('of 50 items at a time, ten are being uploaded', async () => {
	let [uploading, most] = [0, 0];
	fakeProgeny({
		async submit(n) {
			most = Math.max(most, ++uploading);
			await settle(20);
			uploading--;
			return [200, { id: taskId(n) }];
		},
	});
	expect(outcomesOf(await run(15, 50))).toEqual(passes(15));
	expect(most).toBe(10);
});

describe('a stored token', () => {
	const EXPIRED = { detail: 'Given token not valid for any token type', code: 'token_not_valid' };

	test.each<[string, (n: number) => [number, unknown], number, boolean]>([
		['is refused', (n) => (n === 0 ? [401, EXPIRED] : [200, PENDING]), 1, true],
		['is served', () => [404, NOT_FOUND], 0, false],
		['meets a page', (n) => (n === 0 ? [401, '<html>'] : [404, {}]), 0, false],
		['meets a server that is down', () => [502, '<html>'], 0, false],
	])('that this process has not seen served and that %s', async (_, task, logins, isFresh) => {
		const account = storedAccount(200_000);
		const traffic = fakeProgeny({ task });
		await run(3, 3, { account, operation: 'submit' });
		expect([traffic.logins.length, traffic.submits.length, traffic.polls.length]).toEqual([logins, 3, 1]);
		expect(traffic.polls[0]!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
		expect(traffic.submits[0]!.authorization !== `Bearer ${account.accessToken}`).toBe(isFresh);
	});

	test.each([
		['a small photo', 0, 0],
		['a photo of 3 MB', 3_000_000, 1],
	])('that lasts 40 s, with %s: %i bytes more, %i logins', async (_, bytes, logins) => {
		const traffic = fakeProgeny();
		await run(1, 1, { account: storedAccount(40_000), items: [large(bytes)], operation: 'submit' });
		expect([traffic.logins.length, traffic.submits.length]).toEqual([logins, 1]);
	});
});

describe('a token that is refused', () => {
	const refused = { detail: 'Token is not yet valid', code: 'token_not_valid' };

	test('in its first second is shown again, and no item is given up', async () => {
		let obtained = 0;
		const traffic = fakeProgeny({
			login: (n) => {
				obtained = performance.now();
				return [200, { access: jwt(300, `young${n}`) }];
			},
			submit: (n) => (performance.now() - obtained < 1000 ? [401, refused] : [200, { id: taskId(n) }]),
		});
		expect(outcomesOf(await run(5, 5))).toEqual(passes(5));
		expect(traffic.logins.length).toBeLessThanOrEqual(2);
	});

	test('is shown again even if it ends sooner than the upload may, since another login would not last longer', async () => {
		const traffic = fakeProgeny({
			login: () => [200, { access: jwt(40) }],
			submit: (n) => (n < 2 ? [401, refused] : [200, { id: taskId(n) }]),
		});
		await run(1, 1, { items: [large(3_000_000)], operation: 'submit' });
		expect([traffic.logins.length, traffic.submits.length]).toEqual([2, 3]);
	});

	test('because its upload outlasted it ends that item alone', async () => {
		const lifeMs = 2000;
		const ends = new Map<string, number>();
		const traffic = fakeProgeny({
			login: (n) => {
				const access = jwt(lifeMs / 1000, `short${n}`);
				ends.set(`Bearer ${access}`, Date.now() + lifeMs);
				return [200, { access }];
			},
			async submit(n, body) {
				const { authorization } = traffic.submits[n]!;
				if (body.length > 100_000) jest.setSystemTime(Date.now() + 4000);
				await settle();
				return Date.now() > ends.get(authorization)! ? [401, refused] : [200, { id: taskId(n) }];
			},
		});
		const { json } = await run(4, 1, { items: [large(200_000), ...photos(3)] });
		const said = json.map(({ decision, error }) => decision ?? error);
		expect(said).toEqual(['The upload took longer than a login lasts', ...passes(3)]);
	});
});

describe('a login', () => {
	test('answered with 201 and tokens is a login', async () => {
		fakeProgeny({ login: () => [201, { access: jwt() }] });
		expect((await run(1, 1)).json[0]).toMatchObject({ decision: 'pass' });
	});

	test.each([
		[{ detail: 'Your password has expired.' }, 'Your password has expired.'],
		[{ ephemeral_token: 'a'.repeat(40), method: 'app' }, 'JSON of another form'],
	])('answered with %j and no token says so', async (body, words) => {
		fakeProgeny({ login: () => [200, body] });
		const { json } = await run(1, 1);
		expect(json[0]!.error).toContain(words);
		expect(JSON.stringify(json)).not.toContain('aaaa');
	});
});
