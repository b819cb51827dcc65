import { messages } from '../../nodes/shared/errors/messages';
import { ExecutionMemory } from '../../nodes/shared/item/submissionMemory';
import { encodeMultipart } from '../../nodes/shared/progeny/multipart';
import type { Reply } from '../../nodes/shared/progeny/reply';
import { hashOf, submitTask, type Submission } from '../../nodes/shared/task/submit';
import type { Turn } from '../../nodes/shared/task/uploadGate';
import { tinyJpeg } from '../engine/support/items';
import type { Photo } from '../../nodes/shared/photo/photo';

const photoOf = (bytes: Buffer) => ({ bytes }) as Photo;
const UUID = 'd3da2b7a-b062-11ec-b3b9-0242ac190002';
const photo = photoOf(tinyJpeg());
const submissionOf = (image: Photo, uuid: string, extended: boolean): Submission => ({
	path: '/services/authenticate_face/',
	files: { image },
	fields: { uuid, extend_data: String(extended) },
});
const submission = submissionOf(photo, UUID, false);
const ACCEPTED: Reply = { kind: 'answer', status: 200, body: { id: 'task' } };
const TURN: Turn = { accepted: () => {}, throttled: async () => {} };

test.each<[string, Submission]>([
	['another person', submissionOf(photo, UUID.replace('d3', 'd4'), false)],
	['another photo', submissionOf(photoOf(tinyJpeg({ width: 9 })), UUID, false)],
	['another extend_data', submissionOf(photo, UUID, true)],
	['another service', { ...submission, path: '/services/face_liveness/' }],
	['the photo in another field', { ...submission, files: { selfie_image: photo } }],
])('%s has another hash', (_, other) => {
	expect(hashOf(other)).not.toBe(hashOf(submission));
});

test('the same has the same hash, which shows nothing of it', () => {
	expect(hashOf(submissionOf(photoOf(tinyJpeg()), UUID, false))).toBe(hashOf(submission));
	expect(hashOf(submission)).toMatch(/^[0-9a-f]{64}$/);
});

test('is not sent again after an unknown outcome, even if nothing was noted', async () => {
	const memory = new ExecutionMemory({ getNode: () => ({}) } as never, false);
	const unknown = messages.outcomeUnknown('the connection was cut');
	await expect(memory.once(0, submission, () => Promise.reject(unknown))).rejects.toBe(unknown);
	const submit = jest.fn();
	await expect(memory.once(0, submission, submit)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
	expect(submit).not.toHaveBeenCalled();
});

test('the time limit of an upload grows with it, and nothing is sent once the run has failed', async () => {
	const image = { ...photoOf(Buffer.alloc(3_200_000)), facts: { extension: 'jpg' } } as Photo;
	const send = jest.fn<Promise<Reply>, [request: { timeoutMs: number }]>(async () => ACCEPTED);
	const { signal: cancel } = new AbortController();
	const upload = (halt: AbortSignal) =>
		submitTask(send, submissionOf(image, UUID, false), TURN, { cancel, halt }, () => {});
	await expect(upload(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELED' });
	expect(send).not.toHaveBeenCalled();
	await upload(cancel);
	expect(Math.floor(send.mock.lastCall![0].timeoutMs / 1000)).toBe(160);
});

/** Returns the form as a server reads it. */
async function read(parts: Parameters<typeof encodeMultipart>[0]) {
	const { body, contentType } = encodeMultipart(parts);
	return await new Response(body, { headers: { 'content-type': contentType } }).formData();
}

test('a server reads the texts and files that were put in, in their order', async () => {
	const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 0]);
	const form = await read({
		image: { bytes, fileName: 'photo.png', mimeType: 'image/png' },
		uuid: 'd3da2b7a',
		extend_data: 'false',
	});
	expect([...form.keys()]).toEqual(['image', 'uuid', 'extend_data']);
	const image = form.get('image') as File;
	expect([image.name, image.type]).toEqual(['photo.png', 'image/png']);
	expect(Buffer.from(await image.arrayBuffer()).equals(bytes)).toBe(true);
	expect([form.get('uuid'), form.get('extend_data')]).toEqual(['d3da2b7a', 'false']);
});

test.each(['', 'with "quotes" & ümläuts €', 'line\r\nbreaks\r\n--'])('the text %j arrives', async (text) => {
	expect((await read({ password: text })).get('password')).toBe(text);
});

test('what lies in a file cannot end its part: each form has a boundary of its own', () => {
	const [one, two] = [encodeMultipart({ a: 'b' }), encodeMultipart({ a: 'b' })];
	expect(one.contentType).toMatch(/^multipart\/form-data; boundary=progeny-[0-9a-f-]{36}$/);
	expect(one.contentType).not.toBe(two.contentType);
});
