import type { Execution, WorkflowFile } from '../../../demo/api';
import { bundledPhoto, Photo, REGISTERED_PHOTO } from '../../../demo/photos';
import { useTestbed } from './testbed';
import { LanguageModel, startLanguageModel } from './languageModel';

/** Opens a testbed as `useTestbed` does, with a language model for the example ai-agent-tool, and a registered woman. */
export function useAgentTestbed() {
	const testbed = useTestbed();
	const agent = { testbed, chat, uuid: '', model: {} as LanguageModel };
	beforeAll(async () => {
		agent.model = await startLanguageModel();
		const account = { apiKey: 'none', url: agent.model.baseUrl };
		await testbed.api.putCredential('OpenAI account', 'openAiApi', account);
		agent.uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
	});
	afterAll(() => agent.model.close?.());

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

	return agent;
}
