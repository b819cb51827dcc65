import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWERS, EMPTY_ENVELOPE } from '../unit/documented';
import { taskId } from './support/answers';
import { photos } from './support/items';
import { check, fakeProgeny, useProgeny } from './support/progeny';
import { NODE_ROWS, type NodeName } from './support/services';

useProgeny();

const ROOT = join(__dirname, '../../nodes');

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Each place that a schema describes, with its type: `liveness.score number`, `issues[].code string`. */
function placesOf({ type, properties = {}, items }: Schema, path = ''): string[] {
	const within = Object.entries(properties).flatMap(([key, each]) => placesOf(each, `${path}.${key}`));
	return [`${path} ${type}`, ...within, ...(items === undefined ? [] : placesOf(items, `${path}[]`))];
}

/** The places of values. A null has no type that the editor could show. */
function placesIn(values: unknown[], path = ''): string[] {
	const known = values.filter((value) => value !== undefined && value !== null);
	const types = new Set(known.map(typeOf));
	if (types.has('number')) types.delete('integer');
	const records = known.filter((value) => typeOf(value) === 'object') as Array<Record<string, unknown>>;
	const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
	const entries = known.filter(Array.isArray).flat();
	return [
		...[...types].map((type) => `${path} ${type}`),
		...keys.flatMap((key) =>
			placesIn(
				records.map((record) => record[key]),
				`${path}.${key}`,
			),
		),
		...(entries.length === 0 ? [] : placesIn(entries, `${path}[]`)),
	];
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

	test('the schema of its result has exactly the places that the results of every documented answer have', async () => {
		const { json } = await run();
		expect(json).toHaveLength(answers.length);
		expect(placesIn(json).sort()).toEqual(placesOf(schema(own)).sort());
	});

	test('the output of Get Task Result has the same schema', async () => {
		const { json } = await run('getResult');
		expect(placesOf(schema(own))).toEqual(expect.arrayContaining(placesIn(json)));
	});

	test("the schema of submit has exactly its output's places", async () => {
		const { json } = await run('submit');
		expect(placesIn(json).sort()).toEqual(placesOf(schema('submit')).sort());
	});
});
