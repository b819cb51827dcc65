import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { ANSWERS, EMPTY_ENVELOPE } from '../unit/documented';
import { taskId } from './support/answers';
import { photos } from './support/items';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, type NodeName } from './support/services';

useProgeny();

const ROOT = join(__dirname, '../../nodes');

/** The part of JSON Schema that n8n's editor reads. */
interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Returns the schema that these values have together. A null has no type that the editor could show. */
function schemaOf(values: unknown[]): Schema {
	const known = values.filter((value) => value !== undefined && value !== null);
	const types = new Set(known.map(typeOf));
	if (types.has('number')) types.delete('integer');
	const schema: Schema = { type: [...types].join() };
	const entries = known.filter(Array.isArray).flat();
	if (entries.length > 0) schema.items = schemaOf(entries);
	if (schema.type !== 'object') return schema;
	const keys = new Set(known.flatMap((record) => Object.keys(record as object)));
	const properties = [...keys]
		.map((key): [string, Schema] => [key, schemaOf(known.map((record) => (record as IDataObject)[key]))])
		.filter(([, { type }]) => type !== '');
	return properties.length === 0 ? schema : { ...schema, properties: Object.fromEntries(properties) };
}

function typeOf(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

/** Parts that no documented answer has: a date of issue, and a hit. */
const MORE = [
	{ document: { dateOfIssue: '2020-1-31' } },
	{ background_check: { potential_match: true, total_matches: 1, hits: [{}] } },
].map((data) => ({ status: 'SUCCESS', result: { data } }));

/** Answers of other services, which a node shows but its schema need not have. */
const isOfAnother = (node: NodeName, { result }: { result?: unknown }) =>
	node === 'readDocument' && JSON.stringify(result).includes('background_check');

describe.each(NODE_ROWS)('%s', (node, { operation: own }) => {
	const folder = join(ROOT, node[0].toUpperCase() + node.slice(1), '__schema__/v1.0.0');
	const schema = (operation: string) => {
		const file = join(folder, `${operation}.json`);
		const used = existsSync(file) ? file : join(ROOT, 'shared/__schema__', `${operation}.json`);
		return JSON.parse(readFileSync(used, 'utf8')) as Schema;
	};
	const answers = [...Object.values(ANSWERS), ...MORE].filter(
		(answer) => answer.status === 'SUCCESS' && answer !== EMPTY_ENVELOPE && !isOfAnother(node, answer),
	);
	const run = (operation?: string) => {
		fakeProgeny({ task: (_, id) => [200, answers[Number(id.slice(-2))]] });
		const receipt = `={{ "${taskId(0).slice(0, -2)}0" + $itemIndex }}`;
		const options = { concurrency: 50 };
		return check({ node, items: photos(answers.length), operation, parameters: { receipt }, options });
	};

	test('the schema of its result is exactly that of the results of every documented answer', async () => {
		const { json } = await run();
		expect(json).toHaveLength(answers.length);
		expect(schema(own)).toEqual({ ...schemaOf(json), version: 1 });
	});

	test('the output of Get Task Result has the same schema', async () => {
		const { json } = await run('getResult');
		expect(schema(own)).toMatchObject(schemaOf(json));
	});

	test('the schema of submit is exactly that of its output', async () => {
		const { json } = await run('submit');
		expect(schema('submit')).toEqual({ ...schemaOf(json), version: 1 });
	});
});
