import { metadataFor } from '../../nodes/shared/progeny/token';
import { outcomesOf } from '../engine/support/check';
import { storeOf, type Setup } from '../engine/support/engine';
import { accountFor, baseUrl, jpeg, logIn, photoItem, runCounted, type Counted } from './support/client';
import { fileItem } from '../engine/support/items';

/** Returns the account with a token that is good by the node's clock. */
const withToken = (url: string, accessToken: string) => {
	const account = accountFor(url);
	return {
		...account,
		receiptKey: 'key',
		accessToken,
		tokenMetadata: JSON.stringify(metadataFor(account as never, 300_000, Date.now())),
	};
};

const batch = (count: number, photo: Buffer) => Array.from({ length: count }, () => fileItem(photo));
const live = (setup: Partial<Setup> & Pick<Setup, 'items'>): Promise<Counted> =>
	runCounted({ node: 'faceLiveness', settings: { onError: 'continueRegularOutput' }, ...setup });
const tally = (ran: Counted) => ({ outcomes: outcomesOf(ran), accepted: ran.accepted.length });
const passed = (count: number) => ({ outcomes: Array(count).fill('pass'), accepted: count });

describe.each(['gunicorn', 'nginxLarge', 'haproxy'] as const)('through %s', (through) => {
	test.each([60_000, 800_000, 5_000_000])(
		'photos of %i bytes pass although the server refuses the stored token before it reads them',
		async (bytes) => {
			const count = 5;
			const ran = await live({
				items: batch(count, await jpeg({ bytes })),
				account: withToken(baseUrl(through), 'of another server'),
			});
			expect(tally(ran)).toEqual(passed(count));
		},
	);

	test('under a throttle each photo of 5 MB is accepted once or not known to be: none is sent twice', async () => {
		const ran = await live({
			items: batch(6, await jpeg({ bytes: 5_000_000 })),
			account: accountFor(baseUrl(through, 'throttledUploads')),
		});
		const passes = outcomesOf(ran).filter((outcome) => outcome === 'pass').length;
		expect(new Set(outcomesOf(ran))).not.toContain('fail');
		expect(ran.accepted).toHaveLength(passes);
	});
});

describe('a throttle loses no item:', () => {
	test.each([
		['3 uploads a second by DRF', 'gunicorn', 'throttledUploads', 12],
		['10 requests a second by nginx', 'limited', '', 20],
	] as const)('%s', async (_, through, variant, count) => {
		const ran = await live({
			items: batch(count, await jpeg()),
			account: accountFor(baseUrl(through, variant)),
		});
		expect(tally(ran)).toEqual(passed(count));
	});
});

test("a photo larger than nginx's 1 MB is IMAGE_TOO_LARGE", async () => {
	const ran = await live({
		items: batch(1, await jpeg({ bytes: 1_200_000 })),
		account: accountFor(baseUrl('nginx')),
	});
	expect(tally(ran)).toEqual({ outcomes: ['IMAGE_TOO_LARGE'], accepted: 0 });
});

test('502, since nothing listens behind nginx: the outcome is not known', async () => {
	const ran = await live({
		items: [await photoItem()],
		account: withToken(baseUrl('nginxLarge', 'gone'), await logIn()),
	});
	expect(tally(ran)).toEqual({ outcomes: ['OUTCOME_UNKNOWN'], accepted: 0 });
});

describe.each(['nginxHasty', 'haproxyHasty'] as const)(
	'504 from %s after the photo was accepted',
	(through) => {
		test.each([
			['faceLiveness', 1],
			['registerFace', 0],
		] as const)("%s: Retry On Fail never sends it again, n8n's Retry %i times", async (node, resent) => {
			const setup: Setup = {
				node,
				items: [await photoItem()],
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
				credentials: storeOf(withToken(baseUrl(through, 'late'), await logIn())),
			};
			const ran = await runCounted(setup);
			const contextData = ran.run.data.executionData?.contextData;
			const again = await runCounted({ ...setup, execution: { id: '2', mode: 'retry', contextData } });
			expect([ran, again].map(tally)).toEqual([
				{ outcomes: ['OUTCOME_UNKNOWN'], accepted: 1 },
				{ outcomes: ['OUTCOME_UNKNOWN'], accepted: resent },
			]);
		});
	},
);
