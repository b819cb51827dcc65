import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { photoOf } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const ENDS = ['Turn Down', 'Ask a Person', 'Not Looked Up', 'Let Through'];
const HER = 'grace-hopper.jpg';
const PATIENCE = 'We will look at it and contact you.';

describe('the example screen-document', () => {
	const testbed = useTestbed();

	beforeAll(async () => {
		await testbed.api.activate(await testbed.example('screen-document'));
	});

	/** Sends a selfie and a passport; returns what the person sees, where the item ended and how often a name was looked up. */
	async function send(selfie: string, passport: string) {
		const lookUps = () =>
			testbed.sandbox.tasks.filter(({ service }) => service === 'background_check').length;
		const before = lookUps();
		const { pages, execution } = await visitForm(testbed, 'screen-document', [
			[await photoOf(selfie)],
			[await photoOf(passport)],
		]);
		const ends = ENDS.filter((name) => itemsOf(execution.data, name).length > 0);
		const whys = ends.flatMap((name) => itemsOf(execution.data, name)).map(({ json }) => json.why);
		return { status: execution.status, page: pages[0], ends, whys, lookUps: lookUps() - before };
	}

	it.each([
		['a person on no list', HER, 'passport-mustermann', 'Let Through', 'Go on with', 1],
		['a listed name', HER, 'passport-nemo-watch-list', 'Ask a Person', PATIENCE, 1],
		["another person's passport", HER, 'passport-eriksson', 'Turn Down', 'cannot accept', 0],
		['a small face', 'face-too-small-a', HER, 'Turn Down', 'Come closer', 0],
		['an expired passport', 'eileen-collins.png', 'passport-eriksson-expired', 'Turn Down', 'has expired', 0],
		['a passport without dates', HER, 'document-without-dates', 'Ask a Person', PATIENCE, 0],
		['a failed task', 'failure', HER, 'Turn Down', 'just now', 0],
	])('sends %s one way, and looks up holders only', async (_, selfie, passport, end, words, lookUps) => {
		const sent = await send(selfie, passport);
		expect(sent).toMatchObject({ status: 'success', ends: [end], lookUps });
		expect(sent.page).toContain(words);
		expect(sent.page).not.toMatch(/NEMO|POTENTIAL/i);
	});

	it('lets no one through if the lists cannot be searched', async () => {
		testbed.sandbox.faults.add({ on: 'background_check', times: 1, do: { status: 403 } });
		const { ends, whys, page } = await send(HER, 'passport-mustermann');
		expect({ ends, whys }).toEqual({
			ends: ['Not Looked Up'],
			whys: [expect.stringContaining('[FORBIDDEN]')],
		});
		expect(page).toContain('just now');
	});
});
