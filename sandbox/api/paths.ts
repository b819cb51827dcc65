import type { Route } from '../requests';

/** The API's path on the server. */
export const apiPrefix = '/api/v3';

/** A kind of document: a passport's data page, or a card of two sides. */
export type DocumentType = 'passport' | 'card';

/** A service's file fields and the parts of its answer. */
export interface ServiceSpec {
	/** Its file fields, in the order of Progeny's 400 samples. */
	files: string[];
	/** The document that it reads, if any. */
	document?: DocumentType;
	/** True if its answer has a background check. */
	backgroundCheck?: boolean;
	/** The method that computes it, for a service of a face alone. */
	check?: 'authenticateFace' | 'faceLiveness' | 'registerFace';
}

const selfie = 'selfie_image';
const documentFiles: Record<DocumentType, string[]> = {
	passport: ['passport_image'],
	card: ['front_id', 'back_id'],
};
const face: ServiceSpec = { files: ['image'] };
const ocr = (document: DocumentType): ServiceSpec => ({ document, files: documentFiles[document] });
const kyc = (document: DocumentType): ServiceSpec => ({
	document,
	files: [selfie, ...documentFiles[document]],
});

const specs = {
	authenticate_face: { ...face, check: 'authenticateFace' },
	face_liveness: { ...face, check: 'faceLiveness' },
	register_face: { ...face, check: 'registerFace' },
	kyc_passport: kyc('passport'),
	kyc_card: kyc('card'),
	kyc_passport_with_background_check: { ...kyc('passport'), backgroundCheck: true },
	kyc_card_with_background_check: { ...kyc('card'), backgroundCheck: true },
	ocr_passport: ocr('passport'),
	ocr_card: ocr('card'),
	background_check: { files: [], backgroundCheck: true },
} satisfies Record<string, ServiceSpec>;

/** One of the sandbox's services. */
export type SandboxService = keyof typeof specs;

/** The services that the sandbox has. */
export const services = Object.keys(specs) as SandboxService[];

/** Returns a service's file fields and the parts of its answer. */
export function specOf(service: SandboxService): ServiceSpec {
	return specs[service];
}

/** Every endpoint: its path on the server, its kind, and its one method. */
export const endpoints: { path: string; route: Route; method: 'GET' | 'POST'; service?: SandboxService }[] = [
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

/** Returns the kind of a request to this path. An endpoint without its trailing slash counts as the endpoint. */
export function routeOf(path: string): Route {
	if (!path.startsWith(`${apiPrefix}/`)) return 'sandbox';
	return routes.get(path) ?? routes.get(`${path}/`) ?? 'other';
}

/** Returns the service that this path uploads to, if any, with or without its trailing slash. */
export function serviceOf(path: string): SandboxService | undefined {
	return endpoints.find((endpoint) => endpoint.path === path || endpoint.path === `${path}/`)?.service;
}

/** True if the path is an endpoint without its trailing slash. */
export function lacksSlash(path: string): boolean {
	return routes.has(`${path}/`);
}
