/** An answer other than success; the server's error handler sends it. */
export class ApiError extends Error {
	constructor(
		/** HTTP status. */
		readonly status: number,
		/** Body: an object goes out as JSON, a text as HTML. */
		readonly body: unknown,
		/** Further headers. */
		readonly headers: Record<string, string> = {},
	) {
		super(`HTTP ${status}`);
	}
}

const challenge = { 'www-authenticate': 'Bearer realm="api"' };

/** Returns a 401 as of Django REST Framework with SimpleJWT. */
export function unauthorized(body: object): ApiError {
	return new ApiError(401, body, challenge);
}

/** Returns a 400 with one list of messages per offending field. */
export function badFields(errors: Record<string, string[]>): ApiError {
	return new ApiError(400, errors);
}

/** Returns the answer to an upload that is too large, as of a proxy in front: HTML, and the connection closes. */
export function tooLarge(): ApiError {
	const title = '413 Request Entity Too Large';
	return new ApiError(
		413,
		`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
		{
			connection: 'close',
		},
	);
}

/** Returns the answer if a task, or anything else under an existing path, does not exist. */
export function notFound(): ApiError {
	return new ApiError(404, { detail: 'Not found.' });
}

/** Returns the answer to a path that does not exist: Django's page. */
export function pageNotFound(): ApiError {
	const text = '<h1>Not Found</h1><p>The requested resource was not found on this server.</p>';
	return new ApiError(
		404,
		`<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  ${text}\n</body>\n</html>\n`,
	);
}
