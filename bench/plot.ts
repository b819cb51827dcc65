import { svg, text, WIDTH } from './svg';

/** One line of the plot: wall time (s) by batch size. */
export interface Line {
	name: string;
	kind: 'ours' | 'hand-built' | 'peer' | 'limit';
	points: Array<{ faces: number; seconds: number }>;
}

const HEIGHT = 540;
const LEFT = 76;
const RIGHT = 290;
const TOP = 64;
const BOTTOM = 62;
const LABEL_GAP = 19;
const STYLES: Record<Line['kind'], { colour: string; width: number; dash?: string }> = {
	ours: { colour: '#0b6e4f', width: 3 },
	'hand-built': { colour: '#c2410c', width: 2 },
	peer: { colour: '#64748b', width: 1.5 },
	limit: { colour: '#111827', width: 1.2, dash: '3 4' },
};

/** Draws wall time against batch size, both logarithmic, each line with its name at its end; gives an SVG. */
export function plot(lines: readonly Line[], title: string, note: string): string {
	const all = lines.flatMap(({ points }) => points);
	const sizes = [...new Set(all.map(({ faces }) => faces))].sort((a, b) => a - b);
	const seconds = all.map(({ seconds }) => seconds);
	const [low, high] = [Math.min(...seconds) * 0.8, Math.max(...seconds) * 1.25];
	const scale = (value: number, min: number, max: number) => Math.log(value / min) / Math.log(max / min);
	const x = (faces: number) => LEFT + scale(faces, sizes[0]!, sizes.at(-1)!) * (WIDTH - LEFT - RIGHT);
	const y = (value: number) => HEIGHT - BOTTOM - scale(value, low, high) * (HEIGHT - TOP - BOTTOM);

	const ticks = [1, 2, 5, 10, 20, 60, 120, 300, 600, 1_200, 3_600, 7_200].filter(
		(tick) => tick >= low && tick <= high,
	);
	const grid = [
		...ticks.flatMap((tick) => [
			`<path d="M${LEFT} ${y(tick).toFixed(1)}H${WIDTH - RIGHT}" stroke="#e5e7eb"/>`,
			text(LEFT - 10, y(tick) + 4, duration(tick), 'text-anchor="end" fill="#4b5563"'),
		]),
		...sizes.flatMap((size) => [
			`<path d="M${x(size).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#f1f5f9"/>`,
			text(x(size), HEIGHT - BOTTOM + 20, String(size), 'text-anchor="middle" fill="#4b5563"'),
		]),
	];

	const labels = lines
		.map((line) => ({ line, wanted: y(line.points.at(-1)!.seconds), at: 0 }))
		.sort((a, b) => a.wanted - b.wanted);
	spread(labels);
	const drawn = labels.flatMap(({ line: { name, kind, points }, wanted, at }) => {
		const { colour, width, dash } = STYLES[kind];
		const path = points
			.map(({ faces, seconds }) => `${x(faces).toFixed(1)} ${y(seconds).toFixed(1)}`)
			.join('L');
		const stroke = `fill="none" stroke="${colour}" stroke-width="${width}"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}`;
		const end = WIDTH - RIGHT;
		return [
			`<path d="M${path}" ${stroke}/>`,
			...(kind === 'limit'
				? []
				: points.map(
						({ faces, seconds }) =>
							`<circle cx="${x(faces).toFixed(1)}" cy="${y(seconds).toFixed(1)}" r="${width + 1}" fill="${colour}"/>`,
					)),
			`<path d="M${end + 6} ${wanted.toFixed(1)}L${end + 20} ${at.toFixed(1)}" stroke="${colour}" stroke-width="0.8" fill="none"/>`,
			text(end + 25, at + 4.5, name, `fill="${colour}"${kind === 'ours' ? ' font-weight="700"' : ''}`),
		];
	});

	return svg(HEIGHT, LEFT, title, note, [
		...grid,
		text(
			(LEFT + WIDTH - RIGHT) / 2,
			HEIGHT - 18,
			'faces in the batch',
			'text-anchor="middle" fill="#111827"',
		),
		...drawn,
	]);
}

/** Moves labels apart, each as near to its wanted place as the ones above it allow, then up from the bottom. */
function spread(labels: Array<{ wanted: number; at: number }>): void {
	let last = -Infinity;
	for (const label of labels) last = label.at = Math.max(label.wanted, last + LABEL_GAP);
	let next = HEIGHT - BOTTOM + 6;
	for (const label of [...labels].reverse()) next = label.at = Math.min(label.at, next) - 0;
	for (let i = labels.length - 2; i >= 0; i--) {
		labels[i]!.at = Math.min(labels[i]!.at, labels[i + 1]!.at - LABEL_GAP);
	}
}

function duration(seconds: number): string {
	if (seconds < 60) return `${seconds} s`;
	return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
}
