import type { Sandbox } from './index';
import { defaultAccount } from './options';

/** Options and results of a start from the command line. */
export interface Started {
	host: string;
	data: string | undefined;
	registered: { photo: string; uuid: string }[];
}

/** Returns the text printed at start. A password that is not the default one is not repeated. */
export function banner(sandbox: Sandbox, { host, data, registered }: Started): string {
	const password =
		sandbox.password === defaultAccount.password ? `${sandbox.password}  (the default)` : '(as you set it)';
	const lines = [
		'',
		'  Progeny sandbox',
		'  A stand-in for building and testing workflows. It is not an identity check:',
		'  it must never decide who gets in.',
		'',
		`  Base URL   ${sandbox.baseUrl}`,
		`  Username   ${sandbox.username}`,
		`  Password   ${password}`,
		'',
		`  Page       ${sandbox.origin}/`,
		`  Scenarios  ${sandbox.origin}/sandbox/scenarios`,
		`  Faces      ${data === undefined ? 'in memory; gone when this stops (--data keeps them)' : `kept in ${data}`}`,
		...registered.map(({ photo, uuid }) => `  Registered ${uuid}  ${photo}`),
	];
	if (!isLoopback(host)) {
		lines.push(
			'',
			`  Warning: ${host} can be reached from other machines. Anyone who reaches it can read the password and`,
		);
		lines.push('  control the sandbox from its page. Use it only in a network that you trust.');
	}
	return `${[...lines, '', '  Ctrl-C stops it.', ''].join('\n')}\n`;
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
