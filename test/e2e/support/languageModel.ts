import fastify from 'fastify';

interface Message {
	role: string;
	content: unknown;
	tool_call_id?: string;
}

/** A tool as the agent offers it to the model. */
export interface ToolOffer {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: { properties?: Record<string, object>; required?: string[] };
}

interface ChatRequest {
	messages: Message[];
	tools?: { function: ToolOffer }[];
	stream?: boolean;
}

/** A server that speaks as much of OpenAI's chat API as an agent needs. */
export interface LanguageModel {
	/** The OpenAI credential's Base URL. */
	baseUrl: string;
	/** The requests so far, as they came. */
	requests: ChatRequest[];
	/** The number of calls of the tool in a row; one by default. */
	calls: number;
	close(): Promise<void>;
}

/**
 * Starts a stand-in for a language model. It does what a model would do here: it calls the first tool, with the UUID in the user's words
 * if the tool asks for one, and then says word for word what the tool answered last.
 */
export async function startLanguageModel(): Promise<LanguageModel> {
	const model = { requests: [] as ChatRequest[], calls: 1 };
	const server = fastify({ bodyLimit: 50 * 1024 * 1024 });
	server.post('/v1/chat/completions', (request, reply) => {
		const body = request.body as ChatRequest;
		model.requests.push(body);
		const choice = answerTo(body, model.calls);
		const common = { id: 'chatcmpl-1', created: 0, model: 'stand-in' };
		if (!body.stream) return reply.send({ ...common, object: 'chat.completion', choices: [choice] });
		const { message, ...rest } = choice;
		const chunk = { ...common, object: 'chat.completion.chunk', choices: [{ ...rest, delta: message }] };
		return reply
			.header('content-type', 'text/event-stream')
			.send(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	return Object.assign(model, { baseUrl: `${address}/v1`, close: () => server.close().then(() => {}) });
}

function answerTo({ messages, tools }: ChatRequest, calls: number) {
	const answers = messages.filter(({ role }) => role === 'tool');
	const told = answers.at(-1);
	if (told && answers.length >= calls) return choiceOf({ content: String(told.content) }, 'stop');
	const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(
		JSON.stringify(messages.filter(({ role }) => role === 'user')),
	)?.[0];
	if (!tools?.[0]) return choiceOf({ content: 'I have no tools.' }, 'stop');
	const { name, parameters } = tools[0].function;
	const asksForUuid = (parameters.required ?? []).includes('uuid');
	if (asksForUuid && !uuid) return choiceOf({ content: 'Which UUID?' }, 'stop');
	const call = {
		index: 0,
		id: `call_${answers.length + 1}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(asksForUuid ? { uuid } : {}) },
	};
	return choiceOf({ content: null, tool_calls: [call] }, 'tool_calls');
}

function choiceOf(message: object, finish_reason: string) {
	return { index: 0, message: { role: 'assistant', ...message }, finish_reason };
}
