import { daysIn, timesOf } from '../../nodes/shared/document/dates';
import { causeHints, causesOf, photoHints } from '../../nodes/shared/item/hints';
import type { ImageFacts } from '../../nodes/shared/photo/imageFacts';
import { JUDGES, PLAIN } from './judges';

const photo = (height: number, orientation: number, endsEarly = false): ImageFacts => ({
	format: 'jpeg',
	mimeType: 'image/jpeg',
	extension: 'jpg',
	width: 800,
	height,
	orientation,
	endsEarly,
});

const hint = (message: string) => ({ message, type: 'info', location: 'outputPane' });
const RESIZE = 'For the best results, resize or rotate photos first with the Edit Image node.';
const CHECK = 'Check how photos that end early are uploaded or downloaded.';
const REMOVE = 'Remove items with the same photo before this node.';
const TALL = 'higher than the 1080 pixels that Progeny recommends';
const TURNED = 'stored rotated or mirrored (EXIF orientation)';
const turnedAndTall = { ...photo(600, 6), width: 2000 };
const CUT = '1 photo is cut off: the file ends early';
const FOUND_TWICE = 'the same file as another of this run, and each creates a record of its own';
const ALL = `1 photo is ${TALL}, and 1 photo is ${TURNED}, and ${CUT}, and 1 photo is ${FOUND_TWICE}`;
const upright = photo(500, 1);
test.each<[string, ImageFacts[], recorded: string[], what?: string, remedy?: string]>([
	['no photos', [], []],
	['photos up to the recommended height', [{ ...photo(1080, 1), width: 4000 }, photo(100, 1)], []],
	['one tall', [photo(1081, 1), photo(1080, 1)], [], `1 photo is ${TALL}`, RESIZE],
	['many tall', Array(40).fill(photo(4000, 1)), [], `40 photos are ${TALL}`, RESIZE],
	['tall if turned', [turnedAndTall], [], `1 photo is ${TALL}, and 1 photo is ${TURNED}`, RESIZE],
	['mirrored', [photo(500, 2), photo(500, 8)], [], `2 photos are ${TURNED}`, RESIZE],
	['one that is cut off', [photo(500, 1, true), upright], [], CUT, CHECK],
	['the same one thrice', [upright], ['a', 'b', 'a', 'a'], `2 photos are ${FOUND_TWICE}`, REMOVE],
	['different ones', [upright, upright], ['a', 'b']],
	['the same one, without a record', [upright, upright], []],
	['all', [photo(2000, 3, true), upright], ['a', 'a'], ALL, `${RESIZE} ${CHECK} ${REMOVE}`],
])('%s: at most one hint for the run', (...[, photos, recorded, what, remedy]) => {
	const hints = what === undefined ? [] : [hint(`${what}. They were sent as they are. ${remedy}`)];
	expect(photoHints(photos, recorded)).toEqual(hints);
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

test.each([
	'Fri, 31 Dec 9999 23:59:59 GMT',
	'Sat, 01 Jan 10000 00:00:00 GMT',
	'Fri, 01 Jan 0100 00:00:00 GMT',
])('a Date of %s leads to days that can be compared', (date) => {
	const days = timesOf(NOW, date).flatMap((time) => daysIn('Pacific/Kiritimati', time));
	expect(days).toEqual(['2026-11-30', expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
	const judged = () => JUDGES.readDocument.judge(JUDGES.readDocument.passing, { ...PLAIN, days });
	expect(judged).not.toThrow();
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
