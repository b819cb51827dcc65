import { bundledPhoto, Photo, REGISTERED_PHOTO, registeredWomanAgain } from '../../../demo/photos';
import { Bench, openTestbed } from '../support/bench';
import { chat } from '../support/chat';
import { LanguageModel, startLanguageModel } from '../support/languageModel';
import { itemsOf } from '../support/workflows';

describe('the example ai-agent-tool', () => {
	let bench: Bench;
	let model: LanguageModel;
	let uuid: string;

	beforeAll(async () => {
		bench = await openTestbed();
		model = await startLanguageModel();
		await bench.api.putCredential('OpenAI account', 'openAiApi', { apiKey: 'none', url: model.baseUrl });
		uuid = await bench.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
	});

	afterAll(async () => {
		await model.close();
		await bench.close();
	});

	const say = async (words: string, photo: Photo) =>
		chat(bench, await bench.example('ai-agent-tool'), words, photo);

	it.each([
		['the registered woman', registeredWomanAgain, { authenticated: true, decision: 'pass' }],
		['a cat', async () => bundledPhoto('cat.png'), { authenticated: false, decision: 'fail' }],
	])("gives the agent the node's answer about %s, and the model no picture", async (_, photo, expected) => {
		model.requests.length = 0;
		const { data } = await say(`Is this the person registered as ${uuid}?`, await photo());

		expect(data.resultData.error).toBeUndefined();
		const said = String(itemsOf(data, 'AI Agent')[0]!.json.output);
		expect(JSON.parse(said)).toMatchObject([expected]);
		expect(model.requests).toHaveLength(2);
		expect(JSON.stringify(model.requests)).not.toContain('image_url');
		expect(JSON.stringify(model.requests)).not.toContain(
			(await photo()).data.toString('base64').slice(4000, 4060),
		);
	});

	it('names the tool and its one argument so that a model can use it', async () => {
		model.requests.length = 0;
		await say('Hello', bundledPhoto('cat.png'));
		expect(model.requests[0]!.tools).toMatchObject([
			{
				function: {
					name: 'Authenticate_Face',
					parameters: { properties: { uuid: { type: 'string' } }, required: ['uuid'] },
				},
			},
		]);
	});
});
