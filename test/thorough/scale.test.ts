import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Assignment, Report } from '../../bench/child';
import { startStandIn } from '../../bench/standIn';

/*
 * The node at scale, on the real engine, in processes of their own, since memory and warnings belong to a process. They run
 * the built package against the benchmark's stand-in.
 */

const ROOT = join(__dirname, '../..');

/** Runs one batch in a process of its own. */
async function runBatch(
	contender: 'Authenticate Face, 5 at a time' | 'Authenticate Face, 20 at a time',
	faces: number,
	photoBytes: number,
	taskMs: number,
): Promise<Report & { submits: number }> {
	const standIn = await startStandIn(() => taskMs);
	const child = fork(join(ROOT, 'bench/child.ts'), {
		execArgv: ['--require', 'tsx/cjs', '--expose-gc'],
		cwd: ROOT,
	});
	try {
		const report = await new Promise<Report>((resolve, reject) => {
			child.on('message', (message: Report | 'ready') => {
				if (message === 'ready') child.send('go');
				else resolve(message);
			});
			child.once('exit', (code) => reject(new Error(`The process ended with code ${code}`)));
			const jobs = [{ baseUrl: standIn.baseUrl('job'), firstFace: 0, faces }];
			child.send({ contender, jobs, photoBytes } satisfies Assignment);
		});
		return { ...report, submits: standIn.traffic('job').submits };
	} finally {
		child.kill();
		await standIn.close();
	}
}

test('500 photos of 2 MB take less than 100 MB of extra memory', async () => {
	const five = 'Authenticate Face, 5 at a time';
	const { extraRss, submits, warnings } = await runBatch(five, 500, 2_000_000, 100);
	expect(submits).toBe(500);
	expect(warnings).toEqual([]);
	expect(extraRss / 1e6).toBeLessThan(100);
}, 60_000);

test('5,000 faces cost hardly more work each than 500, without a warning or an unhandled rejection', async () => {
	const few = await runBatch('Authenticate Face, 20 at a time', 500, 300, 5);
	const many = await runBatch('Authenticate Face, 20 at a time', 5_000, 300, 5);
	expect(many.submits).toBe(5_000);
	expect([...few.warnings, ...many.warnings]).toEqual([]);
	expect(many.cpuMs / 5_000).toBeLessThan((1.5 * few.cpuMs) / 500);
}, 120_000);
