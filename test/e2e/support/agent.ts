import type { Execution, WorkflowFile } from '../../../demo/api';
import { bundledPhoto, Photo, REGISTERED_PHOTO } from '../../../demo/photos';
import { openTestbed } from './testbed';
import { startLanguageModel } from './languageModel';

/** A testbed with a language model for the example ai-agent-tool, and a registered woman. */
export async function openAgentTestbed() {
	const testbed = await openTestbed();
	const model = await startLanguageModel();
	await testbed.api.putCredential('OpenAI account', 'openAiApi', { apiKey: 'none', url: model.baseUrl });
	const uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);

	/** Says something in the editor's chat of the example, changed by `change` if given, with a photo attached; returns the ended execution. */
	async function chat(
		chatInput: string,
		photo: Photo,
		change?: (file: WorkflowFile) => void,
	): Promise<Execution> {
		const workflow = await testbed.example('ai-agent-tool', change);
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
		return testbed.api.finished(await testbed.api.run(workflow, 'Chat', run));
	}

	return {
		sandbox: testbed.sandbox,
		model,
		uuid,
		chat,
		async close() {
			await model.close();
			await testbed.close();
		},
	};
}

/** The result of `openAgentTestbed`. */
export type AgentTestbed = Awaited<ReturnType<typeof openAgentTestbed>>;
