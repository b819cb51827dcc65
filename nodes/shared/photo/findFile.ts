import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import type { FileName } from '../errors/photoMessages';
import { quote, quoteName, shortened } from '../util/quote';
import { trimmed } from '../util/trimmed';
import { asRecord, isRecord } from '../util/values';
import { isCombinedMode } from './combinedMode';

/** A file of n8n's, and how messages name it. */
export interface FoundFile {
	file: IBinaryData;
	name: FileName;
}

/** What a parameter says of an item's file, and where to look. */
interface Search {
	context: IExecuteFunctions;
	itemIndex: number;
	item: INodeExecutionData;
	/** The parameter as it was typed, before its expression was resolved. */
	raw: unknown;
	label: string;
	/** The workflow keeps files in the items' JSON (n8n 2.5 and later, setting "binary mode"). */
	combined: boolean;
	/** The item's files by name, fit to be shown. */
	fields: string[];
}

/**
 * Finds the file that a parameter names: exactly that one or none, never one that only looks like it. Throws NO_IMAGE, with
 * words for what the parameter gave instead.
 */
export function findFile(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: string,
	label: string,
): FoundFile {
	const item = context.getInputData()[itemIndex]!;
	const combined = isCombinedMode(context);
	const fields = fieldsOf(item, combined).map((name) => quoteName(name));
	const raw = context.getNode().parameters[parameter];
	const search: Search = { context, itemIndex, item, raw, label, combined, fields };
	const value: unknown = context.getNodeParameter(parameter, itemIndex, '');
	return typeof value === 'string' ? byName(search, value) : byValue(search, value);
}

function fieldsOf({ binary, json }: INodeExecutionData, combined: boolean): string[] {
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

/** What n8n takes for a file (n8n-workflow, isBinaryValue), with the types that its data and ID have to have. */
const isFile = (value: unknown): value is IBinaryData =>
	isRecord(value) && typeof value.mimeType === 'string' && hasContent(value);

const hasContent = ({ id, data }: Record<string, unknown>): boolean =>
	typeof data === 'string' || (typeof id === 'string' && id !== '');

function byName(search: Search, given: string): FoundFile {
	for (const name of new Set([given, trimmed(given)])) {
		const held = heldBy(search, name);
		if (held === undefined) continue;
		if (isRecord(held) && hasContent(held))
			return { file: held as unknown as IBinaryData, name: quoteName(name) };
		throw messages.noFileInField(quoteName(name), typeName(held));
	}
	throw nameless(search, trimmed(given));
}

/**
 * What a name stands for: a binary field. In the combined mode it is a path of the JSON that n8n itself resolves, or a list
 * there with one file, or else the name of a file in `_files`.
 */
function heldBy({ context, itemIndex, item, combined }: Search, name: string): unknown {
	const own = item.binary !== undefined && Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
	if (!combined) return own;
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

/** Why a text names no file. */
function nameless({ raw, label, fields, combined, item }: Search, name: string): ProgenyError {
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
	// What an expression gave may be any text of the item's; what was typed is a name.
	const shown = isExpression(raw) ? shortened(quote(name), 60) : quoteName(name);
	return messages.noImage(shown, fields, label);
}

/** The files that n8n made of a form's field with several: `Photo_0`, `Photo_1`; in the combined mode `Photo[0]`. */
function numbered(field: string, fields: readonly string[]): string[] {
	const stems = new Set([field, field.replace(/\W/g, '_')]);
	return fields.filter((name) => {
		const stem = /^(.+)(_\d+|\[\d+\])$/.exec(name)?.[1];
		return stem !== undefined && stems.has(stem);
	});
}

const isExpression = (raw: unknown): raw is string => typeof raw === 'string' && raw.startsWith('=');

function byValue(search: Search, value: unknown): FoundFile {
	const { raw, label, combined, fields } = search;
	const given = combined && Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
	if (isFile(given)) {
		if (combined || mentionsBinaryOnly(raw) || isOwn(search.item, given))
			return { file: given, name: givenName(given, label) };
		throw messages.fileInJson(fields, label);
	}
	const named = propertyIn(raw, 'binary');
	if (named !== undefined && isRecord(given)) return byName({ ...search, combined: false }, named);
	if (isRecord(given) && typeof given.mimeType === 'string' && !('data' in given))
		throw messages.fileWithoutData(fields, label);
	throw unusable(search, given);
}

/** Why a value is no file, with the name of the form's field where the expression is that field. */
function unusable({ raw, label, fields }: Search, value: unknown): ProgenyError {
	const field = propertyIn(raw, 'json');
	const siblings = field === undefined ? [] : numbered(field, fields);
	if (siblings.length > 1) return messages.severalFiles(quoteName(field!), siblings);
	const own = fields.filter((name) => name === field || name === field?.replace(/\W/g, '_'));
	const suggested = [own, siblings, fields].find((names) => names.length > 0) ?? [];
	return messages.notAFile(typeName(value), suggested, label);
}

/** What a value is called in a message; nothing of it is shown. */
function typeName(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (isBuffer(value) || isBuffer(asRecord(value).data)) return 'a Buffer';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'boolean') return 'true or false';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A Buffer, also as JSON has it. */
const isBuffer = (value: unknown): boolean =>
	ArrayBuffer.isView(value) || (asRecord(value).type === 'Buffer' && Array.isArray(asRecord(value).data));

function givenName({ fileName }: IBinaryData, label: string): FileName {
	return typeof fileName === 'string' && fileName !== ''
		? { label, fileName: quoteName(fileName) }
		: { label };
}

const IDENTIFIER = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;

/**
 * The property that an expression names where it is nothing but one of `$binary` or `$json`, written in any of JavaScript's ways.
 * `$binary.<name>` is a file of this very item: n8n leaves the data of inline files out for expressions, so that only the expression
 * itself can tell which file it meant.
 */
function propertyIn(raw: unknown, variable: 'binary' | 'json'): string | undefined {
	if (!isExpression(raw)) return undefined;
	const pattern = String.raw`^=\s*\{\{\s*\$${variable}\s*(?:(?:\?\.|\.)\s*(${IDENTIFIER})|(?:\?\.)?\[\s*(?:"([^"\\]+)"|'([^'\\]+)'|${'`'}([^${'`'}\\$]+)${'`'})\s*\])\s*\}\}\s*$`;
	return new RegExp(pattern, 'u').exec(raw)?.slice(1).find(Boolean);
}

const QUOTED = String.raw`(?:"[^"\\]*"|'[^'\\]*'|${'`'}[^${'`'}\\$]*${'`'})`;
/** Where an expression names a node: what stands there is a name, whatever it looks like. */
const NODE_NAME = new RegExp(
	String.raw`(\$node\s*\[|\$(?:items)?\s*\()\s*${QUOTED}|(\$node)\s*(?:\?\.|\.)\s*${IDENTIFIER}`,
	'gu',
);
/** A property in brackets. */
const IN_BRACKETS = new RegExp(String.raw`(?:\?\.)?\[\s*["'${'`'}](${IDENTIFIER})["'${'`'}]\s*\]`, 'gu');

/**
 * Whether an expression reaches for binary data (`$binary` or an item's `binary`) and nowhere for JSON, where whoever supplies the
 * item could have put what looks like a file. n8n has other names for JSON: `$data`, and `$node["name"].data`.
 */
function mentionsBinaryOnly(raw: unknown): boolean {
	if (!isExpression(raw)) return false;
	const paths = raw
		.replace(NODE_NAME, '$1$2')
		.replace(IN_BRACKETS, '.$1')
		.replace(/\s+|\?(?=\.)/g, '');
	if (!/\$binary\b|\.binary\b/.test(paths)) return false;
	return !/json|\$data\b|\$jmespath|\$evaluateExpression|(?<!binary)\.data\b/i.test(paths);
}

/** Whether a file is one of the item's own binary fields: n8n gives each stored file an ID of its own. */
const isOwn = ({ binary }: INodeExecutionData, { id }: IBinaryData): boolean =>
	typeof id === 'string' && id !== '' && Object.values(binary ?? {}).some((file) => file.id === id);
