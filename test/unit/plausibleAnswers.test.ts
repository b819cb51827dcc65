/** Plausible answers of a good API of this kind, and answers of a broken one. Too strict is as much a fault as too lax. */
import type { Decision } from '../../nodes/shared/service';
import { words } from '../support/words';
import * as documented from './documented';
import { JUDGES, PLAIN, TASK_ID, task, type NodeName } from './judges';

type Json = Record<string, unknown>;

const UUID = documented.REGISTERED.result.data.uuid;
const FACE = documented.AUTHENTICATED;
const FACES = FACE.result.data;
const PASSPORT = documented.PASSPORT.result.data;
const LIVE = documented.LIVE.result.data;
const CLEAR = documented.BACKGROUND_CHECK.background_check;

/** Returns an answer with more beside `result.data`, `result` and in the answer itself. */
const withMore =
	(answer: documented.TaskAnswer) =>
	(data: Json = {}, result: Json = {}, root: Json = {}): Json => ({
		...answer,
		...root,
		result: { ...answer.result, ...result, data: { ...answer.result.data, ...data } },
	});
const face = withMore(FACE);
const liveness = (part: Json, data: Json = {}) =>
	face({ liveness: { ...FACES.liveness, ...part, data: { ...FACES.liveness.data, ...data } } });
const passport = (fields: Json, beside: Json = {}, result: Json = {}): Json =>
	withMore(documented.PASSPORT)({ document: { ...PASSPORT.document, ...fields }, ...beside }, result);
const CELERY_ROW = { task_name: 'authenticate_face', traceback: null, meta: { children: [] } };
const PROVIDER = { status: 'REAL', task_id: UUID, uuid: TASK_ID, result: {}, error: null };
const background = (fields: Json) => task({ background_check: { ...CLEAR, ...fields } });

const PASSING_FACES: Array<[string, Json]> = [
	['the documented face', FACE],
	['a row of django-celery-results', face({}, {}, { task_id: TASK_ID.toUpperCase(), ...CELERY_ROW })],
	["the record's own uuid at the root", face({}, {}, { uuid: TASK_ID })],
	["v2's uuid and authorize", face({ uuid: UUID, authorize: true })],
	['that uuid in capitals, without hyphens', face({ uuid: UUID.toUpperCase().replaceAll('-', '') })],
	['issues by other names, empty', face({ issues: { liveness: {}, face_compare: {} } })],
	["the provider's answer in an object of its own", face({ provider: PROVIDER })],
	["the provider's answer flat in a check", liveness({}, { status: 'REAL', task_id: TASK_ID })],
	["a check's data with the provider's result", liveness({}, { result: { score: 1 } })],
	['another check that passed', face({ image_quality: { result: true, warnings: [] } })],
	['result.status in a word', face({}, { status: 'successful', status_code: 200 })],
	['anti_spoofing false, an unknown key', liveness({}, { anti_spoofing: false })],
];
const of = (node: NodeName, decision: Decision, rows: Array<[string, Json]>) =>
	rows.map(([name, answer]) => [name, node, answer, decision] as const);

test.each([
	...of('authenticateFace', 'pass', PASSING_FACES),
	...of('authenticateFace', 'review', [["Celery's own task_id", face({}, {}, { task_id: UUID })]]),
	...of('verifyIdentity', 'pass', [
		["a document's data", passport({ data: { processingStatus: 'Success', status: 'SUCCESS', mrz: {} } })],
		['document.valid as a span', passport({ valid: { from: '2013-9-25' }, status: 'Active' })],
		['an empty background check that was not requested', passport({}, { background_check: {} })],
		['result.document as a text', passport({}, {}, { document: 'passport' })],
	]),
	...of('backgroundCheck', 'pass', [
		["ComplyAdvantage's fields", background({ match_status: 'no_match', status: 'success', total_hits: 0 })],
		['its filters', background({ filters: { types: ['sanction'] } })],
		['code 200 and a message', background({ code: 200, message: '0 results' })],
		['only a message', background({ message: 'Provider timed out' })],
	]),
	...of('backgroundCheck', 'review', [
		['three hits by another count', background({ total_hits: 3 })],
		['hits in its data', background({ data: { hits: [{}] } })],
	]),
])('%s (%s)', (_, node, answer, decision) => {
	const found = JUDGES[node].judge(answer, { ...PLAIN, uuid: UUID });
	expect([found.decision, found.reasons.length > 0]).toEqual([decision, decision !== 'pass']);
});

const ANOTHER = '98008e56-cd6f-410c-9d8d-f9e620661395';
const NIL = '00000000-0000-0000-0000-000000000000';
const registered = (uuid: unknown, beside: Json = {}) => withMore(documented.REGISTERED)({ uuid }, beside);

test.each<[string, NodeName, Json, string[]]>([
	['another task_id', 'faceLiveness', { ...documented.LIVE, task_id: ANOTHER }, ['CONTRADICTORY']],
	['another task', 'faceLiveness', { ...documented.LIVE, task: `{${ANOTHER}}` }, ['CONTRADICTORY']],
	['a task by its name', 'faceLiveness', { ...documented.LIVE, task: 'liveness', task_id: 7 }, []],
	['another task_id below the root', 'faceLiveness', task({ ...LIVE, task_id: ANOTHER }), []],
	['another person', 'authenticateFace', face({ uuid: ANOTHER }), ['CONTRADICTORY']],
	['the same person, as a URN in braces', 'authenticateFace', face({ uuid: `urn:uuid:{${UUID}}` }), []],
	['a text that is not a UUID', 'authenticateFace', face({ uuid: 'jane' }), []],
	['another uuid at result', 'authenticateFace', face({}, { uuid: ANOTHER }), []],
	['another uuid in a check', 'authenticateFace', liveness({ uuid: ANOTHER }), []],
	['two UUIDs', 'registerFace', registered(UUID, { uuid: ANOTHER }), ['CONTRADICTORY']],
	['the same UUID twice', 'registerFace', registered(UUID, { uuid: UUID.toUpperCase() }), []],
	['the nil UUID', 'registerFace', registered(NIL), ['UUID_MISSING']],
	["the task's ID", 'registerFace', registered(TASK_ID), ['UUID_MISSING']],
	["the task's ID in capitals", 'registerFace', registered(TASK_ID.toUpperCase()), ['UUID_MISSING']],
])('whose answer it is: %s (%s)', (_, node, answer, reasons) => {
	const found = JUDGES[node].judge(answer, { ...PLAIN, uuid: UUID });
	expect(found.reasons).toEqual(reasons);
	expect(found.decision === 'pass').toBe(reasons.length === 0);
});

const MATCH = { ...CLEAR, potential_match: true, hits: [{}] };
const INVALID = { ...PASSPORT.document, is_valid: false };
const NULL = { background_check: null };
const TWICE = passport({}, { background_check: CLEAR }, { background_check: MATCH });
test.each<[string, NodeName, Json, string[]]>([
	['a match at result', 'verifyIdentity', TWICE, ['POTENTIAL_MATCH']],
	['an invalid one at result', 'readDocument', passport({}, {}, { document: INVALID }), ['DOCUMENT_INVALID']],
	['at the root', 'readDocument', { ...passport({}), document: INVALID }, ['DOCUMENT_INVALID']],
	['the same at the root', 'readDocument', { ...passport({}), document: PASSPORT.document }, []],
	...['firstName', 'dateOfBirth', 'documentNumber'].map((field): [string, NodeName, Json, string[]] => {
		const document = { ...PASSPORT.document, [field]: '1990-09-05' };
		return [`another ${field} at result`, 'readDocument', passport({}, {}, { document }), ['CONTRADICTORY']];
	}),
	['an empty one at result', 'readDocument', passport({}, {}, { document: {}, background_check: [] }), []],
	['a list as a check', 'readDocument', passport({}, { background_check: [CLEAR] }), ['CONTRADICTORY']],
	['a document for a face', 'faceLiveness', task({ ...LIVE, document: 'passport' }), ['CONTRADICTORY']],
	['null above a clear check', 'backgroundCheck', { ...task(NULL), background_check: CLEAR }, []],
	['an empty document for a face', 'faceLiveness', task({ ...LIVE, document: ' ' }), []],
])('twice the same part: %s (%s)', (_, node, answer, reasons) => {
	expect(JUDGES[node].judge(answer).reasons).toEqual(reasons);
});

test.each(words('no_match noMatches No_Hits notMatched noPepHits'))('%s: true is not a match', (key) => {
	expect(JUDGES.backgroundCheck.judge(background({ [key]: true })).decision).toBe('pass');
});
test.each<[string, unknown]>([
	['match_count', '2'],
	['hitCount', 1],
	['matches', [null]],
	['is_match', true],
	['has_match', ' Yes'],
	['notable_match', true],
	['notification-hit', true],
	['HITS', [{}]],
])('%s: %j is a match, in the check and in its data', (key, value) => {
	for (const answer of [background({ [key]: value }), background({ data: { [key]: value } })])
		expect(JUDGES.backgroundCheck.judge(answer).reasons).toEqual(['POTENTIAL_MATCH']);
});
