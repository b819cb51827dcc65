import type { Execution, StoredWorkflow } from '../../../demo/api';
import type { Photo } from '../../../demo/photos';
import type { Bench } from './bench';

/** Says something in the editor's chat of a workflow, with a photo attached. @returns the execution when it has ended */
export async function chat(
	{ api }: Bench,
	workflow: StoredWorkflow,
	chatInput: string,
	photo: Photo,
): Promise<Execution> {
	const json = { sessionId: 'e2e', action: 'sendMessage', chatInput };
	const file = {
		data: photo.data.toString('base64'),
		mimeType: photo.type,
		fileName: photo.name,
		fileExtension: photo.name.split('.').pop(),
	};
	const run = {
		startTime: Date.now(),
		executionTime: 0,
		executionStatus: 'success',
		source: [null],
		data: { main: [[{ json, binary: { data0: file } }]] },
	};
	return api.finished(await api.run(workflow, 'Chat', run));
}
