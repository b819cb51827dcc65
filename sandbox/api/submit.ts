import type { FastifyRequest } from 'fastify';
import { backgroundCheck } from '../document/watchList';
import type { Files } from '../documentChecks';
import { isPicture } from '../face/picture';
import type { State } from '../state';
import { dataAnswer, exception, failureAnswer, type FinishedAnswer } from '../tasks/answers';
import { scenarioOn } from '../tasks/scenarioPhoto';
import { scenarioOf, type Scenario } from '../tasks/scenarios';
import { answerOf, refusalOf } from '../tasks/serviceAnswers';
import { ApiError, badFields } from './apiError';
import { Fields } from './fields';
import { readForm } from './form';
import { specOf, type SandboxService } from './paths';

interface Submission {
	service: SandboxService;
	/** In the order of the service's fields. */
	files: Files;
	/** Empty for the services without one. */
	uuid: string;
	person: Person | undefined;
	extendData: string | undefined;
}

/** The person to check against the watch list. */
interface Person {
	fullName: string;
	/** yyyy-mm-dd. */
	birthDate: string;
}

const badPicture =
	'Upload a valid image. The file you uploaded was either not an image or a corrupted image.';

/** Accepts a submit: validates its fields, starts the check and returns the new task's ID. Throws ApiError. */
export async function submit(
	state: State,
	service: SandboxService,
	request: FastifyRequest,
): Promise<{ id: string }> {
	const submission = await readSubmission(state, service, request);
	const scenario = scenarioOf(submission.uuid) ?? forcedScenario(submission);
	const refusal = scenario && refusalOf(scenario, service);
	if (refusal) throw new ApiError(refusal.status, refusal.body, refusal.headers);
	return { id: scenario ? answerScenario(state, submission, scenario) : await check(state, submission) };
}

/** Returns the scenario of the first photo that names one, or of the person's name. Throws a 400 if the service has no such scenario. */
function forcedScenario({ service, files, person }: Submission): Scenario | undefined {
	const carriers: [string, Uint8Array][] = person
		? [['fullname', Buffer.from(person.fullName)]]
		: Object.entries(files);
	for (const [field, carrier] of carriers) {
		const found = scenarioOn(carrier, service);
		if (typeof found === 'string') throw badFields({ [field]: [found] });
		if (found) return found;
	}
	return undefined;
}

async function readSubmission(
	state: State,
	service: SandboxService,
	request: FastifyRequest,
): Promise<Submission> {
	const { files: names, document, backgroundCheck: checks } = specOf(service);
	const fields = new Fields(await readForm(request, names, state.maxUploadBytes));
	const files = Object.fromEntries(names.map((name) => [name, fields.file(name).bytes]));
	const uuid = service === 'authenticate_face' ? fields.uuid('uuid') : '';
	const person =
		checks && !document
			? { fullName: fields.text('fullname', 255), birthDate: fields.date('birth_date') }
			: undefined;
	// In Progeny's samples the services that read a document require it.
	const extendData = person ? undefined : fields.boolean('extend_data', { required: document !== undefined });
	fields.done();
	return { service, files, uuid, person, extendData };
}

function answerScenario(state: State, submission: Submission, scenario: Scenario): string {
	const { taskId, settle } = state.tasks.add({
		...recorded(submission),
		scenario: scenario.name,
		...(scenario.takes !== undefined && { takes: scenario.takes }),
		...(scenario.unfinished && { unfinished: scenario.unfinished }),
	});
	const answer = answerOf(scenario, submission.service);
	if (answer) settle(withProviderData(answer, scenario.name, submission));
	return taskId;
}

async function check(state: State, submission: Submission): Promise<string> {
	const { settings, faces, tasks, log } = state;
	if (settings.refuseUnreadable) await refuseUnreadable(submission.files);
	if (submission.uuid && settings.unknownUuid === 'refuse' && !faces.get(submission.uuid)) {
		throw badFields({ uuid: ['Object with this uuid does not exist.'] });
	}
	if (state.waitingBytes >= state.maxWaitingBytes) {
		throw new ApiError(
			503,
			{ detail: 'Too many pictures are waiting. Try again later.' },
			{ 'retry-after': '2' },
		);
	}
	const { taskId, settle } = tasks.add(recorded(submission));
	const bytes = Object.values(submission.files).reduce((sum, file) => sum + file.length, 0);
	state.waitingBytes += bytes;
	run(state, submission)
		.then(settle, (error: Error) => {
			log.error({ taskId, error: error.message }, 'the check failed');
			settle(failureAnswer(exception('FaceEngineError', error.message, 'sandbox')));
		})
		.finally(() => (state.waitingBytes -= bytes));
	return taskId;
}

async function refuseUnreadable(files: Files): Promise<void> {
	const errors: Record<string, string[]> = {};
	for (const [name, file] of Object.entries(files)) {
		if (!(await isPicture(file))) errors[name] = [badPicture];
	}
	if (Object.keys(errors).length > 0) throw badFields(errors);
}

async function run({ checks, documentChecks }: State, submission: Submission): Promise<FinishedAnswer> {
	const { service, files, uuid, person } = submission;
	const extend = wantsExtendData(submission);
	if (person) return dataAnswer({ background_check: backgroundCheck(person.fullName, person.birthDate) });
	const { check } = specOf(service);
	if (check === undefined) return await documentChecks.check(service, files, extend);
	const { image } = files as { image: Buffer };
	return await checks[check](image, extend, uuid);
}

function recorded({ service, uuid, extendData }: Submission) {
	return { service, ...(uuid && { uuid }), ...(extendData !== undefined && { extendData }) };
}

function wantsExtendData({ extendData }: Submission): boolean {
	return /^(t|true|y|yes|on|1)$/i.test(extendData ?? '');
}

function withProviderData(answer: FinishedAnswer, scenario: string, submission: Submission): FinishedAnswer {
	const result = answer.result as { data?: unknown } | null | undefined;
	const data = typeof result === 'object' ? result?.data : undefined;
	if (!wantsExtendData(submission) || typeof data !== 'object' || data === null || Array.isArray(data)) {
		return answer;
	}
	const provider = specOf(submission.service).document ? 'ocr_card' : 'liveness';
	const extend_data = { [provider]: { provider: 'sandbox', scenario } };
	return { ...answer, result: { ...result, data: { ...data, extend_data } } };
}
