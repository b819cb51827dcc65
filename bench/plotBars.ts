import { svg, text, WIDTH } from './svg';

/** One bar of the plot. */
export interface Bar {
	name: string;
	isOurs: boolean;
	percent: number;
	/** What stands at its end. */
	label: string;
}

const LEFT = 300;
const RIGHT = 150;
const TOP = 70;
const STEP = 40;
const HEIGHT_OF_BAR = 24;

/** Draws one horizontal bar for each row, the longest over the whole width; gives an SVG. */
export function plotBars(bars: readonly Bar[], title: string, note: string): string {
	const most = Math.max(...bars.map(({ percent }) => percent));
	const height = TOP + bars.length * STEP + 10;
	const drawn = bars.flatMap(({ name, isOurs, percent, label }, i) => {
		const y = TOP + i * STEP;
		const length = ((WIDTH - LEFT - RIGHT) * percent) / most;
		const weight = isOurs ? ' font-weight="700"' : '';
		const middle = y + HEIGHT_OF_BAR / 2 + 4.5;
		return [
			text(LEFT - 10, middle, name, `text-anchor="end" fill="#111827"${weight}`),
			`<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${HEIGHT_OF_BAR}" fill="${isOurs ? '#0b6e4f' : '#94a3b8'}"/>`,
			text(LEFT + length + 8, middle, label, `fill="#111827"${weight}`),
		];
	});
	return svg(height, 20, title, note, drawn);
}
