import { createHash } from 'node:crypto';
import { messages } from '../errors/messages';
import { SUBMIT_RETRY_DELAYS_MS, uploadTimeoutMs } from '../limits';
import type { Photo } from '../photo/photo';
import { encodeMultipart, type Multipart, type Part } from '../progeny/multipart';
import type { Send } from '../progeny/transport';
import { pause, retryDelay } from '../util/pause';
import { submitOutcome, type UploadTraits } from './outcomes';
import type { Turn } from './uploadGate';

/** One multipart form for a Progeny service. */
export interface Submission extends UploadTraits {
	/** The service's path under the base URL, with Progeny's trailing slash. */
	path: string;
	/** Photos by form field. */
	files: Record<string, Photo>;
	/** Texts by form field. */
	fields: Record<string, string>;
}

/** A task that Progeny has accepted. */
export interface SubmittedTask {
	taskId: string;
	/** When Progeny accepted it: ISO 8601, local clock. */
	submittedAt: string;
}

/** Records the state of an upload, in case the execution ends before the next one. */
export type Note = (state: 'mayBeAccepted' | 'notAccepted') => void;

/**
 * Uploads once, in its turn, and returns the task. Repeats the upload only if Progeny certainly did not accept it (see
 * `submitOutcome`), and never after `halt` aborts. Only `cancel` aborts an upload in flight, which may have been accepted. Calls
 * `note` before each upload leaves and if it was not accepted. Throws a ProgenyError.
 */
export async function submitTask(
	send: Send,
	submission: Submission,
	turn: Turn,
	{ cancel, halt }: { cancel: AbortSignal; halt: AbortSignal },
	note: Note,
): Promise<SubmittedTask> {
	const form = encode(submission);
	const timeoutMs = uploadTimeoutMs(form.body.length);
	let retries = 0;
	for (;;) {
		if (halt.aborted) throw messages.canceled();
		const onLeaving = () => note('mayBeAccepted');
		const reply = await send({ path: submission.path, form, timeoutMs, signal: cancel, halt, onLeaving });
		const outcome = submitOutcome(reply, Date.now(), submission);
		if (outcome.kind !== 'accepted' && !outcome.error.mayBeAccepted) note('notAccepted');
		switch (outcome.kind) {
			case 'accepted':
				turn.accepted();
				return { taskId: outcome.taskId, submittedAt: new Date().toISOString() };
			case 'throttled':
				await turn.throttled(outcome.error, outcome.waitMs);
				break;
			case 'notAccepted': {
				const delay = retryDelay(SUBMIT_RETRY_DELAYS_MS, retries++);
				if (delay === undefined) throw outcome.error;
				await pause(delay, halt);
				break;
			}
			case 'failed':
				throw outcome.error;
		}
	}
}

/**
 * Encodes a submission: the texts, then each photo with the type and the extension that its bytes have. The order matters: Django
 * drops a file that is cut off, so the upload is refused, but accepts a text that is cut off.
 */
export function encode({ files, fields }: Submission): Multipart {
	const photos = Object.entries(files).map(([name, { bytes, facts }]): [string, Part] => [
		name,
		{ bytes, fileName: `photo.${facts.extension}`, mimeType: facts.mimeType },
	]);
	return encodeMultipart({ ...fields, ...Object.fromEntries(photos) });
}

/**
 * Returns a hash to recognize the same submission: of all that is sent, but of a permanent record only the photos, since another
 * option, such as Include Provider Data, must not create a second one. It reveals nothing of it.
 */
export function hashOf({ path, files, fields, leavesRecord }: Submission): string {
	const texts = leavesRecord ? {} : fields;
	const hash = createHash('sha256').update(JSON.stringify([path, texts, Object.keys(files)]));
	for (const { bytes } of Object.values(files)) hash.update(bytes);
	return hash.digest('hex');
}
