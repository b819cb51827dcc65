import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { scenarioUuid } from '../../../sandbox';
import { Bench, openTestbed } from '../support/bench';
import { KycAnswer, kycOpen, KycRequest, postKyc, postTo } from '../support/kyc';

describe('the example kyc-webhook', () => {
	let bench: Bench;
	let uuid: string;
	/** A request that asks for another photo if that may help. */
	let asked: KycRequest;
	const cat = bundledPhoto('cat.png');

	beforeAll(async () => {
		bench = await openTestbed();
		uuid = await bench.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		asked = { photo: cat, person: uuid, fields: { anotherPhoto: 'yes' } };
		await bench.api.activate(await bench.example('kyc-webhook'));
		await kycOpen(bench.origin);
	});

	afterAll(() => bench.close());

	const post = (request: KycRequest) => postKyc(bench.origin, request);

	/** Sends another photo to the address of an answer, once n8n waits for it. */
	async function postAnother({ body }: KycAnswer, request: KycRequest): Promise<KycAnswer> {
		const waits = async () =>
			(await bench.api.finished(String(body.executionId), { also: ['waiting'] })).status;
		while ((await waits()) !== 'waiting') await new Promise((resolve) => setTimeout(resolve, 50));
		return postTo(String(body.anotherPhoto), request);
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

	it('takes three photos if it is asked to, of the same person only', async () => {
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

	it.each(['spoof', 'another-person'])('takes no other photo after %s', async (scenario) => {
		const { body } = await post({ ...asked, person: scenarioUuid(scenario) });
		expect(Object.keys(body).sort()).toEqual(['authenticated', 'decision', 'executionId', 'reasons']);
	});

	it('answers another request that has no photo with 400', async () => {
		const answer = await postAnother(await post(asked), {});
		expect(answer).toMatchObject({ status: 400, body: { code: 'NO_IMAGE' } });
	});

	const noPhoto: Photo = { name: 'note.png', type: 'image/png', data: Buffer.from('no picture at all') };

	it.each([
		['no photo', { person: 'x' }, 400, 'NO_IMAGE'],
		['no UUID', { photo: cat }, 400, 'NO_UUID'],
		['an empty UUID', { photo: cat, person: '' }, 400, 'NO_UUID'],
		['a UUID that is none', { photo: cat, person: 'person-7' }, 400, 'INVALID_UUID'],
		['a file that is no photo', { photo: noPhoto, person: scenarioUuid('pass') }, 415, 'UNSUPPORTED_IMAGE'],
		[
			'a photo that Progeny refuses',
			{ photo: cat, person: scenarioUuid('refused-400') },
			422,
			'SUBMIT_REJECTED',
		],
	])('answers %s with a 4xx', async (_, request, expected, code) => {
		const { status, body } = await post(request);
		expect({ status, body }).toEqual({
			status: expected,
			body: { code, error: expect.any(String), executionId: expect.any(String) },
		});
	});

	it.each([
		['refused-403', 'FORBIDDEN', 'This check is not available here. Trying again does not help.'],
		['failure', 'TASK_FAILED', 'The check failed. Try again with another photo.'],
	])('answers %s with a 502 that says nothing of the inside', async (scenario, code, error) => {
		const { status, body } = await post({ photo: cat, person: scenarioUuid(scenario) });
		expect({ status, body }).toEqual({ status: 502, body: { code, error, executionId: expect.any(String) } });
	});

	it('tells the caller not to submit again where the outcome is not known', async () => {
		bench.sandbox.faults.add({ on: 'submit', times: 1, do: { reset: 'afterBody' } });
		const { status, body } = await post({ photo: cat, person: scenarioUuid('pass') });
		expect({ status, body }).toMatchObject({
			status: 502,
			body: { code: 'OUTCOME_UNKNOWN', error: expect.stringContaining('Do not submit it again') },
		});
	});

	it('gives the execution ID, under which the check is found with its person and task, and no task ID', async () => {
		const { body } = await post({ photo: cat, person: scenarioUuid('spoof') });
		const { taskId } = bench.sandbox.tasks.at(-1)!;
		expect(JSON.stringify(body)).not.toContain(taskId);
		// The answer leaves before the execution is stored.
		const id = String(body.executionId);
		await bench.api.finished(id);
		const found = await bench.api.call('get', `/executions/${id}`);
		expect(found).toMatchObject({ customData: { uuid: scenarioUuid('spoof'), taskId, decision: 'fail' } });
	});

	it('answers 502 when the credential is wrong', async () => {
		const { baseUrl, username, password } = bench.sandbox;
		const { name, type } = bench.credential;
		await bench.api.putCredential(name, type, { baseUrl, username, password: 'wrong' });
		const { status, body } = await post({ photo: cat, person: scenarioUuid('pass') });
		await bench.api.putCredential(name, type, { baseUrl, username, password });
		expect({ status, body }).toMatchObject({ status: 502, body: { code: 'LOGIN_REJECTED' } });
	});

	it('answers 503 when Progeny cannot be reached', async () => {
		const { username, password } = bench.sandbox;
		const { name, type } = bench.credential;
		await bench.api.putCredential(name, type, { baseUrl: 'http://127.0.0.1:9/api/v3', username, password });
		const { status, body } = await post({ photo: cat, person: scenarioUuid('pass') });
		expect({ status, body }).toMatchObject({ status: 503, body: { code: 'UNREACHABLE' } });
	});
});
