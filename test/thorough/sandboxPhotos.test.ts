import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { startSandbox } from '../../sandbox';
import { Client, photo, sandboxForFile, upload } from '../sandbox/support/client';

const collins = 'eileen-collins.png';
const hopper = 'grace-hopper.jpg';
const v1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const client = sandboxForFile();
let uuids: Record<string, string>;
beforeAll(async () => {
	uuids = {
		[collins]: await client.sandbox.registerPhoto(photo(collins)),
		[hopper]: await client.sandbox.registerPhoto(photo(hopper)),
	};
});

const check = async (image: Buffer, person: string) =>
	(await client.authenticate(uuids[person] ?? person, upload(image))).json.result;

const run = async (service: string, image: Buffer, extend_data = 'false') =>
	(await client.run(service, { image: upload(image), extend_data })).json.result;

const changed = (name: string, change: (image: Sharp) => Sharp) => change(sharp(photo(name))).toBuffer();

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
		expect(await faces()).toBe(before);
		await expect(client.sandbox.registerPhoto(photo('cat.png'))).rejects.toThrow('FACE_NOT_FOUND');
	});
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
});
