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
		'1 photo is higher than the 1080 pixels that Progeny recommends, and 2 photos are stored turned or mirrored (EXIF orientation). ',
	],
	['one turned', [photo(500, 6)], '1 photo is stored turned or mirrored (EXIF orientation). '],
	['mirrored', [photo(500, 2), photo(500, 8)], '2 photos are stored turned or mirrored (EXIF orientation). '],
	[
		'both',
		[{ ...photo(500, 6), width: 2000 }, photo(2000, 3)],
		'2 photos are higher than the 1080 pixels that Progeny recommends, and 2 photos are stored turned or mirrored (EXIF orientation). ',
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
		'1 photo is higher than the 1080 pixels that Progeny recommends, and 1 photo is stored turned or mirrored (EXIF orientation), and 1 photo is cut off: the file ends early, and 1 photo is the same file as another of this run, and each creates a record of its own. They were sent as they are. For the best results, resize or rotate photos first with the Edit Image node. Check how photos that end early are uploaded or downloaded. Remove items with the same photo before this node.',
	],
])('%s: still one hint', (_, photos, recorded, message) => {
	expect(photoHints(photos, recorded)).toEqual([{ message, type: 'info', location: 'outputPane' }]);
});

test('different photos, or the same one where no record stays: no hint', () => {
	expect(photoHints([photo(5, 1), photo(5, 1)], ['a', 'b'])).toEqual([]);
	expect(photoHints([photo(5, 1), photo(5, 1)])).toEqual([]);
});
