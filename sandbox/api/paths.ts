import type { Route } from '../requests';

/** Where the API stands on the server. */
export const apiPrefix = '/api/v3';

/** The services that the sandbox has. */
export const services = ['authenticate_face', 'face_liveness', 'register_face'] as const;

/** One of the services. */
export type Service = (typeof services)[number];

/** Every endpoint: its path on the server, what it is about, and its one method. */
export const endpoints: { path: string; route: Route; method: 'GET' | 'POST'; service?: Service }[] = [
	{ path: `${apiPrefix}/accounts/token/obtain/`, route: 'login', method: 'POST' },
	{ path: `${apiPrefix}/accounts/token/refresh/`, route: 'refresh', method: 'POST' },
	...services.map((service) => ({
		path: `${apiPrefix}/services/${service}/`,
		route: 'submit' as const,
		method: 'POST' as const,
		service,
	})),
	{ path: `${apiPrefix}/services/task/`, route: 'task', method: 'GET' },
];

const routes = new Map(endpoints.map(({ path, route }) => [path, route]));

/** What a request to this path is about. An endpoint without its trailing slash counts as the endpoint. */
export function routeOf(path: string): Route {
	if (!path.startsWith(`${apiPrefix}/`)) return 'sandbox';
	return routes.get(path) ?? routes.get(`${path}/`) ?? 'other';
}

/** The service that this path uploads to, if any, with its trailing slash or without. */
export function serviceOf(path: string): Service | undefined {
	return endpoints.find((endpoint) => endpoint.path === path || endpoint.path === `${path}/`)?.service;
}

/** Whether the path is an endpoint that lacks its trailing slash. */
export function lacksSlash(path: string): boolean {
	return routes.has(`${path}/`);
}
