import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { startDaemon, type Daemon } from '../../queue/support/daemon';
import { HAPROXY, NGINX, PORTS, type Ports } from './proxies';

/** Debian's own Python, which has Debian's packages. */
const PYTHON = '/usr/bin/python3';
const SERVER = join(__dirname, '../server');
const CACHE = join(__dirname, '../../../.cache/realStack');

/** The one account. */
export const USERNAME = 'kyc-bot';
export const PASSWORD = 'correct horse staple';

/** The running stack, as far as a test needs it. */
export interface StackFacts {
	/** The folder with its database and logs. */
	state: string;
	ports: Ports;
}

/** The running stack, with what ends it. */
export interface RunningStack extends StackFacts {
	stop(): Promise<void>;
}

const run = promisify(execFile);
const environment = (state: string) => ({
	...process.env,
	STATE: state,
	PYTHONDONTWRITEBYTECODE: '1',
	PYTHONPATH: SERVER,
});

/** Runs one of Celery's commands, e.g. `control add_consumer backlog`. */
export async function celery(state: string, ...args: string[]): Promise<void> {
	await run(PYTHON, ['-m', 'celery', '-A', 'config', ...args], { cwd: SERVER, env: environment(state) });
}

/**
 * Starts Redis, a Celery worker, gunicorn, nginx and HAProxy on free ports of 127.0.0.1. All that they write is in a temporary folder.
 * @throws Error if a program or a Python package is missing
 */
export async function startStack(): Promise<RunningStack> {
	await checkPackages();
	const state = fs.mkdtempSync(join(tmpdir(), 'progeny-stack-'));
	// nginx started by root works as another user.
	fs.chmodSync(state, 0o711);
	const daemons: Daemon[] = [];
	const stop = async () => {
		for (const daemon of daemons.reverse()) await daemon.stop();
		fs.rmSync(state, { recursive: true, force: true });
	};
	const env = environment(state);
	const start = async (program: string, args: string[], isReady: () => Promise<unknown>) =>
		void daemons.push(await startDaemon(program, args, { spawn: { cwd: SERVER, env }, isReady }));
	try {
		fs.cpSync(await migrated(), join(state, 'db.sqlite3'));
		for (const folder of ['media', 'nginx']) fs.mkdirSync(join(state, folder));
		const ports = await freePorts();
		fs.writeFileSync(join(state, 'nginx.conf'), NGINX(state, ports));
		fs.writeFileSync(join(state, 'haproxy.cfg'), HAPROXY(ports));
		const socket = join(state, 'redis.sock');
		const redis = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', state];
		await start('redis-server', redis, async () => {
			if (!fs.existsSync(socket)) throw new Error('not yet');
		});
		const log = join(state, 'celery.log');
		const worker = '-m celery -A config worker --concurrency 3 --loglevel INFO --logfile'.split(' ');
		const web = '-m gunicorn config.wsgi --workers 3 --capture-output --error-logfile'.split(' ');
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
		throw error;
	}
}

async function checkPackages(): Promise<void> {
	const modules =
		'django, rest_framework, rest_framework_simplejwt, celery, django_celery_results, redis, PIL, gunicorn';
	const programs = ['/usr/sbin/nginx', '/usr/sbin/haproxy', '/usr/bin/redis-server'];
	const complete = await run(PYTHON, ['-c', `import ${modules}`]).then(
		() => programs.every((program) => fs.existsSync(program)),
		() => false,
	);
	if (!complete) throw new Error('The real stack needs the packages of Debian 12 that `.ci/run` installs');
}

/** A database with all tables and the account, made once for each set of migrations and each Django. */
async function migrated(): Promise<string> {
	const migrations = join(SERVER, 'services/migrations');
	const { stdout } = await run('dpkg-query', ['-W', 'python3-django', 'python3-django-celery-results']);
	const key = createHash('sha256')
		.update(stdout)
		.update(fs.readFileSync(join(SERVER, 'prepare.py')));
	for (const name of fs.readdirSync(migrations).sort()) {
		if (name.endsWith('.py')) key.update(fs.readFileSync(join(migrations, name)));
	}
	const file = join(CACHE, `${key.digest('hex').slice(0, 12)}.sqlite3`);
	if (fs.existsSync(file)) return file;
	fs.mkdirSync(CACHE, { recursive: true });
	const folder = fs.mkdtempSync(join(CACHE, 'new-'));
	await run(PYTHON, ['prepare.py', USERNAME, PASSWORD], { cwd: SERVER, env: environment(folder) });
	fs.renameSync(join(folder, 'db.sqlite3'), file);
	fs.rmSync(folder, { recursive: true });
	return file;
}

async function freePorts(): Promise<Ports> {
	const ports = new Set<number>();
	while (ports.size < PORTS.length) ports.add(await getPort());
	const free = [...ports];
	return Object.fromEntries(PORTS.map((name, i) => [name, free[i]])) as unknown as Ports;
}
