import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const running = new Set<ChildProcess>();
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

interface Run {
	child: ChildProcess;
	output(): string;
	exited: Promise<number | null>;
}

function start(args: string[], env: Record<string, string> = {}): Run {
	const command = ['--require', require.resolve('tsx/cjs'), 'sandbox/cli.ts', ...args];
	const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, ...env } });
	running.add(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
	const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
	void exited.then(() => running.delete(child));
	return { child, output: () => output, exited };
}

async function until(run: Run, pattern: RegExp): Promise<RegExpExecArray> {
	const end = Date.now() + 120_000;
	while (Date.now() < end) {
		const match = pattern.exec(run.output());
		if (match) return match;
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
	throw new Error(`No ${pattern} in:\n${run.output()}`);
}

it('prints what it is, the credential and the registered faces; stops on Ctrl-C', async () => {
	const run = start(['--port', '0', '--register', 'photos/grace-hopper.jpg']);
	await until(run, /Ctrl-C stops it/);
	const text = run.output();
	expect(text).toContain('It is not an identity check');
	expect(text).toMatch(/Password {3}sandbox-password {2}\(the default\)/);
	expect(text).toMatch(/Registered [0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f-]+ {2}grace-hopper\.jpg/);
	expect(text).not.toContain('Warning');
	const [, baseUrl] = /Base URL {3}(http:\S+)/.exec(text)!;
	const body = new URLSearchParams({ username: 'sandbox', password: 'sandbox-password' });
	expect((await fetch(`${baseUrl}/accounts/token/obtain/`, { method: 'POST', body })).status).toBe(200);
	await until(run, /POST \/api\/v3\/accounts\/token\/obtain\/ 200/);
	run.child.kill('SIGINT');
	expect(await run.exited).toBe(0);
});

it('reads the account from the environment, hides its password, and warns beyond loopback', async () => {
	const env = { PROGENY_SANDBOX_USERNAME: 'jane', PROGENY_SANDBOX_PASSWORD: 'correct-horse' };
	const run = start(['--port', '0', '--host', '0.0.0.0'], env);
	await until(run, /Ctrl-C stops it/);
	expect(run.output()).toContain('Username   jane');
	expect(run.output()).not.toContain('correct-horse');
	expect(run.output()).toContain('Warning: 0.0.0.0 can be reached from other machines');
	run.child.kill('SIGTERM');
	expect(await run.exited).toBe(0);
});
