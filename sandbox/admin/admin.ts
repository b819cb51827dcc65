import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { ApiError, notFound } from '../api/apiError';
import { changeSettings } from '../options';
import type { State } from '../state';
import { scenarioPhoto } from '../tasks/scenarioPhoto';
import { isFaceScenario, scenarioNamed, scenarios } from '../tasks/scenarios';
import { overview } from './overview';

const pageFiles = [
	['/', 'page.html', 'text/html; charset=utf-8'],
	['/sandbox/page.css', 'page.css', 'text/css; charset=utf-8'],
	['/sandbox/page.js', 'page.js', 'text/javascript; charset=utf-8'],
] as const;

// The page loads nothing from elsewhere, runs no script but its own, and parses no text as HTML.
const contentSecurityPolicy = "default-src 'self'; img-src data:; require-trusted-types-for 'script'";

/** Adds the sandbox's own endpoints, under `/sandbox/`, and its page. They require no password. */
export async function admin(app: FastifyInstance, { state }: { state: State }): Promise<void> {
	for (const [path, file, type] of pageFiles) {
		app.get(path, (_request, reply) =>
			reply
				.type(type)
				.header('content-security-policy', contentSecurityPolicy)
				.send(readFileSync(join(__dirname, file), 'utf8')),
		);
	}
	app.get('/sandbox/overview', (request) => overview(state, `${request.protocol}://${request.host}`));
	app.get('/sandbox/scenarios', () =>
		scenarios.map((scenario) => {
			const { group, name, does, conclusion } = scenario;
			const uuid = isFaceScenario(scenario) ? { uuid: scenario.uuid } : {};
			return { ...uuid, photo: `/sandbox/scenarios/${name}.png`, group, name, does, conclusion };
		}),
	);
	app.get<{ Params: { name: string } }>('/sandbox/scenarios/:name.png', async (request, reply) => {
		const { name } = request.params;
		if (!scenarioNamed(name)) throw notFound();
		return reply.type('image/png').send(await scenarioPhoto(name));
	});

	app.get('/sandbox/faults', () => state.faults.list());
	app.post('/sandbox/faults', (request, reply) => {
		reply.code(201).send(checked(() => state.faults.addNamed(request.body)));
	});
	app.delete('/sandbox/faults', (_request, reply) => {
		state.faults.clear();
		reply.code(204).send();
	});
	app.delete<{ Params: { id: string } }>('/sandbox/faults/:id', (request, reply) => {
		if (!state.faults.list().some(({ id }) => id === request.params.id)) throw notFound();
		state.faults.remove(request.params.id);
		reply.code(204).send();
	});

	app.get('/sandbox/settings', () => state.settings);
	app.patch('/sandbox/settings', (request) => {
		checked(() => changeSettings(state.settings, request.body));
		return state.settings;
	});

	app.get('/sandbox/requests', () => state.requests.list);
	app.post('/sandbox/revoke-tokens', (_request, reply) => {
		state.tokens.revokeAll();
		reply.code(204).send();
	});
}

function checked<T>(change: () => T): T {
	try {
		return change();
	} catch (error) {
		if (!(error instanceof ZodError)) throw error;
		throw new ApiError(400, {
			detail: error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`),
		});
	}
}
