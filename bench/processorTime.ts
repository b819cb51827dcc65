import type { IExecuteFunctions } from 'n8n-workflow';
import { CredentialSession } from '../nodes/shared/progeny/session';
import { planPolls } from '../nodes/shared/task/taskTimes';
import { seededRandom } from '../sandbox/random';
import { drawTaskTime } from '../sandbox/tasks/taskTime';

/** Returns the median processor time (ms) to plan the polls of one face with 200 tasks known: one plan and four looks at it. */
export function planningMs(): number {
	const random = seededRandom(1);
	const known = Array.from({ length: 200 }, () => {
		const ms = drawTaskTime({ lognormal: { median: 3_000, sigma: 0.4 } }, random);
		return [ms * (0.6 + 0.4 * random()), ms * (1 + 0.2 * random())] as const;
	});
	const faces = 200;
	const times = Array.from({ length: 11 }, () => {
		const before = process.cpuUsage();
		for (let face = 0; face < faces; face++) {
			const plan = planPolls(known)!;
			for (let poll = 0; poll < 4; poll++) plan(poll * 1_000);
		}
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000 / faces;
	});
	return times.sort((a, b) => a - b)[5]!;
}

/** Returns the time to redact an answer after 400 changes of the token, divided by that after one; medians, in turns. */
export async function redactionRatio(): Promise<number> {
	const [one, many] = await Promise.all([sessionAfter(1), sessionAfter(400)]);
	const answer = {
		status: 'SUCCESS',
		result: {
			status: 200,
			data: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`field_${i}`, 'it is dark'])),
		},
	};
	const costOf = (session: CredentialSession) => {
		const before = process.cpuUsage();
		for (let i = 0; i < 200; i++) session.redact(answer);
		const { user, system } = process.cpuUsage(before);
		return user + system;
	};
	const costs = Array.from({ length: 21 }, () => [costOf(one), costOf(many)] as const);
	const median = (values: number[]) => values.sort((a, b) => a - b)[10]!;
	return median(costs.map(([, after]) => after)) / median(costs.map(([before]) => before));
}

/** Returns a session whose token was refused and replaced that many times. */
async function sessionAfter(tokens: number): Promise<CredentialSession> {
	let read = 0;
	const context = {
		getNode: () => ({ credentials: { progenyApi: {} } }),
		getCredentials: async () => ({
			baseUrl: 'https://be.progeny.tech/api/v3',
			username: 'kyc',
			password: 'hunter2-hunter2',
			receiptKey: 'a-key-of-receipts',
			accessToken: `opaque-token-${read++}`,
			tokenMetadata: '',
		}),
	} as unknown as IExecuteFunctions;
	const session = new CredentialSession(context, new AbortController().signal);
	for (let i = 0; i < tokens; i++) {
		const { use } = await session.current();
		await use(async () => ({ kind: 'answer', status: 401, body: {} }));
	}
	return session;
}
