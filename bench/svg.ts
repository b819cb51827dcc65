/** The width of every plot. */
export const WIDTH = 900;

/** A text at a place, with further attributes. */
export const text = (x: number, y: number, content: string, attributes: string): string =>
	`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${content.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</text>`;

/** A plot of that height: its title and note, which begin at `left`, then what is drawn. */
export const svg = (
	height: number,
	left: number,
	title: string,
	note: string,
	drawn: readonly string[],
): string =>
	[
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" role="img">`,
		`<title>${title}</title>`,
		`<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
		text(left, 28, title, 'font-size="17" font-weight="700" fill="#111827"'),
		text(left, 48, note, 'fill="#4b5563"'),
		...drawn,
		'</svg>\n',
	].join('\n');
