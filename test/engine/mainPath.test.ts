import { runNode } from './engine';
import { fileItem, photo } from './items';
import { ACCOUNT, NOT_MATCHED, PASSED, PENDING, UUID, playProgeny, taskId, useNock } from './progeny';

useNock();

test('two photos in, one pass and one fail out, in order, paired, numbers as numbers, one login', async () => {
	const traffic = playProgeny({
		task: (n, id) => [200, n === 0 ? PENDING : id === taskId(0) ? PASSED : NOT_MATCHED],
	});
	const { status, outputs, error } = await runNode({
		account: ACCOUNT,
		items: [
			fileItem(photo('eileen-collins.png'), { uuid: UUID }),
			fileItem(photo('grace-hopper.jpg'), { uuid: UUID }),
		],
		parameters: { uuid: '={{ $json.uuid }}', options: { concurrency: 1 } },
	});
	expect(error).toBeUndefined();
	expect(status).toBe('success');
	expect(outputs).toHaveLength(1);
	expect(outputs[0]).toEqual([
		{
			json: {
				authenticated: true,
				decision: 'pass',
				reasons: [],
				authentication: { result: true, matchScore: 20, scorePercent: 100 },
				liveness: { result: true, score: 2.5943651, quality: 0.8175214, probability: 0.930498 },
				uuid: UUID,
				taskId: taskId(0),
				submittedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				completedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				elapsedMs: expect.any(Number),
				polls: 2,
			},
			pairedItem: { item: 0 },
		},
		{
			json: expect.objectContaining({
				authenticated: false,
				decision: 'fail',
				reasons: ['NOT_MATCHED'],
				authentication: { result: false, matchScore: 1.25, scorePercent: 6.25 },
				taskId: taskId(1),
			}),
			pairedItem: { item: 1 },
		},
	]);
	expect(traffic.logins).toHaveLength(1);
	expect(traffic.submits).toHaveLength(2);
});
