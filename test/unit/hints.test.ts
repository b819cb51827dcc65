import { timesOf } from '../../nodes/shared/document/dates';
import { causeHints, causesOf, photoHints } from '../../nodes/shared/item/hints';
import type { ImageFacts } from '../../nodes/shared/photo/imageFacts';

const photo = (height: number, orientation: number, endsEarly = false): ImageFacts => ({
	format: 'jpeg',
	mimeType: 'image/jpeg',
	extension: 'jpg',
	width: 800,
	height,
	orientation,
	endsEarly,
});

test.each<[string, ImageFacts[]]>([
	['no photos', []],
	['a photo of exactly the recommended height', [photo(1080, 1)]],
	['upright photos', [photo(100, 1), photo(600, 1)]],
])('%s: no hint', (_, photos) => {
	expect(photoHints(photos)).toEqual([]);
});

const hint = (message: string) => ({ message, type: 'info', location: 'outputPane' });
const AS_THEY_ARE = 'They were sent as they are.';
const RESIZE = 'For the best results, resize or rotate photos first with the Edit Image node.';
const CHECK = 'Check how photos that end early are uploaded or downloaded.';
const REMOVE = 'Remove items with the same photo before this node.';
const TALL = 'higher than the 1080 pixels that Progeny recommends';
const TURNED = 'stored rotated or mirrored (EXIF orientation)';
const turnedAndTall = { ...photo(600, 6), width: 2000 };
test.each<[string, ImageFacts[], string]>([
	['one tall', [photo(1081, 1), photo(1080, 1)], `1 photo is ${TALL}. `],
	['many tall', Array(40).fill(photo(4000, 1)), `40 photos are ${TALL}. `],
	['tall if turned', [turnedAndTall, photo(2000, 8)], `1 photo is ${TALL}, and 2 photos are ${TURNED}. `],
	['mirrored', [photo(500, 2), photo(500, 8)], `2 photos are ${TURNED}. `],
	['both', [turnedAndTall, photo(2000, 3)], `2 photos are ${TALL}, and 2 photos are ${TURNED}. `],
])('%s: one hint for the run', (_, photos, start) => {
	expect(photoHints(photos)).toEqual([hint(`${start}${AS_THEY_ARE} ${RESIZE}`)]);
});

const CUT = '1 photo is cut off: the file ends early';
const FOUND_TWICE = 'the same file as another of this run, and each creates a record of its own';
test.each<[string, ImageFacts[], string[], string]>([
	['a photo that is cut off', [photo(500, 1, true), photo(500, 1)], [], `${CUT}. ${AS_THEY_ARE} ${CHECK}`],
	[
		'the same photo three times, if each leaves a record',
		Array(4).fill(photo(500, 1)),
		['a', 'b', 'a', 'a'],
		`2 photos are ${FOUND_TWICE}. ${AS_THEY_ARE} ${REMOVE}`,
	],
	[
		'all at once',
		[photo(2000, 3, true), photo(500, 1)],
		['a', 'a'],
		`1 photo is ${TALL}, and 1 photo is ${TURNED}, and ${CUT}, and 1 photo is ${FOUND_TWICE}. ${AS_THEY_ARE} ${RESIZE} ${CHECK} ${REMOVE}`,
	],
])('%s: still one hint', (_, photos, recorded, message) => {
	expect(photoHints(photos, recorded)).toEqual([hint(message)]);
});

test('different photos, or the same one without a record: no hint', () => {
	expect(photoHints([photo(5, 1), photo(5, 1)], ['a', 'b'])).toEqual([]);
	expect(photoHints([photo(5, 1), photo(5, 1)])).toEqual([]);
});

const NOW = Date.parse('2026-11-29T12:00:00Z');
test.each<[string, string | undefined, number]>([
	['no Date', undefined, 1],
	['a day later', 'Mon, 30 Nov 2026 12:00:00 GMT', 1],
	['more than a day later', 'Mon, 30 Nov 2026 12:00:01 GMT', 2],
	['more than a day earlier', 'Sat, 28 Nov 2026 11:59:59 GMT', 2],
])('%s: two clocks are told apart only if they are more than a day apart', (_, date, count) => {
	expect(timesOf(NOW, date)).toEqual(count === 1 ? [NOW] : [NOW, Date.parse(date!)]);
});

const QUOTED = '"Europe/Berlin"';
test.each<[string, string[], { now?: number[]; percent?: unknown; zone?: string }, RegExp[]]>([
	['a review for its age in an unusable zone', ['AGE_UNKNOWN'], { zone: QUOTED }, [/"Europe\/Berlin"/]],
	['a review for its age in a good zone', ['AGE_UNKNOWN'], { zone: 'Europe/Berlin' }, []],
	['another review in such a zone', ['NAME_MISMATCH'], { zone: QUOTED }, []],
	['a pass in such a zone', [], { zone: QUOTED, now: [0, 1], percent: 0.9 }, []],
	['a review for its age, by two clocks', ['AGE_UNKNOWN'], { now: [0, 1] }, [/clock/]],
	['what is too old, by two clocks', ['TOO_OLD'], { now: [0, 1] }, [/clock/]],
	['what is too old', ['TOO_OLD'], {}, []],
	['a fraction', ['MATCH_BELOW_MINIMUM'], { percent: '0.9' }, [/Minimum Match Percent is 0\.9/]],
	['not a number', ['MATCH_BELOW_MINIMUM'], { percent: 'many' }, []],
])('%s', (_, reasons, { now = [0], percent, zone = 'UTC' }, wanted) => {
	const minimums = percent === undefined ? {} : { minMatchPercent: percent };
	const causes = causesOf({ decision: 'review', reasons }, { now, minimums }, () => zone);
	expect(causes).toHaveLength(wanted.length);
	wanted.forEach((pattern, i) => expect(causes[i]).toMatch(pattern));
	expect(causeHints(new Set([...causes, ...causes]))).toHaveLength(wanted.length);
});
