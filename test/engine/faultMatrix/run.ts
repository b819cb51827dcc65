import { PENDING } from '../support/answers';
import { outcomeOf, setupFor } from '../support/check';
import { runNode, type Ran } from '../support/engine';
import { SERVICES } from '../support/services';
import { WireServer, answer, type Act, type Script } from '../support/wireServer';
import { matrix, type Case, type Step } from './table';

/** The outcome of a run with a fault. */
export interface CellResult {
	/** The outcome, then the logins, submits and polls that the server saw, as a cell of the table has them. */
	cell: string;
	/** The number of uploads that the server accepted. */
	accepted: number;
	/** From the moment that the server accepted the upload to the end, in ms; undefined if it never did. */
	sinceAcceptedMs: number | undefined;
	/** Requests that arrived at the other host of a redirect. */
	strayed: number;
	/** True if any output says yes: that the person passed, or that the face is registered. */
	passed: boolean;
	ran: Ran;
	server: WireServer;
}

/** Runs the node once, with its default options but this Timeout (s), against a server that does the case's fault. */
export async function runCase({ node, fault, step, lasts }: Case, timeout: number): Promise<CellResult> {
	const { path, good, yes } = SERVICES[node];
	const foreign = await WireServer.start();
	const [fixed] = matrix[fault]!;
	const circumstances = { foreign: `${foreign.baseUrl}${path}`, good: good.answer };
	const act = typeof fixed === 'function' ? fixed(circumstances) : fixed;
	const server = await WireServer.start(scriptOf(step, lasts, act));
	try {
		const ran = await runNode(setupFor(server, timeout, { node }));
		const endedAt = server.now();
		const counts = (['login', 'submit', 'poll'] as const).map((route) => server.count(route));
		const accepted = server.seen.find((request) => request.route === 'submit' && request.accepted);
		return {
			cell: `${outcomeOf(ran)} ${counts.join('/')}`,
			accepted: server.accepted,
			sinceAcceptedMs: accepted?.answeredAt === undefined ? undefined : endedAt - accepted.answeredAt,
			strayed: foreign.seen.length,
			passed: yes.test(JSON.stringify(ran.outputs)),
			ran,
			server,
		};
	} finally {
		await Promise.all([server.close(), foreign.close()]);
	}
}

function scriptOf(step: Step, lasts: Case['lasts'], fault: Act): Script {
	const from = (first: number) => (n: number) =>
		n === first || (lasts === 'always' && n > first) ? fault : undefined;
	const pending = answer(200, PENDING);
	switch (step) {
		case 'login':
			return { login: from(0) };
		case 'submit':
			return { submit: from(0) };
		case 'first poll':
			return { poll: from(0) };
		case 'later poll':
			return { poll: (n) => (n === 0 ? pending : from(1)(n)) };
		case 'renewed login':
			return { login: from(1), poll: expiringAfterOne(pending) };
	}
}

/** The token of the first login ends after the first request. */
function expiringAfterOne(first: Act): Script['poll'] {
	let old: string | undefined;
	return (n, seen) => {
		if (seen === undefined) return undefined;
		old ??= seen.authorization;
		if (n === 0) return first;
		return seen.authorization === old ? answer(401, { detail: 'Token is expired' }) : undefined;
	};
}
