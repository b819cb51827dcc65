import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import pretty from 'pino-pretty';
import { startSandbox, type Sandbox } from './index';
import { banner } from './banner';
import { defaultAccount, defaultSettings, type SandboxOptions } from './options';
import { parseTaskTime } from './tasks/taskTime';
import { unfinishedWays } from './tasks/unfinished';

const { thresholds } = defaultSettings;
const defaultTaskTime = 'lognormal:800,0.4';

const number = (text: string) => {
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value) || value < 0)
		throw new InvalidArgumentError('It is not a number >= 0.');
	return value;
};

const port = (text: string) => {
	const value = number(text);
	if (!Number.isInteger(value) || value > 65_535)
		throw new InvalidArgumentError('It is not a port (0 to 65535).');
	return value;
};

const share = (text: string) => {
	const value = number(text);
	if (value > 1) throw new InvalidArgumentError('It is not between 0 and 1.');
	return value;
};

const taskTime = (text: string) => {
	try {
		return parseTaskTime(text);
	} catch (error) {
		throw new InvalidArgumentError((error as Error).message);
	}
};

const command = new Command('sandbox')
	.description(
		"A stand-in for Progeny's API on this machine, for building and testing workflows. Not an identity check.",
	)
	.option('--host <address>', 'address to listen on', '127.0.0.1')
	.option('--port <port>', 'port to listen on; 0 for any free one', port, 8088)
	.addOption(
		new Option('--username <name>', 'name of the one account')
			.env('PROGENY_SANDBOX_USERNAME')
			.default(defaultAccount.username),
	)
	.addOption(
		new Option('--password <password>', 'password of the one account')
			.env('PROGENY_SANDBOX_PASSWORD')
			.default(defaultAccount.password),
	)
	.option('--token-lifetime <seconds>', 'life of an access token', number, defaultSettings.tokenLifetime)
	.option('--blacklist-refresh', 'blacklist a refresh token once it was used')
	.addOption(
		new Option(
			'--task-time <time>',
			'how long a task takes, in ms: 300, 200-900, lognormal:800,0.5 (median, sigma) or exponential:500 (mean)',
		)
			.argParser(taskTime)
			.default(parseTaskTime(defaultTaskTime), defaultTaskTime),
	)
	.option('--seed <number>', 'seed of the task times', number, 1)
	.addOption(
		new Option('--unfinished <way>', 'answer of an unfinished task')
			.choices(unfinishedWays)
			.default(defaultSettings.unfinished),
	)
	.addOption(
		new Option('--unknown-uuid <way>', 'result for a UUID without a registered face')
			.choices(['task', 'refuse', 'failure'])
			.default(defaultSettings.unknownUuid),
	)
	.addOption(
		new Option('--failure-shape <shape>', 'shape of a failed liveness check')
			.choices(['documented', 'A', 'B'])
			.default(defaultSettings.failureShape),
	)
	.option(
		'--data <file>',
		'SQLite file for registered faces, created if missing; without it they are kept in memory',
	)
	.option(
		'--min-face-size <pixels>',
		'least width and height of a face; Progeny documents 224, the default suits web-sized photos',
		number,
		defaultSettings.minFaceSize,
	)
	.option('--match-threshold <0-1>', 'lowest similarity of the same person', share, thresholds.match)
	.option('--liveness-threshold <0-1>', 'lowest probability of a live person', share, thresholds.liveness)
	.option('--max-angle <degrees>', 'largest pitch or yaw of a face', number, thresholds.angle)
	.option('--register <photo...>', 'register the faces on these photos and print their UUIDs')
	.addOption(
		new Option('--log-level <level>', 'what is logged')
			.choices(['silent', 'error', 'warn', 'info', 'debug'])
			.default('info'),
	);

interface CliOptions extends SandboxOptions {
	host: string;
	port: number;
	blacklistRefresh?: boolean;
	matchThreshold: number;
	livenessThreshold: number;
	maxAngle: number;
	register?: string[];
}

async function main(): Promise<void> {
	const options = command.parse().opts<CliOptions>();
	const { blacklistRefresh, matchThreshold, livenessThreshold, maxAngle, register = [], ...rest } = options;
	const sandbox = await startSandbox({
		...rest,
		blacklistOldRefresh: blacklistRefresh ?? false,
		thresholds: { match: matchThreshold, liveness: livenessThreshold, angle: maxAngle },
		warm: true,
		logStream: pretty({
			colorize: process.stdout.isTTY,
			ignore: 'pid,hostname',
			singleLine: true,
			sync: true,
		}),
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
	const registered = await registerAll(sandbox, register);
	process.stdout.write(banner(sandbox, { host: options.host, data: options.data, registered }));
}

async function registerAll(sandbox: Sandbox, photos: string[]): Promise<{ photo: string; uuid: string }[]> {
	const registered = [];
	for (const photo of photos) {
		try {
			registered.push({ photo: basename(photo), uuid: await sandbox.registerPhoto(readFileSync(photo)) });
		} catch (error) {
			await sandbox.close();
			throw new Error(`Could not register ${photo}: ${(error as Error).message}`);
		}
	}
	return registered;
}

function explain(error: NodeJS.ErrnoException): string {
	const { host, port } = command.opts<CliOptions>();
	if (error.code === 'EADDRINUSE') {
		return `Port ${port} on ${host} is taken. If a sandbox is running already, use or stop it; otherwise choose another port with --port.`;
	}
	if (error.code === 'EACCES')
		return `Port ${port} needs more rights than this user has. Choose one above 1023 with --port.`;
	if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
		return `${host} is not an address of this machine. Use 127.0.0.1, or another one with --host.`;
	}
	return error.message;
}

main().catch((error: NodeJS.ErrnoException) => {
	process.stderr.write(`The sandbox did not start: ${explain(error)}\n`);
	process.exit(1);
});
