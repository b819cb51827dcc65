import fastify, {
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
} from 'fastify';
import { admin } from './admin/admin';
import { api } from './api/api';
import { ApiError, pageNotFound } from './api/apiError';
import { drain } from './api/form';
import { lacksSlash, routeOf } from './api/paths';
import type { FaultAction } from './faults';
import { answerInstead, applyFault, resetConnection } from './applyFault';
import type { SandboxRequest } from './requests';
import type { State } from './state';

declare module 'fastify' {
	interface FastifyRequest {
		/** The sandbox's own note of this request. */
		seen: SandboxRequest;
		/** The fault to apply to its answer. */
		fault: FaultAction | undefined;
	}
}

/** Builds the server: Progeny's API, the sandbox's own endpoints and page, faults and the request log. */
export async function buildServer(state: State): Promise<FastifyInstance> {
	const app = fastify({ logger: false, forceCloseConnections: true, exposeHeadRoutes: false });
	app.addHook('onRequest', async (request, reply) => await receive(state, request, reply));
	app.addHook('onSend', async (request, reply, payload) => {
		if (
			request.seen.route !== 'sandbox' &&
			String(reply.getHeader('content-type')).startsWith('application/json')
		) {
			reply.type('application/json');
		}
		await finish(state, request, reply, payload);
		return payload;
	});
	app.setErrorHandler(
		async (error: FastifyError, request, reply) => await answerError(state, error, request, reply),
	);
	app.setNotFoundHandler(async (request, reply) => {
		await drain(request);
		const [path = '', query] = request.url.split('?');
		// As Django's APPEND_SLASH, for any method: most clients follow with a GET.
		if (lacksSlash(path))
			return reply
				.type('text/html; charset=utf-8')
				.redirect(`${path}/${query === undefined ? '' : `?${query}`}`, 301);
		throw pageNotFound();
	});
	await app.register(api, { state });
	await app.register(admin, { state });
	return app;
}

async function receive(
	state: State,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply | undefined> {
	const path = request.url.split('?')[0]!;
	request.seen = state.requests.add(request.method, path, routeOf(path));
	request.fault = undefined;
	const fault = state.faults.take(request.seen.route, path);
	if (!fault) return undefined;
	if ('status' in fault) {
		if (fault.unread) request.fault = fault;
		else await drain(request);
		return answerInstead(reply, fault);
	}
	if ('reset' in fault && fault.reset === 'before') {
		log(state, request);
		reply.hijack();
		resetConnection(request);
		return reply;
	}
	request.fault = fault;
	return undefined;
}

async function finish(
	state: State,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
): Promise<void> {
	const sent = () => {
		request.seen.status = reply.statusCode;
		log(state, request);
	};
	if (request.fault) {
		const text = typeof payload === 'string' ? payload : '';
		if ('hang' in request.fault || 'reset' in request.fault) log(state, request);
		await applyFault(request.fault, request, reply, text, sent);
	}
	sent();
}

async function answerError(state: State, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
	if (error instanceof ApiError) {
		reply.code(error.status).headers(error.headers);
		if (typeof error.body === 'string' && !reply.hasHeader('content-type')) reply.type('text/html');
		return reply.send(error.body);
	}
	const status = error.statusCode ?? 500;
	if (status >= 500) state.log.error({ err: error, path: request.seen?.path }, 'unexpected error');
	return reply.code(status).send({ detail: status >= 500 ? 'A server error occurred.' : error.message });
}

// Never logs the query, headers or body: they hold tokens, passwords and pictures.
function log({ log }: State, { seen }: FastifyRequest): void {
	if (seen.route === 'sandbox') return;
	const { at, method, path, status, taskId } = seen;
	log.info({ ms: Date.now() - at, ...(taskId && { taskId }) }, `${method} ${path} ${status || 'no answer'}`);
}
