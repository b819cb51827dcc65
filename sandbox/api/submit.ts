import type { FastifyRequest } from 'fastify';
import { isPicture } from '../face/picture';
import type { State } from '../state';
import { exception, failureAnswer, type FinishedAnswer } from '../tasks/answers';
import { scenarioNameOn } from '../tasks/scenarioPhoto';
import { scenarioOf, scenarios, type Scenario } from '../tasks/scenarios';
import { answerOf, refusalOf } from '../tasks/serviceAnswers';
import { ApiError, badFields } from './apiError';
import { Fields } from './fields';
import { readForm } from './form';
import type { Service } from './paths';

interface Submission {
	service: Service;
	image: Buffer;
	/** Empty for the services that take none. */
	uuid: string;
	extendData: string | undefined;
}

/** Takes a submit: checks its fields and gives the new task's ID, while the check goes on. Throws ApiError. */
export async function submit(
	state: State,
	service: Service,
	request: FastifyRequest,
): Promise<{ id: string }> {
	const submission = await readSubmission(state, service, request);
	const scenario = scenarioOf(submission.uuid) ?? scenarioOn(submission.image);
	const refusal = scenario && refusalOf(scenario, service);
	if (refusal) throw new ApiError(refusal.status, refusal.body, refusal.headers);
	return { id: scenario ? play(state, submission, scenario) : await check(state, submission) };
}

/** The scenario that a photo forces, if it is made for one; throws a 400 where there is none of its name. */
function scenarioOn(image: Buffer): Scenario | undefined {
	const name = scenarioNameOn(image);
	if (name === undefined) return undefined;
	const scenario = scenarios.find((one) => one.name === name);
	if (!scenario) throw badFields({ image: [`There is no scenario "${name}".`] });
	return scenario;
}

async function readSubmission(state: State, service: Service, request: FastifyRequest): Promise<Submission> {
	const fields = new Fields(await readForm(request, ['image'], state.maxUploadBytes));
	const { bytes: image } = fields.file('image');
	const uuid = service === 'authenticate_face' ? fields.uuid('uuid') : '';
	const extendData = fields.boolean('extend_data');
	fields.done();
	return { service, image, uuid, extendData };
}

function play(state: State, submission: Submission, scenario: Scenario): string {
	const { taskId, settle } = state.tasks.add({
		...told(submission),
		scenario: scenario.name,
		...(scenario.takes !== undefined && { takes: scenario.takes }),
		...(scenario.unfinished && { unfinished: scenario.unfinished }),
	});
	const answer = answerOf(scenario, submission.service);
	if (answer) settle(extended(answer, scenario.name, extendWanted(submission)));
	return taskId;
}

async function check(state: State, submission: Submission): Promise<string> {
	const { settings, faces, engine, tasks, log } = state;
	if (settings.refuseUnreadable && !(await isPicture(submission.image))) {
		throw badFields({
			image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
		});
	}
	if (submission.uuid && settings.unknownUuid === 'refuse' && !faces.get(submission.uuid)) {
		throw badFields({ uuid: ['Object with this uuid does not exist.'] });
	}
	if (engine.full) {
		throw new ApiError(
			503,
			{ detail: 'Too many pictures are waiting. Try again later.' },
			{ 'retry-after': '2' },
		);
	}
	const { taskId, settle } = tasks.add(told(submission));
	run(state, submission).then(settle, (error: Error) => {
		log.error({ taskId, error: error.message }, 'the face engine failed');
		settle(failureAnswer(exception('FaceEngineError', error.message, 'sandbox')));
	});
	return taskId;
}

async function run({ checks }: State, submission: Submission): Promise<FinishedAnswer> {
	const { service, image, uuid } = submission;
	if (service === 'authenticate_face')
		return await checks.authenticateFace(image, uuid, extendWanted(submission));
	if (service === 'face_liveness') return await checks.faceLiveness(image, extendWanted(submission));
	return await checks.registerFace(image, extendWanted(submission));
}

function told({ service, uuid, extendData }: Submission) {
	return { service, ...(uuid && { uuid }), ...(extendData !== undefined && { extendData }) };
}

function extendWanted({ extendData }: Submission): boolean {
	return /^(t|true|y|yes|on|1)$/i.test(extendData ?? '');
}

function extended(answer: FinishedAnswer, scenario: string, wanted: boolean): FinishedAnswer {
	const result = answer.result as { data?: unknown } | null | undefined;
	const data = typeof result === 'object' ? result?.data : undefined;
	if (!wanted || typeof data !== 'object' || data === null || Array.isArray(data)) return answer;
	return {
		...answer,
		result: { ...result, data: { ...data, extend_data: { liveness: { provider: 'sandbox', scenario } } } },
	};
}
