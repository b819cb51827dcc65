import type { NodeExecutionHint } from 'n8n-workflow';
import { isTimeZone } from '../document/dates';
import { RECOMMENDED_MAX_HEIGHT } from '../limits';
import type { ImageFacts } from '../photo/imageFacts';
import { isFraction } from '../result/decision';
import type { DecisionResult, JudgeParameters } from '../service';
import { quote } from '../util/quote';
import { finiteNumber } from '../util/values';

/** A problem of some photos, with its remedy. */
type PhotoProblem = readonly [count: number, problem: string, remedy: string];

/**
 * Returns one hint for the whole run about photos that could be better, none if all are fine. `recorded` holds a hash of each
 * photo if the service creates a record of every photo (see `contentHash`).
 */
export function photoHints(photos: readonly ImageFacts[], recorded: readonly string[]): NodeExecutionHint[] {
	const count = (matches: (photo: ImageFacts) => boolean): number => photos.filter(matches).length;
	const table: PhotoProblem[] = [
		[
			count((photo) => uprightHeight(photo) > RECOMMENDED_MAX_HEIGHT),
			`higher than the ${RECOMMENDED_MAX_HEIGHT} pixels that Progeny recommends`,
			RESIZE_OR_ROTATE,
		],
		[
			count(({ orientation }) => orientation !== 1),
			'stored rotated or mirrored (EXIF orientation)',
			RESIZE_OR_ROTATE,
		],
		[
			count(({ endsEarly }) => endsEarly),
			'cut off: the file ends early',
			'Check how photos that end early are uploaded or downloaded.',
		],
		[
			recorded.length - new Set(recorded).size,
			'the same file as another of this run, and each creates a record of its own',
			'Remove items with the same photo before this node.',
		],
	];
	const problems = table.filter(([photosFound]) => photosFound > 0);
	if (problems.length === 0) return [];
	const sentences = problems.map(([photosFound, problem]) => `${photosAre(photosFound)} ${problem}`);
	const remedies = new Set(problems.map(([, , remedy]) => remedy));
	const message = [`${sentences.join(', and ')}. They were sent as they are.`, ...remedies].join(' ');
	return [{ message, type: 'info', location: 'outputPane' }];
}

const RESIZE_OR_ROTATE = 'For the best results, resize or rotate photos first with the Edit Image node.';

/** Returns the height in pixels as shown: with EXIF orientations 5 to 8 the photo is stored on its side. */
const uprightHeight = ({ width, height, orientation }: ImageFacts) => (orientation > 4 ? width : height);

const photosAre = (photos: number) => (photos === 1 ? '1 photo is' : `${photos} photos are`);

/** Returns the settings that led to a decision, in words for the user. */
export function causesOf(
	{ reasons }: DecisionResult,
	{ now, minimums }: Pick<JudgeParameters, 'now' | 'minimums'>,
	timeZone: () => string,
): string[] {
	const has = (...wanted: string[]) => wanted.some((reason) => reasons.includes(reason));
	const isByDay = has('AGE_UNKNOWN', 'EXPIRY_UNKNOWN');
	const percent = finiteNumber(minimums.minMatchPercent) ?? 0;
	return [
		...(isByDay && !isTimeZone(timeZone())
			? [
					`The time zone ${quote(timeZone())} of this workflow is invalid, so the current day is unknown. Choose another one in the workflow's settings, or set GENERIC_TIMEZONE to one like Europe/Berlin, without quotes.`,
				]
			: []),
		...(now.length > 1 && (isByDay || has('TOO_OLD'))
			? [
					"The clocks of n8n's and Progeny's servers are more than a day apart, so the current day is unknown. Set the clock of n8n's server.",
				]
			: []),
		...(has('MATCH_BELOW_MINIMUM') && isFraction(percent)
			? [
					`Minimum Match Percent is ${percent}, but a percentage is meant: no score meets it. Write 90 for 90 percent.`,
				]
			: []),
	];
}

/** Returns an n8n hint for each cause. */
export const causeHints = (causes: ReadonlySet<string>): NodeExecutionHint[] =>
	[...causes].map((message) => ({ message, type: 'warning', location: 'outputPane' }));
