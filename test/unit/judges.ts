/** The nodes as their results are judged, for tests of what holds for each of them. */
import { withAffirmative } from '../../nodes/shared/item/output';
import { decideDocument, type DocumentParameters } from '../../nodes/shared/result/document';
import { HOLDER_CHECKS } from '../../nodes/shared/result/holder';
import type { Decision, DecisionResult, Service } from '../../nodes/shared/service';
import { SERVICES, type NodeName } from '../engine/support/services';
import { registeredNodes } from '../support/nodes';
import * as documented from './documented';

export type { NodeName };

export const isFaceNode = (node: NodeName): boolean => SERVICES[node].files[0] === 'image';

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

/** Returns a finished task with this under `result.data`. */
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

/** Returns a service's decisions for one person. */
const decided =
	(service: Service): Decide =>
	(answer, parameters) => {
		const { uuid = documented.REGISTERED.result.data.uuid } = parameters;
		const parameter = (name: string) => ({ uuid, ...TEXTS })[name] ?? '';
		const values = { parameter, option: () => undefined, timeZone: () => 'UTC' };
		return service.call(values).judge(answer, parameters);
	};

/** These two are judged by the document's parameters, and on the answer that Progeny documents. */
const DOCUMENT_JUDGES: Partial<Record<NodeName, Decide>> = {
	verifyIdentity: (answer, parameters) => decideDocument(answer, HOLDER_CHECKS, parameters),
	readDocument: (answer, parameters) => decideDocument(answer, [], parameters),
};

export const JUDGES = Object.fromEntries(
	registeredNodes.map(({ description, service }) => {
		const name = description.name as NodeName;
		const decide = DOCUMENT_JUDGES[name];
		const judge =
			decide === undefined
				? judgeOf(service, decided(service), SERVICES[name].good.answer)
				: judgeOf(service, decide, documented.PASSPORT);
		return [name, judge];
	}),
) as Record<NodeName, Judge>;

/** The nodes by name, as rows of `describe.each`. */
export const JUDGE_ROWS = Object.entries(JUDGES) as Array<[NodeName, Judge]>;
