import { join } from 'node:path';
import { claim } from '../../../demo/onlyOne';
import { prepare } from '../../../demo/prepare';
import { SetupError } from '../../../scripts/setup.mjs';
import { QUEUE_CACHE, USER_FOLDERS } from './folders';
import { postgresPrograms, redisProgram } from './programs';

/**
 * Installs the freshly packed package into the user folder of every process.
 * @throws SetupError when a server program is missing, or another run is under way
 */
export async function prepareQueue(): Promise<void> {
	try {
		if (!process.env.QUEUE_REDIS_URL) redisProgram();
		if (!process.env.QUEUE_POSTGRES_URL) postgresPrograms();
		claim(join(QUEUE_CACHE, 'run.pid'));
	} catch (error) {
		throw new SetupError((error as Error).message);
	}
	await prepare(Object.values(USER_FOLDERS));
}
