import { bundledPhoto, registeredWomanAgain } from '../../../demo/photos';
import { useAgentTestbed } from '../support/agent';
import { itemsOf } from '../support/workflows';

describe('the example ai-agent-tool', () => {
	const agent = useAgentTestbed();

	it.each([
		['the registered woman', registeredWomanAgain, { authenticated: true, decision: 'pass' }],
		['a cat', async () => bundledPhoto('cat.png'), { authenticated: false, decision: 'fail' }],
	])('returns the answer about %s, and shows the model no picture', async (_, photo, expected) => {
		const { requests } = agent.model;
		requests.length = 0;
		const { data } = await agent.chat(`Is this the person registered as ${agent.uuid}?`, await photo());

		expect(data.resultData.error).toBeUndefined();
		const said = String(itemsOf(data, 'AI Agent')[0]!.json.output);
		expect(JSON.parse(said)).toMatchObject([expected]);
		expect(requests).toHaveLength(2);
		expect(JSON.stringify(requests)).not.toContain('image_url');
		expect(JSON.stringify(requests)).not.toContain((await photo()).data.toString('base64').slice(4000, 4060));
	});

	it('leaves nothing about the person or the photo to the model', async () => {
		const { requests } = agent.model;
		requests.length = 0;
		await agent.chat('Hello', bundledPhoto('cat.png'));
		const [tool, ...others] = requests[0]!.tools!.map(({ function: offer }) => offer);
		expect(others).toEqual([]);
		expect(tool!.name).toBe('Authenticate_Face');
		expect(Object.keys(tool!.parameters.properties ?? {})).toEqual([]);
	});
});
