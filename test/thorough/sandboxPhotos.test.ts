import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { startSandbox, type SettingsChange } from '../../sandbox';
import { Client, photo, sandboxForFile, upload } from '../sandbox/support/client';

const collins = 'eileen-collins.png';
const hopper = 'grace-hopper.jpg';
const v1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const defaults = { minFaceSize: 100, failureShape: 'documented', thresholds: { liveness: 0.5, angle: 25 } };

const client = sandboxForFile();
let uuids: Record<string, string>;
beforeAll(async () => {
	uuids = {
		[collins]: await client.sandbox.registerPhoto(photo(collins)),
		[hopper]: await client.sandbox.registerPhoto(photo(hopper)),
	};
});
afterEach(() => client.sandbox.set(defaults as SettingsChange));

const check = async (image: Buffer, person: string) =>
	(await client.authenticate(uuids[person] ?? person, upload(image))).json.result;

const run = async (service: string, image: Buffer, extend_data = 'false') =>
	(await client.run(service, { image: upload(image), extend_data })).json.result;

const changed = (name: string, change: (image: Sharp) => Sharp) => change(sharp(photo(name))).toBuffer();
const small = () => changed(collins, (image) => image.resize(256));

it('passes with another photo of the same person, and returns the numbers of the documented sample', async () => {
	for (const name of [collins, hopper]) {
		const image = await changed(name, (photo) =>
			photo.rotate(12, { background: '#888888' }).jpeg({ quality: 40 }),
		);
		const { status, data } = await check(image, name);
		expect([status, data.authentication.result, data.liveness.result]).toEqual([200, true, true]);
		expect(Number(data.authentication.data.scorePercent)).toBeGreaterThan(70);
	}
	const { authentication, liveness } = (await check(photo(collins), collins)).data;
	expect(authentication.data).toEqual({ matchScore: '20.0', scorePercent: '100.0' });
	const { score, quality, probability } = liveness.data;
	expect(probability).toBeCloseTo(1 / (1 + Math.exp(-score)), 5);
	expect(quality).toBeGreaterThan(0.6);
});

it('tells one person from another', async () => {
	const { status, data } = await check(photo(collins), hopper);
	expect([status, data.authentication.result, data.liveness.result]).toEqual([200, false, true]);
	expect(Number(data.authentication.data.scorePercent)).toBeLessThan(30);
	expect(data).not.toHaveProperty('issues');
});

describe('the codes', () => {
	const place = (name: string, left: number) => ({ input: photo(name), left, top: 0 });
	const together = () =>
		sharp({ create: { width: 1024, height: 600, channels: 3, background: '#888888' } })
			.composite([place(collins, 0), place(hopper, 512)])
			.png()
			.toBuffer();
	const justTheFace = () =>
		changed(collins, (image) => image.extract({ left: 165, top: 70, width: 120, height: 125 }));

	it.each<[string, string, SettingsChange, () => Promise<Buffer> | Buffer]>([
		['the cat', 'FACE_NOT_FOUND', {}, () => photo('cat.png')],
		['both women', 'TOO_MANY_FACES', {}, together],
		['a small face', 'FACE_TOO_SMALL', {}, small],
		['only a face', 'FACE_TOO_CLOSE', { minFaceSize: 0 }, justTheFace],
		['a face at an angle', 'FACE_ANGLE_TOO_LARGE', { thresholds: { angle: 5 } }, () => photo(collins)],
		['half a picture', 'FAILED_TO_READ_IMAGE', {}, () => photo(hopper).subarray(0, 30_000)],
	])('%s: %s, from each service', async (_case, code, settings, image) => {
		client.sandbox.set(settings);
		const file = await image();
		for (const { data } of [await check(file, collins), await run('register_face', file)]) {
			expect(Object.keys(data)).toEqual(['liveness', 'issues']);
			expect(data.liveness.result).toBe(false);
			expect(Object.keys(data.issues.liveness)).toEqual([code]);
		}
	});

	it('have the shape that is set', async () => {
		const shapeOf = async (image: Buffer) => (await check(image, collins)).status;
		expect([await shapeOf(photo('cat.png')), await shapeOf(await small())]).toEqual([200, 400]);
		client.sandbox.set({ failureShape: 'A' });
		expect(await shapeOf(photo('cat.png'))).toBe(400);
		client.sandbox.set({ failureShape: 'B' });
		expect(await shapeOf(await small())).toBe(200);
	});
});

it('below the liveness threshold a face is a spoof, with numbers and without a code', async () => {
	client.sandbox.set({ thresholds: { liveness: 0.75 } });
	const { data } = await check(photo(collins), collins);
	expect([data.authentication.result, data.liveness.result]).toEqual([true, false]);
	expect(data.liveness.data.probability).toBeLessThan(0.75);
	const { status, data: alone } = await run('face_liveness', photo(collins));
	expect([status, Object.keys(alone), alone.liveness.result]).toEqual([200, ['liveness'], false]);
});

it('answers a UUID without a registered face with the code of the v2 API', async () => {
	const { status, data } = await check(photo(collins), 'd3da2b7a-b062-11ec-b3b9-0242ac190002');
	const { result, error_code } = data.authentication;
	expect([status, result, error_code, data.liveness.result]).toEqual([400, false, 'Bad params', true]);
});

describe('register_face', () => {
	it('returns a new version-1 UUID, which only that person passes with', async () => {
		const { status, data } = await run('register_face', photo(collins));
		expect([status, data]).toEqual([200, { uuid: expect.stringMatching(v1) }]);
		expect((await run('register_face', photo(collins))).data.uuid).not.toBe(data.uuid);
		const again = await changed(collins, (image) => image.rotate(6, { background: '#888888' }).jpeg());
		expect((await check(again, data.uuid)).data.authentication.result).toBe(true);
		expect((await check(photo(hopper), data.uuid)).data.authentication.result).toBe(false);
	});

	it('registers no face of a photo that it refuses', async () => {
		const faces = async () => (await client.send('/sandbox/overview')).json.faces.length;
		const before = await faces();
		await run('register_face', photo('cat.png'));
		client.sandbox.set({ thresholds: { liveness: 0.75 } });
		const { data } = await run('register_face', photo(collins));
		expect(data).toEqual({ liveness: { result: false, data: expect.any(Object) } });
		expect(await faces()).toBe(before);
		await expect(client.sandbox.registerPhoto(photo('cat.png'))).rejects.toThrow('FACE_NOT_FOUND');
	});
});

it('keeps answering while many photos are processed', async () => {
	let isOver = false;
	const all = Promise.all(Array.from({ length: 6 }, () => check(photo(hopper), hopper))).finally(
		() => (isOver = true),
	);
	const queues: number[] = [];
	while (!isOver) queues.push((await client.send('/sandbox/overview')).json.engine.busy);
	expect((await all).map(({ data }) => data.authentication.result)).toEqual(Array(6).fill(true));
	// On the server's own thread, requests would be answered between two photos only.
	const answeredAt = (queue: number) => queues.filter((busy) => busy === queue).length;
	expect(Math.max(...[1, 2, 3, 4, 5, 6].map(answeredAt))).toBeGreaterThanOrEqual(10);
});

describe('a data file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	it('keeps the faces over a restart, and no photo', async () => {
		const data = join(folder, 'faces.sqlite');
		const first = await startSandbox({ data });
		const uuid = await first.registerPhoto(photo(collins));
		await first.close();
		expect(statSync(data).size).toBeLessThan(photo(collins).length / 10);

		const second = await Client.of(await startSandbox({ data, taskTime: 0 }));
		const { json } = await second.authenticate(uuid, upload(photo(collins)));
		expect(json.result.data.authentication.result).toBe(true);
		const { faces } = (await second.send('/sandbox/overview')).json;
		expect(faces).toEqual([{ uuid, registeredAt: expect.any(Number) }]);
		await second.sandbox.close();
	});

	it('is refused if it is not a database', async () => {
		const data = join(folder, 'text');
		writeFileSync(data, 'Some text, long enough not to be a database header. '.repeat(20));
		await expect(startSandbox({ data })).rejects.toThrow(data);
		await expect(startSandbox({ data: join(folder, 'no', 'such', 'folder') })).rejects.toThrow('cannot hold');
	});
});
