import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { startSandbox, type Sandbox, type SettingsChange } from '../../sandbox';
import { authenticate, login, photo, run as runService, send, upload } from '../sandbox/support/client';

const collins = 'eileen-collins.png';
const hopper = 'grace-hopper.jpg';
const v1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

// The models compute for seconds where the machine is busy with something else too.

let sandbox: Sandbox;
let token: string;
let uuids: Record<string, string>;

beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
	token = (await login(sandbox)).access;
	uuids = {
		[collins]: await sandbox.registerPhoto(photo(collins)),
		[hopper]: await sandbox.registerPhoto(photo(hopper)),
	};
});
afterEach(() =>
	sandbox.set({ minFaceSize: 100, failureShape: 'documented', thresholds: { liveness: 0.5, angle: 25 } }),
);
afterAll(async () => await sandbox.close());

async function check(image: Buffer, person: string) {
	return (await authenticate(sandbox, token, uuids[person] ?? person, upload(image))).json.result;
}

async function run(service: string, image: Buffer, fields: Record<string, string> = {}) {
	return (await runService(sandbox, token, service, upload(image), fields)).json;
}

async function changed(name: string, change: (image: Sharp) => Sharp): Promise<Buffer> {
	return await change(sharp(photo(name))).toBuffer();
}

const blank = async () =>
	await sharp({ create: { width: 600, height: 600, channels: 3, background: '#88aacc' } })
		.png()
		.toBuffer();

const together = async () => {
	const canvas = sharp({ create: { width: 1024, height: 600, channels: 3, background: '#888888' } });
	const parts = [
		{ input: photo(collins), left: 0, top: 0 },
		{ input: photo(hopper), left: 512, top: 0 },
	];
	return await canvas.composite(parts).png().toBuffer();
};

const justTheFace = async () =>
	await changed(collins, (image) => image.extract({ left: 165, top: 70, width: 120, height: 125 }));

describe('the same person', () => {
	const changes: [string, (image: Sharp) => Sharp][] = [
		['recompressed', (image) => image.jpeg({ quality: 40 })],
		['darker', (image) => image.modulate({ brightness: 0.6 }).jpeg()],
		['brighter', (image) => image.modulate({ brightness: 1.4 }).jpeg()],
		['turned', (image) => image.rotate(12, { background: '#888888' }).jpeg()],
		['lying, upright by EXIF', (image) => image.rotate(90).withMetadata({ orientation: 8 }).jpeg()],
	];
	const cases = [collins, hopper].flatMap((name) =>
		changes.map(([words, change]) => [name, words, change] as const),
	);

	it.each(cases)('%s, %s, passes', async (name, _words, change) => {
		const { status, data } = await check(await changed(name, change), name);
		expect([status, data.authentication.result, data.liveness.result]).toEqual([200, true, true]);
		expect(Number(data.authentication.data.scorePercent)).toBeGreaterThan(70);
	});

	it.each([
		[collins, { left: 100, top: 0, width: 280, height: 330 }],
		[hopper, { left: 60, top: 40, width: 400, height: 440 }],
	])('%s, cropped, passes', async (name, region) => {
		const { data } = await check(await changed(name, (image) => image.extract(region).jpeg()), name);
		expect([data.authentication.result, data.liveness.result]).toEqual([true, true]);
	});

	it('gives scores as strings, and liveness numbers whose probability is the logistic of the score', async () => {
		const { data } = await check(photo(collins), collins);
		expect(data.authentication.data).toEqual({ matchScore: '20.0', scorePercent: '100.0' });
		const { score, quality, probability } = data.liveness.data;
		expect(probability).toBeCloseTo(1 / (1 + Math.exp(-score)), 5);
		expect(probability).toBeGreaterThan(0.5);
		expect(quality).toBeGreaterThan(0.6);
	});
});

it.each([
	[collins, hopper],
	[hopper, collins],
])('%s is not the person of %s', async (shown, registered) => {
	const { status, data } = await check(photo(shown), registered);
	expect([status, data.authentication.result, data.liveness.result]).toEqual([200, false, true]);
	expect(Number(data.authentication.data.scorePercent)).toBeLessThan(30);
	expect(data).not.toHaveProperty('issues');
});

describe('the codes', () => {
	it.each<[string, string, SettingsChange, () => Promise<Buffer> | Buffer]>([
		['the cat', 'FACE_NOT_FOUND', {}, () => photo('cat.png')],
		['a blank picture', 'FACE_NOT_FOUND', {}, blank],
		['both women', 'TOO_MANY_FACES', {}, together],
		['a face below 224 px', 'FACE_TOO_SMALL', { minFaceSize: 224 }, () => photo(collins)],
		['a small face', 'FACE_TOO_SMALL', {}, async () => await changed(collins, (image) => image.resize(256))],
		['nothing but a face', 'FACE_TOO_CLOSE', { minFaceSize: 0 }, justTheFace],
		['a face at an angle', 'FACE_ANGLE_TOO_LARGE', { thresholds: { angle: 5 } }, () => photo(collins)],
		['a text', 'FAILED_TO_READ_IMAGE', {}, () => Buffer.from('not a picture')],
		['half a picture', 'FAILED_TO_READ_IMAGE', {}, () => photo(hopper).subarray(0, 30_000)],
		[
			'a WebP',
			'FAILED_TO_READ_IMAGE',
			{},
			async () => await changed(collins, (image) => image.webp({ effort: 0 })),
		],
	])('%s: %s, from each service', async (_case, code, settings, image) => {
		sandbox.set(settings);
		const file = await image();
		const known = sandbox.tasks.length;
		const results = [
			await check(file, collins),
			(await run('face_liveness', file)).result,
			(await run('register_face', file)).result,
		];
		expect(sandbox.tasks.slice(known).map(({ service }) => service)).toEqual([
			'authenticate_face',
			'face_liveness',
			'register_face',
		]);
		for (const { data } of results) {
			expect(Object.keys(data)).toEqual(['liveness', 'issues']);
			expect(data.liveness.result).toBe(false);
			expect(Object.keys(data.issues.liveness)).toEqual([code]);
		}
	});

	it('come in the shape that is set', async () => {
		const shapeOf = ({
			status,
			data,
		}: {
			status: number;
			data: { liveness: { error_code?: string; data?: object } };
		}) => [status, 'error_code' in data.liveness, 'data' in data.liveness];
		const small = await changed(collins, (image) => image.resize(256));
		expect(shapeOf(await check(await blank(), collins))).toEqual([200, false, true]);
		expect(shapeOf(await check(small, collins))).toEqual([400, true, false]);
		sandbox.set({ failureShape: 'A' });
		expect(shapeOf(await check(await blank(), collins))).toEqual([400, true, false]);
		sandbox.set({ failureShape: 'B' });
		expect(shapeOf(await check(small, collins))).toEqual([200, false, true]);
	});
});

it('takes a face for a spoof below the liveness threshold, and compares it all the same', async () => {
	sandbox.set({ thresholds: { liveness: 0.75 } });
	const { data } = await check(photo(collins), collins);
	expect([data.authentication.result, data.liveness.result]).toEqual([true, false]);
	expect(data.liveness.data.probability).toBeLessThan(0.75);
	expect((await check(photo(hopper), hopper)).data.liveness.result).toBe(true);
});

it('answers a UUID that nobody is registered under with the code of the v2 API', async () => {
	const { status, data } = await check(photo(collins), 'd3da2b7a-b062-11ec-b3b9-0242ac190002');
	expect([status, data.authentication.result, data.authentication.error_code]).toEqual([
		400,
		false,
		'Bad params',
	]);
	expect(data.liveness.result).toBe(true);
});

describe('register_face', () => {
	it('gives a version-1 UUID and nothing else', async () => {
		const { result } = await run('register_face', photo(collins));
		expect(result).toEqual({ status: 200, data: { uuid: expect.stringMatching(v1) } });
	});

	it.each([
		[collins, hopper],
		[hopper, collins],
	])(
		'gives the face on %s a UUID that another photo of it passes with, and %s does not',
		async (own, other) => {
			const { result } = await run('register_face', photo(own));
			const again = await changed(own, (image) => image.rotate(6, { background: '#888888' }).jpeg());
			const verdicts = [
				await check(again, result.data.uuid),
				await check(photo(other), result.data.uuid),
				await check(photo('cat.png'), result.data.uuid),
			].map(({ data }) => [data.authentication?.result, data.liveness.result]);
			expect(verdicts).toEqual([
				[true, true],
				[false, true],
				[undefined, false],
			]);
		},
	);

	it('gives a face that it knows a UUID of its own again', async () => {
		const uuid = async () => (await run('register_face', photo(collins))).result.data.uuid;
		expect(await uuid()).not.toBe(await uuid());
	});

	it('remembers no face of a photo that it refused', async () => {
		const faces = async () => (await send(sandbox, '/sandbox/overview')).json.faces.length;
		const before = await faces();
		await run('register_face', photo('cat.png'));
		sandbox.set({ thresholds: { liveness: 0.75 } });
		const { result } = await run('register_face', photo(collins));
		expect(result.data).toEqual({ liveness: { result: false, data: expect.any(Object) } });
		expect(await faces()).toBe(before);
		await expect(sandbox.registerPhoto(photo('cat.png'))).rejects.toThrow('FACE_NOT_FOUND');
	});
});

describe('face_liveness', () => {
	it('checks liveness alone, in the shape of its documented sample', async () => {
		const { result } = await run('face_liveness', photo(hopper));
		const numbers = {
			score: expect.any(Number),
			quality: expect.any(Number),
			probability: expect.any(Number),
		};
		expect(result).toEqual({ data: { liveness: { data: numbers, result: true } }, status: 200 });
	});

	it('is false for a spoof, with its numbers and no code', async () => {
		sandbox.set({ thresholds: { liveness: 0.75 } });
		const { result } = await run('face_liveness', photo(collins));
		expect([result.status, Object.keys(result.data)]).toEqual([200, ['liveness']]);
		expect([result.data.liveness.result, result.data.liveness.data.probability < 0.75]).toEqual([
			false,
			true,
		]);
	});
});

it.each(['register_face', 'face_liveness'])(
	'%s gives provider data where extend_data asks for it',
	async (service) => {
		const { result } = await run(service, photo(hopper), { extend_data: 'true' });
		expect(result.data.extend_data.liveness).toMatchObject({
			provider: 'sandbox',
			width: expect.any(Number),
			live: expect.any(Number),
		});
	},
);

it('keeps answering while many photos are looked at', async () => {
	let isOver = false;
	const all = Promise.all(Array.from({ length: 6 }, async () => await check(photo(hopper), hopper))).finally(
		() => (isOver = true),
	);
	const queues: number[] = [];
	while (!isOver) queues.push((await send(sandbox, '/sandbox/overview')).json.engine.busy);
	expect((await all).map(({ data }) => data.authentication.result)).toEqual(Array(6).fill(true));
	// On the server's own thread a request would be answered between two looks only.
	const answeredAt = (queue: number) => queues.filter((busy) => busy === queue).length;
	expect(Math.max(...[1, 2, 3, 4, 5, 6].map(answeredAt))).toBeGreaterThanOrEqual(10);
});

describe('a data file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('still knows its faces after a restart, and holds no photo', async () => {
		const data = join(folder, 'faces.sqlite');
		const first = await startSandbox({ data });
		const uuid = await first.registerPhoto(photo(collins));
		await first.close();
		expect(statSync(data).size).toBeLessThan(photo(collins).length / 10);

		const second = await startSandbox({ data, taskTime: 0 });
		const access = (await login(second)).access;
		const outcome = async (name: string) =>
			(await authenticate(second, access, uuid, upload(photo(name)))).json.result.data.authentication.result;
		expect([await outcome(collins), await outcome(hopper)]).toEqual([true, false]);
		const { faces } = (await send(second, '/sandbox/overview')).json;
		expect(faces).toEqual([{ uuid, registeredAt: expect.any(Number) }]);
		await second.close();
	});

	it('is refused where it is something else', async () => {
		const data = join(folder, 'text');
		writeFileSync(
			data,
			'Some text that was here before, long enough to be no database header at all.'.repeat(20),
		);
		await expect(startSandbox({ data })).rejects.toThrow(data);
		await expect(startSandbox({ data: join(folder, 'no', 'such', 'folder') })).rejects.toThrow('cannot hold');
	});
});
