/** The nodes as their results are judged, for tests of what holds for each of them. */
import { verdict } from '../../nodes/AuthenticateFace/verdict';
import { livenessVerdict } from '../../nodes/FaceLiveness/livenessVerdict';
import { registration } from '../../nodes/RegisterFace/registration';
import { backgroundCheckVerdict } from '../../nodes/shared/result/backgroundCheck';
import { documentVerdict, holderVerdict, type DocumentParameters } from '../../nodes/shared/result/document';
import type { Decision } from '../../nodes/shared/service';
import * as documented from './documented';

export type FaceNode = 'authenticateFace' | 'faceLiveness' | 'registerFace';
export type DocumentNode = 'verifyIdentity' | 'readDocument' | 'backgroundCheck';
export type NodeName = FaceNode | DocumentNode;

export const isFaceNode = (node: NodeName): node is FaceNode =>
	['authenticateFace', 'faceLiveness', 'registerFace'].includes(node);

/** The task that was asked for: the documented one of authenticate_face. */
export const TASK_ID = 'd48eac86-228e-4933-a01d-279886a9c6b5';

/** Every node's parameters. Each reads its own; the documented passport had not expired on that day. */
export const PLAIN: DocumentParameters = {
	hideScores: false,
	includeProviderData: false,
	minimums: {},
	doubts: [],
	hidePersonalData: false,
	days: ['2022-03-30'],
	now: [Date.parse('2022-03-30T12:00:00Z')],
	taskId: TASK_ID,
	includesBackgroundCheck: false,
	minAge: undefined,
	minValidityDays: undefined,
	expectedName: undefined,
	expectedDateOfBirth: undefined,
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
		parameters?: DocumentParameters,
	): { decision: Decision; reasons: string[]; advice?: string; issues?: unknown };
	/** The field that is true exactly for a pass. */
	affirmative: string;
	/** Progeny's documented answer that passes; that of a background check in its envelope. */
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
	verifyIdentity: {
		judge: (answer, parameters = PLAIN) => holderVerdict(answer, parameters),
		affirmative: 'verified',
		passing: documented.PASSPORT,
	},
	readDocument: {
		judge: (answer, parameters = PLAIN) => documentVerdict(answer, parameters),
		affirmative: 'valid',
		passing: documented.PASSPORT,
	},
	backgroundCheck: {
		judge: (answer, parameters = PLAIN) => backgroundCheckVerdict(answer, parameters),
		affirmative: 'clear',
		passing: documented.BACKGROUND_CHECK_TASK,
	},
};

/** The nodes by name, as rows of `describe.each`. */
export const NODES = Object.entries(JUDGES) as Array<[NodeName, Judge]>;
