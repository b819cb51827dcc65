import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** A place on the page, in points from its left upper corner. */
interface Point {
	x: number;
	y: number;
}

const MOUSE = `<svg width="22" height="22" viewBox="0 0 24 24"><path d="M5 2v17l4.5-4 3 6.5 3-1.4-3-6.4 6.5-.7Z" fill="#111" stroke="#fff" stroke-width="1.5"/></svg>`;

/**
 * A film of a page from screenshots: time between them is not in the film, so the machine may be slow. It draws the mouse, which
 * screenshots lack, and a line of text at the bottom.
 */
export class Film {
	private readonly frames: { file: string; seconds: number }[] = [];
	private mouse: Point;

	private constructor(
		private readonly page: Page,
		private readonly folder: string,
	) {
		const { width, height } = page.viewportSize()!;
		this.mouse = { x: width * 0.6, y: height * 0.7 };
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
	}

	/** Starts a film of the page. `folder` holds its frames; its old content is deleted. */
	static async of(page: Page, folder: string): Promise<Film> {
		const film = new Film(page, folder);
		await page.locator('body').evaluate((body, svg) => {
			const add = (id: string, style: string) => {
				const element = body.ownerDocument.createElement('div');
				element.id = id;
				element.style.cssText = `position:fixed;z-index:2147483647;pointer-events:none;${style}`;
				body.append(element);
				return element;
			};
			add('film-mouse', 'left:0;top:0').innerHTML = svg;
			add(
				'film-text',
				'left:0;right:0;bottom:0;padding:10px;text-align:center;font:600 19px sans-serif;color:#fff;background:#1f3a5f',
			);
		}, MOUSE);
		await film.drawMouse();
		return film;
	}

	/** Adds the page as it is now, for that many seconds. */
	async hold(seconds: number): Promise<void> {
		const file = join(this.folder, `${String(this.frames.length).padStart(4, '0')}.png`);
		await this.page.screenshot({ path: file, caret: 'initial' });
		this.frames.push({ file, seconds });
	}

	/** Shows a text for the next scene. */
	async say(text: string): Promise<void> {
		await this.page.locator('#film-text').evaluate((line, words) => (line.textContent = words), text);
		await this.hold(1.2);
	}

	/** Moves the mouse to the middle of an element, or to a point of the page. */
	async moveTo(target: Locator | Point): Promise<void> {
		const { x, y } = 'x' in target ? target : await middleOf(target);
		const { x: fromX, y: fromY } = this.mouse;
		const STEPS = 6;
		for (let step = 1; step <= STEPS; step++) {
			// Slower towards the end, as a hand is.
			const part = 1 - (1 - step / STEPS) ** 2;
			this.mouse = { x: fromX + (x - fromX) * part, y: fromY + (y - fromY) * part };
			await this.page.mouse.move(this.mouse.x, this.mouse.y);
			await this.drawMouse();
			await this.hold(0.05);
		}
	}

	/** Clicks an element, and shows the result for `seconds`, once the page is at rest. */
	async click(target: Locator, seconds = 0.7): Promise<void> {
		await target.scrollIntoViewIfNeeded();
		await this.moveTo(target);
		await this.page.mouse.down();
		await this.page.mouse.up();
		await this.rest();
		await this.hold(seconds);
	}

	/** Drags from one element to another, such as a wire. */
	async drag(from: Locator, to: Locator): Promise<void> {
		await this.moveTo(from);
		await this.page.mouse.down();
		await this.moveTo(to);
		await this.page.mouse.up();
		await this.rest();
		await this.hold(0.3);
	}

	/** Types a text into what has the focus; `atOnce`, as if it were pasted. */
	async type(text: string, atOnce = false): Promise<void> {
		for (const part of atOnce ? [text] : text.match(/.{1,3}/g)!) {
			await this.page.keyboard.insertText(part);
			await this.rest(60);
			await this.hold(0.12);
		}
	}

	/** Lets animations end. */
	async rest(ms = 900): Promise<void> {
		await this.page.waitForTimeout(ms);
	}

	/** Writes an MP4, and a GIF of `gifWidth` points. Throws if ffmpeg is missing. */
	cut(video: string, gif: string, gifWidth: number): void {
		const list = join(this.folder, 'frames.txt');
		const lines = this.frames.map(({ file, seconds }) => `file '${file}'\nduration ${seconds}`);
		// ffmpeg ignores the last duration unless the file is listed again.
		writeFileSync(list, [...lines, `file '${this.frames.at(-1)!.file}'`].join('\n'));
		const input = ['-y', '-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', list];
		ffmpeg([...input, '-vf', 'fps=20', '-c:v', 'libx264', '-crf', '22', '-pix_fmt', 'yuv420p', video]);
		const colors = 'split[a][b];[a]palettegen=max_colors=64:stats_mode=diff[p];[b][p]paletteuse=dither=none';
		const filter = `fps=10,scale=${gifWidth}:-1:flags=lanczos,${colors}:diff_mode=rectangle`;
		ffmpeg([...input, '-vf', filter, gif]);
	}

	private async drawMouse(): Promise<void> {
		await this.page.locator('#film-mouse').evaluate((arrow, { x, y }) => {
			arrow.style.transform = `translate(${x - 4}px, ${y - 2}px)`;
		}, this.mouse);
	}
}

async function middleOf(element: Locator): Promise<Point> {
	const box = await element.boundingBox();
	if (box === null) throw new Error(`${String(element)} is not on the page`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function ffmpeg(options: string[]): void {
	try {
		execFileSync('ffmpeg', options, { stdio: ['ignore', 'inherit', 'inherit'] });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		throw new Error('The recording needs ffmpeg. Debian: apt-get install ffmpeg', { cause: error });
	}
}
