import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schema, Validator } from '@cfworker/json-schema';
import { parse } from 'yaml';
import { EXAMPLES } from '../../../demo/paths';
import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { useTestbed } from '../support/testbed';
import { kycUrl, PostedForm, postForm, WebhookAnswer, webhookOpen } from '../support/webhooks';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { waiting } from '../support/workflows';

/** The parts of the OpenAPI file that these tests use. */
interface Contract {
	paths: Record<string, { post: { responses: Record<string, { $ref: string }> } }>;
	components: { responses: Record<string, { content: { 'application/json': { schema: Schema } } }> };
}

const CHECK = '/webhook/kyc';
const ANOTHER = '/webhook-waiting/{executionId}';
const CONTRACT = parse(readFileSync(join(EXAMPLES, 'kyc-webhook.openapi.yaml'), 'utf8')) as Contract;
/** Each path and status of the OpenAPI file. */
const DOCUMENTED = Object.entries(CONTRACT.paths).flatMap(([path, { post }]) =>
	Object.keys(post.responses).map((status) => `${path} ${status}`),
);

/** Returns the faults of an answer by the OpenAPI file. */
function deviations(path: string, { status, body }: WebhookAnswer): unknown[] {
	const ref = CONTRACT.paths[path]!.post.responses[status]?.$ref;
	const response = CONTRACT.components.responses[ref?.split('/').at(-1) ?? ''];
	if (!response) return [`${path} ${status} is not documented`];
	const { schema } = response.content['application/json'];
	return new Validator({ ...schema, components: CONTRACT.components }, '2020-12', false).validate(body)
		.errors;
}

describe('the example kyc-webhook', () => {
	const testbed = useTestbed();
	let uuid: string;
	/** A request that asks for another photo if that may help. */
	let asked: PostedForm;
	const cat = bundledPhoto('cat.png');

	beforeAll(async () => {
		uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		asked = { photo: cat, person: uuid, fields: { anotherPhoto: 'yes' } };
		await testbed.api.activate(await testbed.example('kyc-webhook', waiting('Authenticate Face', 6)));
		await webhookOpen(kycUrl(testbed.origin));
	});

	const seen = new Set<string>();

	/** Checks an answer by the OpenAPI file. */
	async function documented(path: string, answering: Promise<WebhookAnswer>): Promise<WebhookAnswer> {
		const answer = await answering;
		expect({ ...answer, deviations: deviations(path, answer) }).toEqual({ ...answer, deviations: [] });
		seen.add(`${path} ${answer.status}`);
		return answer;
	}

	const post = (request: PostedForm) => documented(CHECK, postForm(kycUrl(testbed.origin), request));
	const resume = (url: string, request: PostedForm) => documented(ANOTHER, postForm(url, request));

	/** Sends another photo to the address of an answer, once n8n waits for it. */
	async function postAnother({ body }: WebhookAnswer, request: PostedForm): Promise<WebhookAnswer> {
		const waits = async () =>
			(await testbed.api.finished(String(body.executionId), { also: ['waiting'] })).status;
		while ((await waits()) !== 'waiting') await new Promise((resolve) => setTimeout(resolve, 50));
		return resume(String(body.anotherPhoto), request);
	}

	it('answers 200 with a pass for the registered woman', async () => {
		const { status, body } = await post({ photo: await registeredWomanAgain(), person: uuid });
		expect({ status, body }).toEqual({
			status: 200,
			body: {
				authenticated: true,
				decision: 'pass',
				reasons: [],
				executionId: expect.stringMatching(/^\d+$/),
			},
		});
	});

	it('answers 200 with a fail for a cat, since the check was made', async () => {
		const { status, body } = await post({ photo: cat, person: uuid });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			authenticated: false,
			decision: 'fail',
			reasons: expect.arrayContaining(['FACE_NOT_FOUND']),
			advice: 'No face was found. Show your whole face.',
		});
		expect(body).not.toHaveProperty('anotherPhoto');
	});

	it('accepts three photos if it is asked to, of the same person only', async () => {
		const first = await post(asked);
		const second = await postAnother(first, { photo: cat });
		expect(second).toMatchObject({ status: 200, body: { decision: 'fail', advice: expect.any(String) } });
		const third = await postAnother(second, {
			photo: await registeredWomanAgain(),
			person: scenarioUuid('spoof'),
		});
		expect(third).toMatchObject({ status: 200, body: { authenticated: true } });

		const last = await postAnother(await postAnother(await post(asked), { photo: cat }), { photo: cat });
		expect(last.body).toEqual({
			authenticated: false,
			decision: 'fail',
			reasons: expect.any(Array),
			advice: expect.any(String),
			executionId: expect.any(String),
		});
	});

	it.each(['spoof', 'another-person'])('accepts no other photo after %s', async (scenario) => {
		const { body } = await post({ ...asked, person: scenarioUuid(scenario) });
		expect(Object.keys(body).sort()).toEqual(['authenticated', 'decision', 'executionId', 'reasons']);
	});

	const noPhoto: Photo = { name: 'note.png', type: 'image/png', data: Buffer.from('no picture at all') };
	const largePhoto: Photo = {
		...cat,
		data: Buffer.concat([cat.data, Buffer.alloc(20 * 1024 * 1024)]),
	};

	it("answers another photo with n8n's own refusal, unless the execution waits for it", async () => {
		const { body } = await post(asked);
		const url = new URL(String(body.anotherPhoto));
		const another = { photo: cat };
		const { status } = await postAnother({ status: 200, body }, {});
		await testbed.api.finished(String(body.executionId));
		const ended = await resume(url.href, another);
		const nobodys = await resume(url.href.replace(/(?<=waiting\/)\d+/, '999999999'), another);
		url.searchParams.set('signature', 'guessed');
		const guessed = await resume(url.href, another);
		expect([status, ended.status, nobodys.status, guessed.status]).toEqual([400, 409, 404, 401]);
	});

	it.each([
		['no photo', { person: 'x' }, 'NO_IMAGE'],
		['no UUID', { photo: cat }, 'NO_UUID'],
		['an empty UUID', { photo: cat, person: '' }, 'NO_UUID'],
		['an invalid UUID', { photo: cat, person: 'person-7' }, 'INVALID_UUID'],
	])('answers %s with 400', async (_, request, code) => {
		expect(await post(request)).toMatchObject({ status: 400, body: { code } });
	});

	const some = expect.any(String);

	it.each<[string, Photo | string, number, string, string]>([
		['a file that is not a photo', noPhoto, 415, 'UNSUPPORTED_IMAGE', some],
		['a photo that is too large', largePhoto, 413, 'IMAGE_TOO_LARGE', some],
		['a photo that Progeny refuses', 'refused-400', 422, 'SUBMIT_REJECTED', some],
		[
			'a service that is not enabled',
			'refused-403',
			502,
			'FORBIDDEN',
			'This check is not available here. Trying again does not help.',
		],
		['a failed task', 'failure', 502, 'TASK_FAILED', 'The check failed. Try again with another photo.'],
		['a busy Progeny', 'refused-429', 503, 'RATE_LIMITED', some],
		['no result in time', 'never', 504, 'TIMED_OUT', some],
	])('answers %s alike as the first and as another photo', async (_, sent, expected, code, error) => {
		const photo = typeof sent === 'string' ? await scenarioPhoto(sent) : sent;
		const first = await post({ photo, person: uuid });
		const another = await postAnother(await post(asked), { photo });
		for (const { status, body } of [first, another]) {
			expect({ status, body }).toEqual({ status: expected, body: { code, error, executionId: some } });
		}
	});

	it('tells the caller not to submit again if the outcome is unknown', async () => {
		testbed.sandbox.faults.add({ on: 'submit', times: 1, do: { reset: 'afterBody' } });
		const { status, body } = await post({ photo: cat, person: scenarioUuid('pass') });
		expect({ status, body }).toMatchObject({
			status: 502,
			body: { code: 'OUTCOME_UNKNOWN', error: expect.stringContaining('Do not submit it again') },
		});
	});

	it('returns the execution ID, which finds the check with its person and task, but no task ID', async () => {
		const { body } = await post({ photo: cat, person: scenarioUuid('spoof') });
		const { taskId } = testbed.sandbox.tasks.at(-1)!;
		expect(JSON.stringify(body)).not.toContain(taskId);
		// The answer leaves before the execution is stored.
		const id = String(body.executionId);
		await testbed.api.finished(id);
		const found = await testbed.api.call('get', `/executions/${id}`);
		expect(found).toMatchObject({ customData: { uuid: scenarioUuid('spoof'), taskId, decision: 'fail' } });
	});

	it.each([
		['the credential is wrong', 502, { password: 'wrong' }, 'LOGIN_REJECTED'],
		['Progeny cannot be reached', 503, { baseUrl: 'http://127.0.0.1:9/api/v3' }, 'UNREACHABLE'],
	])('when %s, answers %d', async (_, expected, account, code) => {
		await testbed.putAccount(account);
		const { status, body } = await post({ photo: cat, person: scenarioUuid('pass') });
		await testbed.putAccount();
		expect({ status, body }).toMatchObject({ status: expected, body: { code } });
	});

	it('has been seen to answer with each documented status', () => {
		expect([...seen].sort()).toEqual(DOCUMENTED.sort());
	});
});
