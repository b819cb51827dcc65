import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readUuid } from '../uuid';
import type { State } from '../state';
import { ApiError, notFound, unauthorized } from './apiError';
import { Fields } from './fields';
import { drain, readForm } from './form';
import { endpoints } from './paths';
import { submit } from './submit';
import type { TokenPair } from './tokens';

/** Progeny's API. As in Django REST Framework a protected endpoint asks for the token first, then looks at the method. */
export async function api(app: FastifyInstance, { state }: { state: State }): Promise<void> {
	// The form is read by its endpoint, whatever its type; only the multipart plugin's parser stays.
	app.removeAllContentTypeParsers();
	await app.register(multipart);
	app.addContentTypeParser('*', (_request, _payload, done) => done(null));

	for (const { path, route, method, service } of endpoints) {
		app.all(path, async (request: FastifyRequest, reply: FastifyReply) => {
			reply.headers({ allow: methods(method), vary: 'Accept' });
			try {
				if (route === 'submit' || route === 'task') state.tokens.authorize(request.headers.authorization);
				if (request.method !== method) throw wrongMethod(request.method);
				if (route === 'login') return await obtain(state, request);
				if (route === 'refresh') return await refresh(state, request);
				if (route === 'task') return look(state, request, reply);
				const answer = await submit(state, service!, request);
				request.seen.taskId = answer.id;
				return answer;
			} catch (error) {
				if (error instanceof ApiError) await drain(request);
				throw error;
			}
		});
	}
}

async function obtain({ account, tokens }: State, request: FastifyRequest): Promise<TokenPair> {
	const fields = new Fields(await readForm(request, [], 0));
	const username = fields.text('username');
	const password = fields.text('password');
	fields.done();
	if (username !== account.username || password !== account.password) {
		throw unauthorized({ detail: 'No active account found with the given credentials' });
	}
	return tokens.issue();
}

async function refresh({ tokens }: State, request: FastifyRequest): Promise<TokenPair> {
	const fields = new Fields(await readForm(request, [], 0));
	const token = fields.text('refresh');
	fields.done();
	return tokens.rotate(token);
}

function look({ tasks, settings }: State, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const { id } = request.query as { id?: string | string[] };
	const taskId = String(id);
	if (readUuid(taskId) !== undefined) request.seen.taskId = taskId;
	const answer = tasks.look(taskId);
	if (answer) return reply.code(answer.status).type('application/json').send(JSON.stringify(answer.body));
	if (settings.unknownTask === 'pending') return reply.send({ id: null, status: 'PENDING', result: null });
	throw notFound();
}

function wrongMethod(method: string): ApiError {
	return new ApiError(405, { detail: `Method "${method}" not allowed.` });
}

function methods(method: 'GET' | 'POST'): string {
	return method === 'GET' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
}
