/** The three nodes as their results are judged, for tests of what holds for each of them. */
import { verdict } from '../../nodes/AuthenticateFace/verdict';
import { livenessVerdict } from '../../nodes/FaceLiveness/livenessVerdict';
import { registration } from '../../nodes/RegisterFace/registration';
import type { Decision, JudgeParameters } from '../../nodes/shared/service';
import * as documented from './documented';

export type NodeName = 'authenticateFace' | 'faceLiveness' | 'registerFace';

export const PLAIN: JudgeParameters = {
	hideScores: false,
	includeProviderData: false,
	minimums: {},
	doubts: [],
};

/** A finished task with this under `result.data`. */
export const task = (data: unknown, status: unknown = 200): Record<string, unknown> => ({
	id: 1,
	status: 'SUCCESS',
	result: { status, data },
});

interface Judge {
	judge(
		answer: Record<string, unknown>,
		parameters?: JudgeParameters,
	): { decision: Decision; reasons: string[]; issues?: unknown };
	/** The field that is true exactly for a pass. */
	affirmative: string;
	/** Progeny's documented answer that passes. */
	passing: documented.TaskAnswer;
}

export const JUDGES: Record<NodeName, Judge> = {
	authenticateFace: {
		judge: (answer, parameters = PLAIN) => verdict(answer, parameters),
		affirmative: 'authenticated',
		passing: documented.AUTHENTICATED,
	},
	faceLiveness: {
		judge: (answer, parameters = PLAIN) => livenessVerdict(answer, parameters),
		affirmative: 'live',
		passing: documented.LIVE,
	},
	registerFace: {
		judge: (answer, parameters = PLAIN) => registration(answer, parameters),
		affirmative: 'registered',
		passing: documented.REGISTERED,
	},
};

/** The nodes by name, as rows of `describe.each`. */
export const NODES = Object.entries(JUDGES) as Array<[NodeName, Judge]>;
