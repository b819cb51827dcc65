import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The account in the environment, to which the sandbox in this test keeps. */
const ACCOUNT = { PROGENY_SANDBOX_USERNAME: 'jane', PROGENY_SANDBOX_PASSWORD: 'correct-horse' };
const ARGS = ['--port', '0', '--host', '0.0.0.0', '--register', 'photos/grace-hopper.jpg'];

const child = spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), 'sandbox/cli.ts', ...ARGS], {
	cwd: join(__dirname, '../..'),
	env: { ...process.env, ...ACCOUNT },
});
afterAll(() => child.kill('SIGKILL'));
let output = '';
for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));

async function said(words: string): Promise<void> {
	while (!output.includes(words)) {
		if (child.exitCode !== null) throw new Error(`The sandbox ended:\n${output}`);
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
}

it('prints what it is, its account and the registered faces, warns beyond loopback, and stops on Ctrl-C', async () => {
	await said('Ctrl-C stops it');
	expect(output).toContain('It is not an identity check');
	expect(output).toContain('Username   jane');
	expect(output).not.toContain(ACCOUNT.PROGENY_SANDBOX_PASSWORD);
	expect(output).toMatch(/Registered [0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f-]+ {2}grace-hopper\.jpg/);
	expect(output).toContain('Warning: 0.0.0.0 can be reached from other machines');
	const { port } = new URL(/Base URL {3}(http:\S+)/.exec(output)![1]!);
	const login = { username: 'jane', password: ACCOUNT.PROGENY_SANDBOX_PASSWORD };
	const url = `http://127.0.0.1:${port}/api/v3/accounts/token/obtain/`;
	expect((await fetch(url, { method: 'POST', body: new URLSearchParams(login) })).status).toBe(200);
	await said('POST /api/v3/accounts/token/obtain/ 200');
	const exited = new Promise((resolve) => child.once('close', resolve));
	child.kill('SIGINT');
	expect(await exited).toBe(0);
});
