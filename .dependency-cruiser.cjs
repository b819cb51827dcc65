/**
 * Which rooms of nodes/shared may use which, as CONTRIBUTING maps them: a room uses only rooms below it. `service.ts` and
 * `limits.ts` stand outside the floors: every room may use them, and they import nothing of ours.
 */
const FLOORS = [['item'], ['result', 'task'], ['document', 'photo', 'progeny'], ['errors'], ['util']];

const folders = (rooms) => `^nodes/shared/(${rooms.join('|')})/`;

/** Each room, with the rooms beside it and above it, `run.ts` included: what it must not use. */
const upwards = FLOORS.flatMap((floor, level) =>
	floor.map((room) => {
		const above = FLOORS.slice(0, level).flat();
		const beside = floor.filter((other) => other !== room);
		return {
			name: `${room}-uses-rooms-below-it-only`,
			severity: 'error',
			from: { path: folders([room]) },
			to: {
				path: [
					...(above.length + beside.length > 0 ? [folders([...above, ...beside])] : []),
					'^nodes/shared/run\\.ts$',
				],
			},
		};
	}),
);

module.exports = {
	forbidden: [
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		...upwards,
		{
			name: 'service-and-limits-import-nothing-of-ours',
			severity: 'error',
			from: { path: '^nodes/shared/(service|limits)\\.ts$' },
			to: { path: '^(nodes|credentials)/' },
		},
		{
			name: 'shared-knows-no-node',
			severity: 'error',
			from: { path: '^(nodes/shared|credentials)/' },
			to: { path: '^nodes/(?!shared/)' },
		},
		{
			name: 'nodes-do-not-know-each-other',
			severity: 'error',
			from: { path: '^nodes/(?!shared/)([^/]+)/' },
			to: { path: '^nodes/(?!shared/)', pathNot: '^nodes/$1/' },
		},
		{
			name: 'only-n8n-workflow-and-node-crypto',
			comment: 'n8n allows verified nodes no other dependency.',
			severity: 'error',
			from: { path: '^(index\\.ts|nodes/|credentials/)' },
			to: { pathNot: '^(nodes|credentials)/|^(node:)?crypto$|node_modules/n8n-workflow/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
	},
};
