/** The nodes as their results are judged, for tests of what holds for each of them. */
import { authenticateFace } from '../../nodes/AuthenticateFace/service';
import { backgroundCheck } from '../../nodes/BackgroundCheck/service';
import { faceLiveness } from '../../nodes/FaceLiveness/service';
import { readDocument } from '../../nodes/ReadDocument/service';
import { registerFace } from '../../nodes/RegisterFace/service';
import { withAffirmative } from '../../nodes/shared/item/output';
import { decideDocument, type DocumentParameters } from '../../nodes/shared/result/document';
import { HOLDER_CHECKS } from '../../nodes/shared/result/holder';
import type { Decision, DecisionResult, Service } from '../../nodes/shared/service';
import { verifyIdentity } from '../../nodes/VerifyIdentity/service';
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
	reviewReasons: [],
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

type Decide = (answer: Record<string, unknown>, parameters: DocumentParameters) => DecisionResult;

const judgeOf = (service: Service, decide: Decide, passing: documented.TaskAnswer): Judge => ({
	judge: (answer, parameters = PLAIN) => withAffirmative(service, decide(answer, parameters)),
	affirmative: service.affirmative,
	passing,
});

const TEXTS: Record<string, string> = { fullName: 'Jane Doe', dateOfBirth: '1990-09-04' };

/** What a service decides for one person, whose call is read once. */
const decided = (service: Service): Decide => {
	const judges = new Map<string, Decide>();
	return (answer, parameters) => {
		const { uuid = documented.REGISTERED.result.data.uuid } = parameters;
		const parameter = (name: string) => ({ uuid, ...TEXTS })[name] ?? '';
		const values = { parameter, option: () => undefined, timeZone: () => 'UTC' };
		if (!judges.has(uuid)) judges.set(uuid, service.call(values).judge);
		return judges.get(uuid)!(answer, parameters);
	};
};

export const JUDGES: Record<NodeName, Judge> = {
	authenticateFace: judgeOf(authenticateFace, decided(authenticateFace), documented.AUTHENTICATED),
	faceLiveness: judgeOf(faceLiveness, decided(faceLiveness), documented.LIVE),
	registerFace: judgeOf(registerFace, decided(registerFace), documented.REGISTERED),
	verifyIdentity: judgeOf(
		verifyIdentity,
		(answer, parameters) => decideDocument(answer, HOLDER_CHECKS, parameters),
		documented.PASSPORT,
	),
	readDocument: judgeOf(
		readDocument,
		(answer, parameters) => decideDocument(answer, [], parameters),
		documented.PASSPORT,
	),
	backgroundCheck: judgeOf(backgroundCheck, decided(backgroundCheck), documented.BACKGROUND_CHECK_TASK),
};

/** The nodes by name, as rows of `describe.each`. */
export const NODES = Object.entries(JUDGES) as Array<[NodeName, Judge]>;
