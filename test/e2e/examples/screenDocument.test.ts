import { bundledPhoto, Photo, specimen } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { Testbed, openTestbed } from '../support/testbed';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const ENDS = ['Turn Down', 'Ask a Person', 'Not Looked Up', 'Let Through'];
const LOOKS_UP = '/services/background_check/';
const HER = bundledPhoto('grace-hopper.jpg');
const PATIENCE = 'Somebody will look at it and come back to you.';

describe('the example screen-document', () => {
	let testbed: Testbed;

	beforeAll(async () => {
		testbed = await openTestbed();
		await testbed.api.activate(await testbed.example('screen-document'));
	});

	afterAll(() => testbed.close());

	/** Sends a selfie and a passport; returns what the person sees, where the item ended and how often a name was looked up. */
	async function send(selfie: Photo, passport: Photo) {
		const lookUps = () => testbed.sandbox.requests.filter(({ path }) => path.endsWith(LOOKS_UP)).length;
		const before = lookUps();
		const { pages, execution } = await visitForm(testbed, 'screen-document', [[selfie], [passport]]);
		const ends = ENDS.filter((name) => itemsOf(execution.data, name).length > 0);
		const whys = ends.flatMap((name) => itemsOf(execution.data, name)).map(({ json }) => json.why);
		return { status: execution.status, page: pages[0], ends, whys, lookUps: lookUps() - before };
	}

	it.each<[string, () => Photo | Promise<Photo>, () => Photo | Promise<Photo>, string, string, number]>([
		['nobody listed', () => HER, () => specimen('passport-mustermann'), 'Let Through', 'Go on with', 1],
		['a listed name', () => HER, () => specimen('passport-nemo-watch-list'), 'Ask a Person', PATIENCE, 1],
		[
			"another person's passport",
			() => HER,
			() => specimen('passport-eriksson'),
			'Turn Down',
			'cannot accept',
			0,
		],
		['a small face', () => scenarioPhoto('face-too-small-a'), () => HER, 'Turn Down', 'Come closer', 0],
		[
			'an expired passport',
			() => bundledPhoto('eileen-collins.png'),
			() => specimen('passport-eriksson-expired'),
			'Turn Down',
			'has expired',
			0,
		],
		[
			'a passport without dates',
			() => HER,
			() => scenarioPhoto('document-without-dates'),
			'Ask a Person',
			PATIENCE,
			0,
		],
		['a failed task', () => scenarioPhoto('failure'), () => HER, 'Turn Down', 'just now', 0],
	])('sends %s one way, and looks up holders only', async (_, selfie, passport, end, words, lookUps) => {
		const sent = await send(await selfie(), await passport());
		expect(sent).toMatchObject({ status: 'success', ends: [end], lookUps });
		expect(sent.page).toContain(words);
		expect(sent.page).not.toMatch(/NEMO|POTENTIAL/i);
	});

	it('lets no one through if the lists cannot be searched', async () => {
		testbed.sandbox.faults.add({ on: 'background_check', times: 1, do: { status: 403 } });
		const { ends, whys, page } = await send(HER, specimen('passport-mustermann'));
		expect({ ends, whys }).toEqual({
			ends: ['Not Looked Up'],
			whys: [expect.stringContaining('[FORBIDDEN]')],
		});
		expect(page).toContain('just now');
	});
});
