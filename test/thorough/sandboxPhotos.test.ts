import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox';
import { clientOf, photo, upload } from '../sandbox/support/client';

// test/e2e/examples has the decision on each photo (authenticateFace.test.ts) and the registration (enrolAndAuthenticate.test.ts).
const her = photo('eileen-collins.png');
const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps registered faces over a restart, and no photo; a check has the numbers of the documented sample', async () => {
	const data = join(folder, 'faces.sqlite');
	const first = await startSandbox({ data });
	const uuid = await first.registerPhoto(her);
	await expect(first.registerPhoto(photo('cat.png'))).rejects.toThrow('FACE_NOT_FOUND');
	await first.close();
	expect(statSync(data).size).toBeLessThan(her.length / 10);

	const second = await clientOf(await startSandbox({ data, taskTime: 0 }));
	const { faces } = (await second.send('/sandbox/overview')).json;
	expect(faces).toEqual([{ uuid, registeredAt: expect.any(Number) }]);
	const { authentication, liveness } = (await second.authenticate(uuid, upload(her))).json.result.data;
	expect(authentication).toEqual({ result: true, data: { matchScore: '20.0', scorePercent: '100.0' } });
	const { score, quality, probability } = liveness.data;
	expect(probability).toBeCloseTo(1 / (1 + Math.exp(-score)), 5);
	expect(quality).toBeGreaterThan(0.6);
	await second.close();
});
