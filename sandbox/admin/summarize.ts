import { specOf, type SandboxService } from '../api/paths';
import type { FinishedAnswer } from '../tasks/answers';

/** A finished task in a few words, for the page. */
export interface Summary {
	/** `odd` contradicts itself, `hit` has a potential match, `error` has no result. */
	verdict: 'pass' | 'fail' | 'odd' | 'hit' | 'registered' | 'error';
	/** Percent, as it was sent. */
	match?: unknown;
	/** 0-1, as it was sent. */
	liveness?: unknown;
	/** The UUID of a registration. */
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
	/** An object of the face services, a boolean of the others. */
	liveness?: Check | boolean;
	compare?: unknown;
	document?: { is_valid?: unknown; is_expired?: unknown };
	background_check?: { potential_match?: unknown; risk_level?: unknown };
	issues?: Record<string, Record<string, string>>;
}

/** Summarizes the answer of a finished task. Only `true` counts as passed. */
export function summarize(service: SandboxService, { status, result }: FinishedAnswer): Summary {
	const { data, status: code = 200 } = (result ?? {}) as { data?: Data | null; status?: number };
	const { uuid, authentication, issues } = data ?? {};
	const liveness = typeof data?.liveness === 'object' ? data.liveness : undefined;
	const codes = Object.values(issues ?? {}).flatMap((texts) => Object.keys(texts));
	const summary: Summary = { verdict: 'fail', codes };
	if (authentication?.data) summary.match = authentication.data.scorePercent;
	if (liveness?.data) summary.liveness = liveness.data.probability;
	const saysNothing = typeof result !== 'string' && code < 300 && Object.keys(data ?? {}).length === 0;
	if (status !== 'SUCCESS' || saysNothing) return { ...summary, verdict: 'error' };
	if (service === 'register_face' && uuid) return { ...summary, verdict: 'registered', registered: uuid };
	if (!allPassed(service, data ?? {})) return summary;
	if (codes.length > 0 || code >= 400) return { ...summary, verdict: 'odd' };
	return { ...summary, verdict: hasHit(data ?? {}) ? 'hit' : 'pass' };
}

function allPassed(service: SandboxService, data: Data): boolean {
	const { files, document, backgroundCheck } = specOf(service);
	const outcomes: unknown[] = [];
	if (service === 'authenticate_face') outcomes.push(data.authentication?.result);
	if (files[0] === 'image') outcomes.push(typeof data.liveness === 'object' && data.liveness?.result);
	if (files[0] === 'selfie_image') outcomes.push(data.compare, data.liveness);
	if (document) outcomes.push(data.document?.is_valid, data.document?.is_expired === false);
	if (backgroundCheck) outcomes.push(data.background_check !== undefined);
	return outcomes.every((outcome) => outcome === true);
}

function hasHit({ background_check: check }: Data): boolean {
	return check !== undefined && !(check.potential_match === false && check.risk_level === 'unknown');
}
