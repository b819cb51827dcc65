import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import type { Supervised } from '../../../demo/supervise';
import { startDaemon } from '../../queue/support/daemon';
import { HAPROXY, NGINX, PORTS, type Ports } from './proxies';

/** Debian's own Python, which has Debian's packages. */
const PYTHON = '/usr/bin/python3';
const SERVER = join(__dirname, '../server');

/** The one account. */
export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse staple';

/** The running stack, as far as a test needs it. */
export interface StackFacts {
	/** The folder with its database and logs. */
	state: string;
	ports: Ports;
}

/** The running stack, with a function that ends it. */
export interface RunningStack extends StackFacts {
	stop(): Promise<void>;
}

const run = promisify(execFile);
const environment = (state: string) => ({
	...process.env,
	STATE: state,
	DJANGO_SETTINGS_MODULE: 'config.settings',
	PYTHONDONTWRITEBYTECODE: '1',
	PYTHONPATH: SERVER,
});

/** Runs one of Celery's commands, e.g. `control add_consumer backlog`. */
export async function celery(state: string, ...args: string[]): Promise<void> {
	await run(PYTHON, ['-m', 'celery', '-A', 'config', ...args], { cwd: SERVER, env: environment(state) });
}

/**
 * Starts Redis, a Celery worker, gunicorn, nginx and HAProxy on free ports of 127.0.0.1. All that they write is in a temporary folder.
 * @throws Error with what was said, such as which program or Python package is missing
 */
export async function startStack(): Promise<RunningStack> {
	const state = fs.mkdtempSync(join(tmpdir(), 'progeny-stack-'));
	// nginx started by root works as another user.
	fs.chmodSync(state, 0o711);
	const daemons: Supervised[] = [];
	const stop = async () => {
		for (const daemon of daemons.reverse()) await daemon.stop();
		fs.rmSync(state, { recursive: true, force: true });
	};
	const env = environment(state);
	const start = async (program: string, args: string[], isReady: () => Promise<unknown>) =>
		void daemons.push(await startDaemon(program, args, { spawn: { cwd: SERVER, env }, isReady }));
	try {
		for (const folder of ['media', 'nginx']) fs.mkdirSync(join(state, folder));
		await run(PYTHON, ['prepare.py', USERNAME, PASSWORD], { cwd: SERVER, env });
		const ports = Object.fromEntries(
			await Promise.all(PORTS.map(async (name) => [name, await getPort()])),
		) as Ports;
		fs.writeFileSync(join(state, 'nginx.conf'), NGINX(state, ports));
		fs.writeFileSync(join(state, 'haproxy.cfg'), HAPROXY(ports));
		const socket = join(state, 'redis.sock');
		const redis = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', state];
		await start('redis-server', redis, async () => {
			if (!fs.existsSync(socket)) throw new Error('not yet');
		});
		const log = join(state, 'celery.log');
		const worker = '-m celery -A config worker --concurrency 3 --loglevel INFO --logfile'.split(' ');
		const web =
			'-m gunicorn django.core.wsgi:get_wsgi_application() --workers 3 --capture-output --error-logfile'.split(
				' ',
			);
		const webLog = join(state, 'gunicorn.log');
		await Promise.all([
			start(PYTHON, [...worker, log], async () => {
				if (!fs.readFileSync(log, 'utf8').includes(' ready.')) throw new Error('not yet');
			}),
			start(PYTHON, [...web, webLog, '--bind', `127.0.0.1:${ports.gunicorn}`], () =>
				fetch(`http://127.0.0.1:${ports.gunicorn}/api/v3/services/task/`),
			),
		]);
		const conf = ['-p', join(state, 'nginx'), '-c', join(state, 'nginx.conf'), '-g', 'daemon off;'];
		await start('/usr/sbin/nginx', conf, () => fetch(`http://127.0.0.1:${ports.nginx}/`));
		await start('/usr/sbin/haproxy', ['-f', join(state, 'haproxy.cfg')], () =>
			fetch(`http://127.0.0.1:${ports.haproxy}/`),
		);
		return { state, ports, stop };
	} catch (error) {
		await stop();
		const { message } = error as Error;
		throw new Error(`${message}\nThe real stack needs the packages of Debian 12 that \`.ci/run\` installs`);
	}
}
