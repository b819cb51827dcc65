import type { WorkflowFile } from '../../demo/api';
import { bundledPhoto, Photo, REGISTERED_PHOTO } from '../../demo/photos';
import { useAgentTestbed } from './support/agent';
import { itemsOf } from './support/workflows';

const PHOTO = { binaryPropertyName: "={{ $('Chat').first().binary.data0 }}" };
const UUID = "={{ $fromAI('uuid', 'The UUID of the person', 'string') }}";

const TOOLS = [
	{
		name: 'Authenticate Face',
		type: 'authenticateFaceTool',
		parameters: { ...PHOTO, uuid: UUID },
		asksFor: ['uuid'],
		passed: { authenticated: true, decision: 'pass' },
		failed: { authenticated: false, decision: 'fail' },
	},
	{
		name: 'Face Liveness',
		type: 'faceLivenessTool',
		// An agent sees the first output alone: as a tool the node has one, whatever its parameter says.
		parameters: { ...PHOTO, options: { routeByDecision: true } },
		asksFor: [],
		passed: { live: true, decision: 'pass' },
		failed: { live: false, decision: 'fail' },
	},
	{
		name: 'Register Face',
		type: 'registerFaceTool',
		parameters: { ...PHOTO, options: { routeByDecision: true } },
		asksFor: [],
		passed: { registered: true, uuid: expect.stringMatching(/^[0-9a-f-]{36}$/) },
		failed: { registered: false, uuid: null },
	},
];

/** n8n's agents run a tool by themselves (2.x) or have the engine run it (3.x). */
const AGENTS = [2.2, 3];

/** Returns the example with an agent of that version and another tool. */
function withTool({ name, type, parameters }: (typeof TOOLS)[number], agentVersion: number) {
	return (file: WorkflowFile) => {
		file.nodes.find((node) => node.name === 'AI Agent')!.typeVersion = agentVersion;
		const tool = file.nodes.find((node) => node.type === 'n8n-nodes-progeny.authenticateFaceTool')!;
		const { [tool.name]: toAgent, ...rest } = file.connections;
		file.connections = { ...rest, [name]: toAgent };
		Object.assign(tool, { name, type: `n8n-nodes-progeny.${type}`, parameters });
	};
}

describe.each(TOOLS)('$name as a tool of an agent', (tool) => {
	const agent = useAgentTestbed();

	/** Returns the agent's reply to a photo: the tool's answer, word for word. */
	async function answerTo(photo: Photo, agentVersion: number): Promise<unknown> {
		const words = `Look at this photo. The UUID is ${agent.uuid}.`;
		const { data } = await agent.chat(words, photo, withTool(tool, agentVersion));
		expect(data.resultData.error).toBeUndefined();
		return JSON.parse(String(itemsOf(data, 'AI Agent')[0]!.json.output));
	}

	it.each(AGENTS)('answers agent %s on a good photo and a bad one with one item each', async (version) => {
		expect(await answerTo(bundledPhoto(REGISTERED_PHOTO), version)).toMatchObject([tool.passed]);
		expect(await answerTo(bundledPhoto('cat.png'), version)).toMatchObject([tool.failed]);
	});

	it('tells a model what it is for, and asks for what the model is to fill in alone', () => {
		const { name, description, parameters } = agent.model.requests.at(-1)!.tools![0]!.function;
		expect(name).toBe(tool.name.replace(' ', '_'));
		expect(description).toMatch(/^Sends a photo .* are final\. Do not retry/);
		expect(Object.keys(parameters.properties ?? {})).toEqual(tool.asksFor);
	});
});

describe('Register Face, called by a model again and again after an unknown outcome', () => {
	const registerFace = TOOLS.find(({ name }) => name === 'Register Face')!;
	const agent = useAgentTestbed();

	beforeAll(async () => {
		agent.model.calls = 3;
	});

	it.each(AGENTS)('registers once with agent %s, and says each time what is not known', async (version) => {
		const { model } = agent;
		const { sandbox } = agent.testbed;
		sandbox.clearRequests();
		model.requests.length = 0;
		sandbox.faults.add({ on: 'submit', times: 1, do: { reset: 'afterBody' } });
		await agent.chat('Register me.', bundledPhoto(REGISTERED_PHOTO), withTool(registerFace, version));

		expect(sandbox.requests.filter(({ route }) => route === 'submit')).toHaveLength(1);
		const told = model.requests.at(-1)!.messages.filter(({ role }) => role === 'tool');
		const unknown = [{ error: expect.any(String), message: expect.stringMatching(/^\[OUTCOME_UNKNOWN\]/) }];
		expect(told.map(({ content }) => JSON.parse(String(content)))).toEqual([unknown, unknown, unknown]);
	});
});
