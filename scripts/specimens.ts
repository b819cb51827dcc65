/**
 * Draws the specimens in photos/documents: `npx tsx scripts/specimens.ts`. They are committed, so that only this needs the fonts
 * (DejaVu Sans and DejaVu Sans Mono, Debian's fonts-dejavu-core).
 */
import { join } from 'node:path';
import sharp, { type Region } from 'sharp';

const photos = join(__dirname, '..', 'photos');
const folder = join(photos, 'documents');
/** Pixels per millimeter. */
const scale = 8;

interface Person {
	lastName: string;
	firstName: string;
	/** As in the zone: F, M or <. */
	sex: string;
	/** yymmdd. */
	birth: string;
	number: string;
	portrait: { file: string; region: Region };
}

interface Specimen {
	person: Person;
	/** yymmdd. */
	expiry: string;
	/** True: the composite check digit is off by one. */
	wrongDigit?: boolean;
}

const collins = { file: 'eileen-collins.png', region: { left: 92, top: 0, width: 266, height: 342 } };
const hopper = { file: 'grace-hopper.jpg', region: { left: 90, top: 30, width: 315, height: 405 } };

const anna: Person = {
	lastName: 'ERIKSSON',
	firstName: 'ANNA MARIA',
	sex: 'F',
	birth: '740812',
	number: 'X47312964',
	portrait: collins,
};
const erika: Person = {
	lastName: 'MUSTERMANN',
	firstName: 'ERIKA',
	sex: 'F',
	birth: '610214',
	number: 'X51826437',
	portrait: hopper,
};
const vera: Person = { ...erika, lastName: 'NEMO', firstName: 'VERA', birth: '690703', number: 'X61749582' };

const passports: Record<string, Specimen> = {
	'passport-eriksson': { person: anna, expiry: '340415' },
	'passport-mustermann': { person: erika, expiry: '340926' },
	'passport-nemo-watch-list': { person: vera, expiry: '340926' },
	'passport-eriksson-expired': { person: { ...anna, number: 'X35174628' }, expiry: '190415' },
	'passport-eriksson-wrong-digit': { person: anna, expiry: '340415', wrongDigit: true },
};
const cards: Record<string, Specimen> = { 'card-eriksson': { person: anna, expiry: '340415' } };

/** Returns the check digit of ICAO 9303: weights 7, 3, 1; letters from 10; the filler is 0. */
function checkDigit(text: string): string {
	const value = (character: string) => (character === '<' ? 0 : parseInt(character, 36));
	const sum = [...text].reduce((total, character, at) => total + value(character) * [7, 3, 1][at % 3]!, 0);
	return String(sum % 10);
}

const checked = (text: string) => text + checkDigit(text);
const names = ({ lastName, firstName }: Person) => `${lastName}<<${firstName}`.replaceAll(' ', '<');

function composite(text: string, wrong = false): string {
	const digit = Number(checkDigit(text));
	return String(wrong ? (digit + 1) % 10 : digit);
}

function passportZone({ person, expiry, wrongDigit }: Specimen): string[] {
	const [number, birth, until] = [person.number, person.birth, expiry].map(checked);
	const optional = '<'.repeat(15);
	const digit = composite(`${number}${birth}${until}${optional}`, wrongDigit);
	return [
		`P<UTO${names(person)}`.padEnd(44, '<'),
		`${number}UTO${birth}${person.sex}${until}${optional}${digit}`,
	];
}

function cardZone({ person, expiry, wrongDigit }: Specimen): string[] {
	const first = `I<UTO${checked(person.number)}`.padEnd(30, '<');
	const [birth, until] = [person.birth, expiry].map(checked);
	const optional = '<'.repeat(11);
	const digit = composite(`${first.slice(5)}${birth}${until}${optional}`, wrongDigit);
	return [first, `${birth}${person.sex}${until}UTO${optional}${digit}`, names(person).padEnd(30, '<')];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
function inWords(yymmdd: string, century: number): string {
	return `${yymmdd.slice(4)} ${months[Number(yymmdd.slice(2, 4)) - 1]} ${century}${yymmdd.slice(0, 2)}`;
}

const escaped = (text: string) => text.replaceAll('<', '&lt;');
const text = (x: number, y: number, size: number, words: string, more = '') =>
	`<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" ${more}>${escaped(words)}</text>`;

function field(x: number, y: number, label: string, value: string): string {
	return text(x, y, 2, label, 'fill="#5b6675"') + text(x, y + 4, 3.2, value, 'font-weight="bold"');
}

/** Draws the readable part in two columns at `x` and `x + column`, in rows `row` apart from `y`. All in millimeters. */
function fields(
	{ person, expiry }: Specimen,
	{ x, y, column, row }: Record<'x' | 'y' | 'column' | 'row', number>,
) {
	const rows = [
		[['Surname', person.lastName]],
		[['Given names', person.firstName]],
		[
			['Nationality', 'UTOPIAN'],
			['Sex', person.sex],
		],
		[
			['Date of birth', inWords(person.birth, 19)],
			['Document No.', person.number],
		],
		[
			['Date of expiry', inWords(expiry, 20)],
			['Authority', 'UTOPIA'],
		],
	];
	const draw = ([label, value]: string[], at: number, line: number) =>
		field(x + at * column, y + line * row, label!, value!);
	return rows.flatMap((cells, line) => cells.map((cell, at) => draw(cell, at, line))).join('');
}

/** Draws the lines of the zone, in millimeters from `y`. */
function zone(lines: string[], y: number): string {
	const font = 'font-family="DejaVu Sans Mono" font-size="4"';
	return lines.map((line, at) => `<text x="5" y="${y + at * 6.4}" ${font}>${escaped(line)}</text>`).join('');
}

const svg = (width: number, height: number, content: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}" fill="#1b2330">${content}</svg>`;

function page(width: number, height: number, title: string, content: string): string {
	const waves = Array.from({ length: Math.ceil(height / 7) }, (_, row) => {
		const quarter = `${width / 8} -6 ${width / 4} 0`;
		const way = `M0 ${row * 7 + 3}q${quarter}${`t${width / 4} 0`.repeat(3)}`;
		return `<path d="${way}" fill="none" stroke="#dbe6f4" stroke-width="0.4"/>`;
	});
	const heading =
		text(5, 8, 4, 'UTOPIA', 'font-weight="bold"') + text(width - 5, 8, 3.2, title, 'text-anchor="end"');
	const paper = '<rect width="100%" height="100%" fill="#f2f6fb"/>';
	return svg(width, height, paper + waves.join('') + heading + content);
}

/** Draws the word across the document, above its zone. */
function mark(width: number, height: number): string {
	const style = 'text-anchor="middle" font-weight="bold" fill="#b3261e" fill-opacity="0.22"';
	const word = text(0, 0, width / 7.4, 'SPECIMEN', style);
	return svg(
		width,
		height,
		`<g transform="translate(${width / 2} ${height * 0.48}) rotate(-14)">${word}</g>`,
	);
}

/** Draws the portrait in gray, `width` millimeters wide, with its place in pixels. */
async function portrait({ person }: Specimen, left: number, top: number, width: number) {
	const { file, region } = person.portrait;
	const input = await sharp(join(photos, file))
		.extract(region)
		.resize(width * scale, Math.round((width * scale * 9) / 7))
		.grayscale()
		.toBuffer();
	return { input, left: left * scale, top: top * scale };
}

type Portrait = Awaited<ReturnType<typeof portrait>>;

async function draw(
	name: string,
	[width, height]: Size,
	title: string,
	content: string,
	portrait?: Portrait,
) {
	const drawn = await sharp(Buffer.from(page(width, height, title, content)))
		.composite([...(portrait ? [portrait] : []), { input: Buffer.from(mark(width, height)) }])
		.png()
		.toBuffer();
	const { size } = await sharp(drawn)
		.png({ palette: true, colours: 64, dither: 0.3, compressionLevel: 9, effort: 10 })
		.toFile(join(folder, `${name}.png`));
	console.log(`${name}.png: ${Math.round(size / 1000)} kB`);
}

type Size = [width: number, height: number];
const passportSize: Size = [125, 88];
const cardSize: Size = [86, 54];

async function main(): Promise<void> {
	for (const [name, specimen] of Object.entries(passports)) {
		const content = fields(specimen, { x: 46, y: 20, column: 34, row: 8 }) + zone(passportZone(specimen), 73);
		await draw(name, passportSize, 'PASSPORT', content, await portrait(specimen, 5, 14, 35));
	}
	for (const [name, specimen] of Object.entries(cards)) {
		const face = await portrait(specimen, 4, 12, 26);
		const content = fields(specimen, { x: 34, y: 15, column: 28, row: 7.4 });
		await draw(`${name}-front`, cardSize, 'IDENTITY CARD', content, face);
		await draw(`${name}-back`, cardSize, 'IDENTITY CARD', zone(cardZone(specimen), 36));
	}
}

void main();
