import { causeHints, causesOf, timesOf } from '../../nodes/shared/item/decisionHints';
import { photoHints } from '../../nodes/shared/photo/hints';
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
	['no matter how wide', [{ ...photo(600, 1), width: 4000 }]],
])('%s: no hint', (_, photos) => {
	expect(photoHints(photos)).toEqual([]);
});

test.each<[string, ImageFacts[], string]>([
	[
		'one tall',
		[photo(1081, 1), photo(1080, 1)],
		'1 photo is higher than the 1080 pixels that Progeny recommends. ',
	],
	[
		'many tall',
		Array(40).fill(photo(4000, 1)),
		'40 photos are higher than the 1080 pixels that Progeny recommends. ',
	],
	[
		'tall once it is turned, and one that is not',
		[{ ...photo(600, 6), width: 2000 }, photo(2000, 8)],
		'1 photo is higher than the 1080 pixels that Progeny recommends, and 2 photos are stored rotated or mirrored (EXIF orientation). ',
	],
	['one turned', [photo(500, 6)], '1 photo is stored rotated or mirrored (EXIF orientation). '],
	[
		'mirrored',
		[photo(500, 2), photo(500, 8)],
		'2 photos are stored rotated or mirrored (EXIF orientation). ',
	],
	[
		'both',
		[{ ...photo(500, 6), width: 2000 }, photo(2000, 3)],
		'2 photos are higher than the 1080 pixels that Progeny recommends, and 2 photos are stored rotated or mirrored (EXIF orientation). ',
	],
])('%s: one hint for the run', (_, photos, start) => {
	expect(photoHints(photos)).toEqual([
		{
			message: `${start}They were sent as they are. For the best results, resize or rotate photos first with the Edit Image node.`,
			type: 'info',
			location: 'outputPane',
		},
	]);
});

test.each<[string, ImageFacts[], string[], string]>([
	[
		'a photo that is cut off',
		[photo(500, 1, true), photo(500, 1)],
		[],
		'1 photo is cut off: the file ends early. They were sent as they are. Check how photos that end early are uploaded or downloaded.',
	],
	[
		'the same photo three times, where a record stays',
		[photo(500, 1), photo(500, 1), photo(500, 1), photo(500, 1)],
		['a', 'b', 'a', 'a'],
		'2 photos are the same file as another of this run, and each creates a record of its own. They were sent as they are. Remove items with the same photo before this node.',
	],
	[
		'all at once',
		[photo(2000, 3, true), photo(500, 1)],
		['a', 'a'],
		'1 photo is higher than the 1080 pixels that Progeny recommends, and 1 photo is stored rotated or mirrored (EXIF orientation), and 1 photo is cut off: the file ends early, and 1 photo is the same file as another of this run, and each creates a record of its own. They were sent as they are. For the best results, resize or rotate photos first with the Edit Image node. Check how photos that end early are uploaded or downloaded. Remove items with the same photo before this node.',
	],
])('%s: still one hint', (_, photos, recorded, message) => {
	expect(photoHints(photos, recorded)).toEqual([{ message, type: 'info', location: 'outputPane' }]);
});

test('different photos, or the same one where no record stays: no hint', () => {
	expect(photoHints([photo(5, 1), photo(5, 1)], ['a', 'b'])).toEqual([]);
	expect(photoHints([photo(5, 1), photo(5, 1)])).toEqual([]);
});

const NOW = Date.parse('2026-11-29T12:00:00Z');
test.each<[string, string | undefined, number]>([
	['no Date', undefined, 1],
	['a Date that is none', 'yesterday', 1],
	['the same day', 'Sun, 29 Nov 2026 23:00:00 GMT', 1],
	['a day later', 'Mon, 30 Nov 2026 12:00:00 GMT', 1],
	['more than a day later', 'Mon, 30 Nov 2026 12:00:01 GMT', 2],
	['more than a day earlier', 'Sat, 28 Nov 2026 11:59:59 GMT', 2],
	['years earlier', 'Thu, 01 Jan 1970 00:00:00 GMT', 2],
])('%s: two clocks are told apart only where they are more than a day apart', (_, date, count) => {
	expect(timesOf(NOW, date)).toEqual(count === 1 ? [NOW] : [NOW, Date.parse(date!)]);
});

const QUOTED = '"Europe/Berlin"';
test.each<[string, string[], { now?: number[]; percent?: unknown; zone?: string }, RegExp[]]>([
	[
		'a review for its age in a zone that cannot be used',
		['AGE_UNKNOWN'],
		{ zone: QUOTED },
		[/"Europe\/Berlin"/],
	],
	['a review for its expiry in such a zone', ['EXPIRY_UNKNOWN'], { zone: 'UTC+14 ' }, [/UTC\+14/]],
	['a review for its age in a good zone', ['AGE_UNKNOWN'], { zone: 'Europe/Berlin' }, []],
	['another review in such a zone', ['NAME_MISMATCH'], { zone: QUOTED }, []],
	['a pass in such a zone', [], { zone: QUOTED, now: [0, 1], percent: 0.9 }, []],
	['a review for its age, by two clocks', ['AGE_UNKNOWN'], { now: [0, 1] }, [/clock/]],
	['what is too old, by two clocks', ['TOO_OLD'], { now: [0, 1] }, [/clock/]],
	['what is too old', ['TOO_OLD'], {}, []],
	['a fraction', ['MATCH_BELOW_MINIMUM'], { percent: '0.9' }, [/Minimum Match Percent is 0\.9/]],
	['a percentage', ['MATCH_BELOW_MINIMUM'], { percent: 90 }, []],
	['no number', ['MATCH_BELOW_MINIMUM'], { percent: 'many' }, []],
])('%s', (_, reasons, { now = [0], percent, zone = 'UTC' }, wanted) => {
	const minimums = percent === undefined ? {} : { minMatchPercent: percent };
	const causes = causesOf({ decision: 'review', reasons }, { now, minimums }, () => zone);
	expect(causes).toHaveLength(wanted.length);
	wanted.forEach((pattern, i) => expect(causes[i]).toMatch(pattern));
	expect(causeHints(new Set([...causes, ...causes]))).toHaveLength(wanted.length);
});
