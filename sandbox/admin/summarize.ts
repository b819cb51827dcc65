import type { FinishedAnswer } from '../tasks/answers';

/** A finished task in a few words, for the page. */
export interface Summary {
	/** `odd` is an answer that contradicts itself, `error` a job that gave no answer. */
	verdict: 'pass' | 'fail' | 'odd' | 'registered' | 'error';
	/** Percent, as it was sent. */
	match?: unknown;
	/** 0-1, as it was sent. */
	liveness?: unknown;
	/** The UUID that a registration gave. */
	registered?: string;
	codes: string[];
}

interface Check {
	result?: unknown;
	data?: Record<string, unknown>;
}

interface Data {
	uuid?: string;
	authentication?: Check;
	liveness?: Check;
	issues?: Record<string, Record<string, string>>;
}

/** What the answer of a finished task comes to. Nothing but `true` counts as passed. */
export function summarize(service: string, { status, result }: FinishedAnswer): Summary {
	const { data, status: code = 200 } = (result ?? {}) as { data?: Data | null; status?: number };
	const { uuid, authentication, liveness, issues } = data ?? {};
	const codes = Object.values(issues ?? {}).flatMap((texts) => Object.keys(texts));
	const summary: Summary = { verdict: 'fail', codes };
	if (authentication?.data) summary.match = authentication.data.scorePercent;
	if (liveness?.data) summary.liveness = liveness.data.probability;
	if (status !== 'SUCCESS') return { ...summary, verdict: 'error' };
	if (service === 'register_face' && uuid) return { ...summary, verdict: 'registered', registered: uuid };
	const matched = service !== 'authenticate_face' || authentication?.result === true;
	if (!matched || liveness?.result !== true) return summary;
	return { ...summary, verdict: codes.length > 0 || code >= 400 ? 'odd' : 'pass' };
}
