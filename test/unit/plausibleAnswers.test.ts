/** What a good API of this kind may well answer, and what a broken one does. Too strict is as much a fault as too lax. */
import type { Decision } from '../../nodes/shared/service';
import * as documented from './documented';
import { JUDGES, PLAIN, TASK_ID, task, type NodeName } from './judges';

type Json = Record<string, unknown>;

const UUID = documented.REGISTERED.result.data.uuid;
const FACE = documented.AUTHENTICATED;
const FACES = FACE.result.data;
const PASSPORT = documented.PASSPORT.result.data;
const CLEAR = documented.BACKGROUND_CHECK.background_check;

const face = (data: Json = {}, result: Json = {}, root: Json = {}): Json => ({
	...FACE,
	...root,
	result: { ...FACE.result, ...result, data: { ...FACES, ...data } },
});
const liveness = (part: Json, data: Json = {}) =>
	face({ liveness: { ...FACES.liveness, ...part, data: { ...FACES.liveness.data, ...data } } });
const passport = (fields: Json, beside: Json = {}, result: Json = {}): Json => ({
	...documented.PASSPORT,
	result: {
		status: 200,
		...result,
		data: { ...PASSPORT, document: { ...PASSPORT.document, ...fields }, ...beside },
	},
});
const background = (fields: Json) => task({ background_check: { ...CLEAR, ...fields } });

const ROWS: Array<[string, NodeName, Json, Decision]> = [
	['the documented face', 'authenticateFace', FACE, 'pass'],
	[
		"a row of django-celery-results, with the task's own ID",
		'authenticateFace',
		face(
			{},
			{},
			{
				task_id: TASK_ID.toUpperCase(),
				task_name: 'authenticate_face',
				traceback: null,
				meta: { children: [] },
			},
		),
		'pass',
	],
	["Celery's own task_id", 'authenticateFace', face({}, {}, { task_id: UUID }), 'review'],
	["the record's own uuid at the root", 'authenticateFace', face({}, {}, { uuid: TASK_ID }), 'pass'],
	["v2's uuid and authorize", 'authenticateFace', face({ uuid: UUID, authorize: true }), 'pass'],
	[
		'that uuid in capitals, without hyphens',
		'authenticateFace',
		face({ uuid: UUID.toUpperCase().replaceAll('-', '') }),
		'pass',
	],
	['message and success', 'authenticateFace', face({}, { message: 'OK', success: true }), 'pass'],
	[
		'issues by other names, empty',
		'authenticateFace',
		face({ issues: { liveness: {}, face_compare: {} } }),
		'pass',
	],
	[
		"the provider's answer in an object of its own",
		'authenticateFace',
		face({ provider: { status: 'REAL', task_id: UUID, uuid: TASK_ID, result: {}, error: null } }),
		'pass',
	],
	[
		"the provider's answer flat in a check",
		'authenticateFace',
		liveness({}, { status: 'REAL', task_id: TASK_ID, uuid: TASK_ID }),
		'pass',
	],
	[
		"a check's data with the provider's result",
		'authenticateFace',
		liveness({}, { result: { score: 1 } }),
		'pass',
	],
	['live as a probability', 'authenticateFace', liveness({}, { live: 0.98 }), 'pass'],
	[
		'status 0 and error_code 0 in a check',
		'authenticateFace',
		liveness({}, { status: 0, error_code: 0 }),
		'pass',
	],
	['success 1 and verified "True"', 'authenticateFace', face({ success: 1, verified: 'True' }), 'pass'],
	['registered as a date', 'authenticateFace', face({ registered: '2022-03-30T19:51:44Z' }), 'pass'],
	[
		'other checks that passed',
		'authenticateFace',
		face({ image_quality: { result: true, warnings: [] }, spoof: { success: true } }),
		'pass',
	],
	[
		'a status of a check in words',
		'authenticateFace',
		liveness({ status: 'PASS' }, { status: 'Succeeded' }),
		'pass',
	],
	[
		'result.status in a word',
		'authenticateFace',
		face({}, { status: 'successful', status_code: 200 }),
		'pass',
	],
	[
		"a document's data",
		'verifyIdentity',
		passport({ data: { processingStatus: 'Success', status: 'SUCCESS', mrz: {} } }),
		'pass',
	],
	[
		'document.valid as a span, document.status',
		'verifyIdentity',
		passport({ valid: { from: '2013-9-25', to: '2023-9-25' }, status: 'Active' }),
		'pass',
	],
	[
		'an empty background check that nobody asked for',
		'verifyIdentity',
		passport({}, { background_check: {} }),
		'pass',
	],
	['result.document as a text', 'verifyIdentity', passport({}, {}, { document: 'passport' }), 'pass'],
	[
		"ComplyAdvantage's fields",
		'backgroundCheck',
		background({
			match_status: 'no_match',
			status: 'success',
			total_hits: 0,
			filters: { types: ['sanction'] },
		}),
		'pass',
	],
	['background_check.status NO_MATCH', 'backgroundCheck', background({ status: 'NO_MATCH' }), 'pass'],
	['code 200 and a message', 'backgroundCheck', background({ code: 200, message: '0 results' }), 'pass'],
	['background_check.status MATCH', 'backgroundCheck', background({ status: 'MATCH' }), 'review'],
	['three hits by another count', 'backgroundCheck', background({ total_hits: 3 }), 'review'],
	['hits in its data', 'backgroundCheck', background({ data: { hits: [{}] } }), 'review'],
	['only a message', 'backgroundCheck', background({ message: 'Provider timed out' }), 'pass'],
	['errorCode', 'backgroundCheck', background({ errorCode: 'AML_UNAVAILABLE' }), 'review'],
	[
		'errorMessage in a check',
		'authenticateFace',
		liveness({}, { errorMessage: 'Odd', isLive: false }),
		'review',
	],
	['errorMessage in the document', 'verifyIdentity', passport({ errorMessage: 'Glare' }), 'review'],
	['a status of a check that is false', 'authenticateFace', liveness({ status: false }), 'review'],
	[
		'anti_spoofing false, which nobody can read',
		'authenticateFace',
		liveness({}, { anti_spoofing: false }),
		'pass',
	],
];

test.each(ROWS)('%s (%s)', (_, node, answer, decision) => {
	const found = JUDGES[node].judge(answer, { ...PLAIN, uuid: UUID });
	expect([found.decision, found.reasons.length > 0]).toEqual([decision, decision !== 'pass']);
});

const ANOTHER = '98008e56-cd6f-410c-9d8d-f9e620661395';
const NIL = '00000000-0000-0000-0000-000000000000';
const registered = (uuid: unknown, beside: Json = {}) => ({
	...documented.REGISTERED,
	result: { status: 200, ...beside, data: { uuid } },
});

test.each<[string, NodeName, Json, string[]]>([
	['another task_id', 'faceLiveness', { ...documented.LIVE, task_id: ANOTHER }, ['CONTRADICTORY']],
	['another task', 'faceLiveness', { ...documented.LIVE, task: `{${ANOTHER}}` }, ['CONTRADICTORY']],
	['a task by its name', 'faceLiveness', { ...documented.LIVE, task: 'liveness', task_id: 7 }, []],
	[
		'another task_id below the root',
		'faceLiveness',
		task({ ...documented.LIVE.result.data, task_id: ANOTHER }),
		[],
	],
	['another person', 'authenticateFace', face({ uuid: ANOTHER }), ['CONTRADICTORY']],
	['the same person, as a URN in braces', 'authenticateFace', face({ uuid: `urn:uuid:{${UUID}}` }), []],
	['what is no UUID', 'authenticateFace', face({ uuid: 'jane' }), []],
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
test.each<[string, NodeName, Json, string[]]>([
	[
		'a match at result',
		'verifyIdentity',
		passport({}, { background_check: CLEAR }, { background_check: MATCH }),
		['POTENTIAL_MATCH'],
	],
	[
		'a match at the root',
		'verifyIdentity',
		{ ...passport({}), background_check: MATCH },
		['POTENTIAL_MATCH'],
	],
	[
		'a document at result that is not valid',
		'readDocument',
		passport({}, {}, { document: INVALID }),
		['DOCUMENT_INVALID'],
	],
	[
		'a document at the root that is not valid',
		'readDocument',
		{ ...passport({}), document: INVALID },
		['DOCUMENT_INVALID'],
	],
	['an empty one at result', 'readDocument', passport({}, {}, { document: {}, background_check: [] }), []],
	[
		'a background check that nobody can read',
		'readDocument',
		passport({}, { background_check: { hits: 'x' } }),
		['CONTRADICTORY'],
	],
	[
		'a list as a background check',
		'readDocument',
		passport({}, { background_check: [CLEAR] }),
		['CONTRADICTORY'],
	],
	[
		'a document for a face',
		'faceLiveness',
		task({ ...documented.LIVE.result.data, document: 'passport' }),
		['CONTRADICTORY'],
	],
	[
		'an empty document for a face',
		'faceLiveness',
		task({ ...documented.LIVE.result.data, document: ' ' }),
		[],
	],
])('twice the same part: %s (%s)', (_, node, answer, reasons) => {
	expect(JUDGES[node].judge(answer).reasons).toEqual(reasons);
});

test.each(['no_match', 'noMatches', 'No Hits', 'notMatched', 'NO_HIT', 'no_pep_hits'])(
	'%s: true is no match',
	(key) => {
		expect(JUDGES.backgroundCheck.judge(background({ [key]: true })).decision).toBe('pass');
	},
);
test.each<[string, unknown]>([
	['match_count', '2'],
	['hitCount', 1],
	['matches', [null]],
	['is_match', true],
	['notable_match', true],
	['notification-hit', true],
	['HITS', [{}]],
])('%s: %j is a match, in the check and in its data', (key, value) => {
	for (const answer of [background({ [key]: value }), background({ data: { [key]: value } })])
		expect(JUDGES.backgroundCheck.judge(answer).reasons).toEqual(['POTENTIAL_MATCH']);
});
