import type { FastifyRequest } from 'fastify';
import { ApiError, tooLarge } from './apiError';

/** A file part of a form. */
export interface UploadedFile {
	bytes: Buffer;
	/** The client's name for it; empty if absent. */
	filename: string;
}

/** A request's body, whatever its encoding. */
export interface Form {
	/** Values of fields that are not files; the last one if sent twice, as in Django. JSON values have any type. */
	values: Map<string, unknown>;
	/** The wanted file parts. */
	files: Map<string, UploadedFile>;
}

const maxDrained = 64 * 1024 * 1024;

/** Maximum bytes of a body beside its files. */
const formOverhead = 256 * 1024;

/**
 * Reads the body: multipart, URL-encoded or JSON, as Django REST Framework does. Only the named files are kept in memory.
 * Throws ApiError: 400 for a body that cannot be read, 413 for one that is too large, 415 for another type.
 */
export async function readForm(request: FastifyRequest, files: string[], maxBytes: number): Promise<Form> {
	if (Number(request.headers['content-length'] ?? 0) > maxBytes + formOverhead) throw tooLarge();
	if (request.isMultipart()) return await readMultipart(request, files, maxBytes);
	const text = await readText(request, formOverhead);
	if (text === '') return emptyForm();
	const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	if (type === 'application/x-www-form-urlencoded') {
		return { ...emptyForm(), values: new Map(new URLSearchParams(text)) };
	}
	if (type === 'application/json') return { ...emptyForm(), values: readJson(text) };
	throw new ApiError(415, { detail: `Unsupported media type "${type}" in request.` });
}

/** Reads the rest of a body and discards it, so that the client reads the answer. Stops above 64 MB. */
export async function drain(request: FastifyRequest): Promise<void> {
	let length = 0;
	try {
		for await (const chunk of request.raw) {
			length += (chunk as Buffer).length;
			if (length > maxDrained) return;
		}
	} catch {
		// The client disconnected.
	}
}

function emptyForm(): Form {
	return { values: new Map(), files: new Map() };
}

async function readMultipart(request: FastifyRequest, wanted: string[], maxBytes: number): Promise<Form> {
	const form = emptyForm();
	if (!request.headers['content-type']!.includes('boundary='))
		throw unreadable('Invalid boundary in multipart: None');
	try {
		for await (const part of request.parts({
			limits: { fileSize: maxBytes, files: 10, fields: 100, parts: 100 },
		})) {
			if (part.type === 'field') {
				form.values.set(part.fieldname, part.value);
			} else if (wanted.includes(part.fieldname)) {
				form.files.set(part.fieldname, { bytes: await part.toBuffer(), filename: part.filename ?? '' });
			} else {
				part.file.resume();
			}
		}
	} catch (error) {
		if ((error as { statusCode?: number }).statusCode === 413) throw tooLarge();
		// Django keeps what came before the end, without the part that broke off.
		if ((error as Error).message !== 'Unexpected end of multipart data')
			throw unreadable((error as Error).message);
	}
	return form;
}

function unreadable(why: string): ApiError {
	return new ApiError(400, { detail: `Multipart form parse error - ${why}` });
}

async function readText(request: FastifyRequest, maxBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request.raw) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length > maxBytes) throw tooLarge();
	}
	return Buffer.concat(chunks).toString('utf8');
}

function readJson(text: string): Map<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new ApiError(400, { detail: `JSON parse error - ${(error as Error).message}` });
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		const got = value === null ? 'NoneType' : Array.isArray(value) ? 'list' : typeof value;
		throw new ApiError(400, { non_field_errors: [`Invalid data. Expected a dictionary, but got ${got}.`] });
	}
	return new Map(Object.entries(value));
}
