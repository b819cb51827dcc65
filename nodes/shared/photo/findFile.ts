import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import type { FileName } from '../errors/photoMessages';
import { quote, quoteName, shortened } from '../util/quote';
import { trimmed } from '../util/trimmed';
import { asRecord, isRecord } from '../util/values';

/** A file in n8n, and its name in messages. */
export interface FoundFile {
	file: IBinaryData;
	name: FileName;
}

/** A parameter's reference to a file, with the places to search. */
interface FileSearch {
	context: IExecuteFunctions;
	itemIndex: number;
	item: INodeExecutionData;
	/** The parameter as typed, before its expression is resolved. */
	raw: unknown;
	label: string;
	/** True if the workflow keeps files in its items' JSON. */
	combined: boolean;
	/** The names of the item's files, sanitized. */
	fields: string[];
}

/**
 * Returns exactly the file that a parameter names, never another that only looks like a file. Throws NO_IMAGE, with a message about
 * what the parameter returned instead.
 */
export function findFile(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: string,
	label: string,
): FoundFile {
	// A node may pass on an item without json or with a null for its files.
	const { json, binary } = context.getInputData()[itemIndex]!;
	const item: INodeExecutionData = { json: json ?? {}, binary: binary ?? {} };
	const combined = isCombinedMode(context);
	const fields = fileNames(item, combined).map((name) => quoteName(name));
	const raw = context.getNode().parameters[parameter];
	const search: FileSearch = { context, itemIndex, item, raw, label, combined, fields };
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	return typeof value === 'string' ? byName(search, value) : byValue(search, value);
}

/**
 * True if the workflow keeps files in its items' JSON: its setting binary mode is "combined" (n8n 2.5 and later). Earlier
 * versions lack both the setting and the method.
 */
export function isCombinedMode(context: Partial<Pick<IExecuteFunctions, 'getWorkflowSettings'>>): boolean {
	return context.getWorkflowSettings?.().binaryMode === 'combined';
}

function fileNames({ binary, json }: INodeExecutionData, combined: boolean): string[] {
	if (!combined) return Object.keys(binary ?? {});
	const inJson = Object.entries(json).flatMap(([key, value]) =>
		Array.isArray(value)
			? value.flatMap((entry, i) => (isFile(entry) ? [`${key}[${i}]`] : []))
			: isFile(value)
				? [key]
				: [],
	);
	return [...new Set([...inJson, ...Object.keys(asRecord(json._files)), ...Object.keys(binary ?? {})])];
}

/** True for what n8n accepts as a file (n8n-workflow, isBinaryValue), if its data and ID are of the right types. */
const isFile = (value: unknown): value is IBinaryData =>
	isRecord(value) && typeof value.mimeType === 'string' && hasContent(value);

const hasContent = ({ id, data }: Record<string, unknown>): boolean =>
	typeof data === 'string' || (typeof id === 'string' && id !== '');

function byName(search: FileSearch, given: string): FoundFile {
	for (const name of new Set([given, trimmed(given)])) {
		const held = heldBy(search, name);
		if (held === undefined) continue;
		if (isRecord(held) && hasContent(held))
			return { file: held as unknown as IBinaryData, name: quoteName(name) };
		throw messages.noFileInField(quoteName(name), typeName(held));
	}
	throw unusableText(search, trimmed(given));
}

/** n8n takes a minute to read a path of millions of characters. */
const MAX_PATH_LENGTH = 1_000;

/**
 * Returns the value that a name refers to: a binary field. In the combined mode, n8n resolves the name as a path in the JSON;
 * it may also name a list with one file there, or a file in `_files`.
 */
function heldBy({ context, itemIndex, item, combined }: FileSearch, name: string): unknown {
	const own = item.binary !== undefined && Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
	if (!combined || name.length > MAX_PATH_LENGTH) return own;
	const resolved = (path: string): unknown => {
		try {
			return context.helpers.assertBinaryData(itemIndex, path);
		} catch {
			return undefined;
		}
	};
	const only = resolved(`${name}[1]`) === undefined ? `${name}[0]` : name;
	return resolved(name) ?? resolved(only) ?? resolved(`_files.${name}`) ?? own;
}

/** Returns the error for a text that does not name a file. */
function unusableText({ raw, label, fields, combined, item }: FileSearch, name: string): ProgenyError {
	if (name.includes('[object Object]')) return messages.objectInText(fields, label);
	if (/^https?:\/\//i.test(name)) return messages.urlInText(label);
	if (/^(data:|\/9j\/|iVBORw0KGgo)/.test(name)) return messages.contentInText('base64 text', label);
	if (name.length > 200) return messages.contentInText(`a text of ${name.length} characters`, label);
	const siblings = numbered(name, fields);
	if (siblings.length > 1) return messages.severalFiles(quoteName(name), siblings);
	const ofForm = name.replace(/\W/g, '_');
	if (ofForm !== name && fields.includes(ofForm)) return messages.formLabel(quoteName(name), ofForm);
	if (!combined && fields.length === 0 && Object.values(asRecord(item.json._files)).some(isFile))
		return messages.otherBinaryMode(label);
	const single = /^(.+)_\d+$/.exec(quoteName(name))?.[1];
	if (single !== undefined && fields.includes(single)) return messages.notNumbered(quoteName(name), single);
	// An expression may return any text of the item; typed text is a name.
	const shown = isExpression(raw) ? shortened(quote(name), 60) : quoteName(name);
	return messages.noImage(shown, fields, label);
}

/** Returns the files that n8n numbered for a form field: `Photo_0`, `Photo_1`; in the combined mode `Photo[0]`. */
function numbered(field: string, fields: readonly string[]): string[] {
	const stems = new Set([field, field.replace(/\W/g, '_')]);
	return fields.filter((name) => {
		const stem = /^(.+)(_\d+|\[\d+\])$/.exec(name)?.[1];
		return stem !== undefined && stems.has(stem);
	});
}

const isExpression = (raw: unknown): raw is string => typeof raw === 'string' && raw.startsWith('=');

function byValue(search: FileSearch, value: unknown): FoundFile {
	const { raw, label, combined, fields } = search;
	const given = combined && Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
	if (isFile(given)) {
		if (combined || mentionsBinaryOnly(raw) || isFileOfItem(search.item, given))
			return { file: given, name: nameInMessages(given, label) };
		throw messages.fileInJson(fields, label);
	}
	const named = propertyIn(raw, 'binary');
	if (named !== undefined && isRecord(given)) return byName({ ...search, combined: false }, named);
	if (isRecord(given) && typeof given.mimeType === 'string' && !('data' in given))
		throw messages.fileWithoutData(fields, label);
	throw unusableValue(search, given);
}

/** Returns the error for a value that is not a file. It names the form field if the expression is that field. */
function unusableValue({ raw, label, fields }: FileSearch, value: unknown): ProgenyError {
	const field = propertyIn(raw, 'json');
	const siblings = field === undefined ? [] : numbered(field, fields);
	if (siblings.length > 1) return messages.severalFiles(quoteName(field!), siblings);
	const own = fields.filter((name) => name === field || name === field?.replace(/\W/g, '_'));
	const suggested = [own, siblings, fields].find((names) => names.length > 0) ?? [];
	return messages.notAFile(typeName(value), suggested, label);
}

/** Names a value's type for a message, without showing the value. */
function typeName(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (isBuffer(value) || isBuffer(asRecord(value).data)) return 'a Buffer';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'boolean') return 'true or false';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** True for a Buffer, also in its JSON form. */
const isBuffer = (value: unknown): boolean =>
	ArrayBuffer.isView(value) || (asRecord(value).type === 'Buffer' && Array.isArray(asRecord(value).data));

function nameInMessages({ fileName }: IBinaryData, label: string): FileName {
	return typeof fileName === 'string' && fileName !== ''
		? { label, fileName: quoteName(fileName) }
		: { label };
}

const IDENTIFIER = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const DOT = String.raw`(?:\?\.|\.)`;
/** A text in any of JavaScript's quotes, without escapes and placeholders; \x60 is the backtick. */
const QUOTED = String.raw`(?:"([^"\\]*)"|'([^'\\]*)'|\x60([^\x60\\$]*)\x60)`;
const PROPERTY = String.raw`(?:${DOT}\s*(${IDENTIFIER})|(?:\?\.)?\[\s*${QUOTED}\s*\])`;

/**
 * Returns the property that an expression names if it is nothing but a property of `$binary` or `$json`, in any JavaScript
 * notation. n8n removes the data of inline files for expressions, so only the expression tells which file `$binary.<name>` means.
 */
function propertyIn(raw: unknown, variable: 'binary' | 'json'): string | undefined {
	if (!isExpression(raw)) return undefined;
	const pattern = new RegExp(String.raw`^=\s*\{\{\s*\$${variable}\s*${PROPERTY}\s*\}\}\s*$`, 'u');
	return pattern.exec(raw)?.slice(1).find(Boolean);
}

/** The name of a node in an expression, which may look like anything: after `$node[`, `$(`, `$items(` or `$node.`. */
const NODE_NAME = new RegExp(
	String.raw`(?<=\$node\s*\[|\$(?:items)?\s*\()\s*${QUOTED}|(?<=\$node)\s*${DOT}\s*${IDENTIFIER}`,
	'gu',
);
const PROPERTY_IN_BRACKETS = new RegExp(String.raw`(?:\?\.)?\[\s*["'\x60](${IDENTIFIER})["'\x60]\s*\]`, 'gu');

/**
 * True if an expression reads binary data (`$binary` or an item's `binary`) and no JSON, in which the sender of the item could
 * forge a file. n8n has other names for JSON: `$data` and `$node["name"].data`.
 */
function mentionsBinaryOnly(raw: unknown): boolean {
	if (!isExpression(raw)) return false;
	const paths = raw
		.replace(NODE_NAME, '')
		.replace(PROPERTY_IN_BRACKETS, '.$1')
		.replace(/\s+|\?(?=\.)/g, '');
	if (!/\$binary\b|\.binary\b/.test(paths)) return false;
	return !/json|\$data\b|\$jmespath|\$evaluateExpression|(?<!binary)\.data\b/i.test(paths);
}

/** True for a file of the item's own binary fields: each stored file of n8n has a unique ID. */
const isFileOfItem = ({ binary }: INodeExecutionData, { id }: IBinaryData): boolean =>
	typeof id === 'string' && id !== '' && Object.values(binary ?? {}).some((file) => file.id === id);
