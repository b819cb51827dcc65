import type { Execution, WorkflowFile } from '../../../demo/api';
import { bundledPhoto, Photo, REGISTERED_PHOTO } from '../../../demo/photos';
import { openTestbed } from './bench';
import { startLanguageModel } from './languageModel';

/** A bench with a language model for the example ai-agent-tool, and a registered woman. */
export async function openAgentBench() {
	const bench = await openTestbed();
	const model = await startLanguageModel();
	await bench.api.putCredential('OpenAI account', 'openAiApi', { apiKey: 'none', url: model.baseUrl });
	const uuid = await bench.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);

	/** Says something in the editor's chat of the example, changed by `change` where it is given, with a photo attached; gives the ended execution. */
	async function chat(
		chatInput: string,
		photo: Photo,
		change?: (file: WorkflowFile) => void,
	): Promise<Execution> {
		const workflow = await bench.example('ai-agent-tool', change);
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
		return bench.api.finished(await bench.api.run(workflow, 'Chat', run));
	}

	return {
		sandbox: bench.sandbox,
		model,
		uuid,
		chat,
		async close() {
			await model.close();
			await bench.close();
		},
	};
}

/** What `openAgentBench` gives. */
export type AgentBench = Awaited<ReturnType<typeof openAgentBench>>;
