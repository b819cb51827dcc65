import type { SandboxService } from '../api/paths';
import { isFaceScenario, isUsable, scenarioNamed, type Scenario } from './scenarios';

const marker = 'Progeny sandbox scenario: ';

/** Only the first bytes of a file are searched for the marker: a description is at a picture's start. */
const searched = 64 * 1024;

/** Returns a PNG that forces the scenario of this name: the name is in its EXIF description. Throws if there is no such scenario. */
export async function scenarioPhoto(name: string): Promise<Buffer> {
	const scenario = scenarioNamed(name);
	if (!scenario) throw new Error(`There is no scenario "${name}"`);
	const { default: sharp } = await import('sharp');
	return await sharp(Buffer.from(drawing(scenario)))
		.withExif({ IFD0: { ImageDescription: marker + name } })
		.png()
		.toBuffer();
}

/** Returns the scenario that a file (or the text of a name) forces on this service, if any; a text if it cannot: the reason. */
export function scenarioOn(file: Uint8Array, service: SandboxService): Scenario | string | undefined {
	const name = nameOn(file);
	if (name === undefined) return undefined;
	const scenario = scenarioNamed(name);
	if (!scenario) return `There is no scenario "${name}".`;
	return isUsable(scenario, service) ? scenario : `The scenario "${name}" cannot be used with ${service}.`;
}

function nameOn(file: Uint8Array): string | undefined {
	const start = Buffer.from(file.buffer, file.byteOffset, Math.min(file.byteLength, searched));
	const at = start.indexOf(marker);
	if (at < 0) return undefined;
	return /^[\w-]*/.exec(start.toString('latin1', at + marker.length).slice(0, 100))![0];
}

const colors = { pass: '#17734a', review: '#8a5a00', fail: '#b3261e', error: '#5b6675' };

const person = '<circle cx="240" cy="190" r="90"/><path d="M70 460c12-110 80-150 170-150s158 40 170 150z"/>';
const card =
	'<path d="M60 130h360v290H60z"/><g fill="#f5f7fa"><circle cx="150" cy="220" r="40"/><path d="M90 330c4-50 30-60 60-60s56 10 60 60zM240 190h140v20H240zM240 240h140v20H240zM90 370h300v20H90z"/></g>';

function drawing(scenario: Scenario): string {
	const { name, conclusion } = scenario;
	const text = (y: number, size: number, words: string) =>
		`<text x="240" y="${y}" font-family="sans-serif" font-size="${size}" text-anchor="middle" fill="#1b2330">${words}</text>`;
	return [
		'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600">',
		'<rect width="480" height="600" fill="#f5f7fa"/>',
		`<g fill="${colors[conclusion]}">${isFaceScenario(scenario) ? person : card}</g>`,
		text(520, 30, name),
		text(560, 20, 'Progeny sandbox'),
		'</svg>',
	].join('');
}
