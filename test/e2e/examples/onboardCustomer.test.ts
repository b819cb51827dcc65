import type { Execution, StoredWorkflow } from '../../../demo/api';
import type { FormFields } from '../../../demo/form';
import { Photo, registeredWomanAgain, specimen } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { DataTable, publishWithTables } from '../support/dataTable';
import { executionsSince, expectNoWayIn, linkIn, openReview, waitASecond } from '../support/reviewer';
import { photoOf } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const FORM = 'onboard-customer';
const TABLE = 'progeny_customers';
/** The form and table of a copy whose reviewer has one second. */
const SOON = { form: `${FORM}-soon`, table: `${TABLE}_soon` };

type Given = Photo | string | string[];

interface Applicant {
	email: string;
	name: string;
	born: string;
	/** Photos, or their names. */
	selfie: Given;
	passport: Given;
}

const ANNA: Applicant = {
	email: 'anna@example.com',
	name: 'Anna Maria Eriksson',
	born: '1974-08-12',
	selfie: 'eileen-collins.png',
	passport: 'passport-eriksson',
};
const ERIKA: Applicant = {
	email: 'erika@example.com',
	name: 'Erika Mustermann',
	born: '1961-02-14',
	selfie: 'grace-hopper.jpg',
	passport: 'passport-mustermann',
};
/** She is on the watch list. */
const VERA: Applicant = {
	...ERIKA,
	email: 'vera@example.com',
	name: 'Vera Nemo',
	born: '1969-07-03',
	passport: 'passport-nemo-watch-list',
};

// In one of two whole runs an application waited for a review without end; the cause is not known. Logged if it comes again.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

describe('the example onboard-customer', () => {
	const testbed = useTestbed();
	let workflow: StoredWorkflow;
	let table: DataTable;
	/** The table of that copy, and the review of an application to it. */
	let soon: { table: DataTable; review: Execution };

	beforeAll(async () => {
		const copy = await testbed.example(FORM, (file) => {
			waitASecond(file);
			const nodes = JSON.stringify(file.nodes).replaceAll(TABLE, SOON.table).replaceAll(FORM, SOON.form);
			file.nodes = JSON.parse(nodes);
		});
		const [itsTable] = await publishWithTables(testbed.api, copy, SOON.table);
		// The other tests run until n8n notices that no one looked at it.
		const { review } = await apply(VERA, [], copy, SOON.form);
		soon = { table: itsTable, review };
	});

	// One customer must not block another test's.
	beforeEach(async () => {
		workflow = await testbed.example(FORM);
		[table] = await publishWithTables(testbed.api, workflow, TABLE);
	});

	afterEach(() => testbed.api.call('post', `/workflows/${workflow.id}/archive`));

	/** Returns the number of registrations that Progeny accepted. */
	const registrations = () =>
		testbed.sandbox.tasks.filter(({ service }) => service === 'register_face').length;

	/** Sends an application; returns the page that the applicant sees, the execution, and that of the review if there is one. */
	async function apply(
		{ email, name, born, selfie, passport }: Applicant,
		others: FormFields[] = [],
		published = workflow,
		form = FORM,
	) {
		const since = await executionsSince(testbed.api, published);
		const photos = (given: Given) => Promise.all([given].flat().map(photoOf));
		const fields: FormFields = [email, name, born, await photos(selfie), await photos(passport)];
		const { pages, isAsked, execution: application } = await visitForm(testbed, form, fields, ...others);
		const page = pages.at(-1)!;
		expect([application.status, application.data.resultData.error?.message]).toEqual([
			isAsked ? 'waiting' : 'success',
			undefined,
		]);
		const calls = async () => (await since()).filter(({ id }) => id !== application.id);
		const reviewIn = (all: Execution[]) =>
			all.find(({ data }) => itemsOf(data, 'Message for the Reviewer').length > 0);
		let started = await calls();
		// A review starts while the applicant is answered.
		const deadline = Date.now() + 60_000;
		while (itemsOf(application.data, 'Hand to the Reviewer').length > 0 && !reviewIn(started)) {
			const states = started.map(({ id, status, data }) => [id, status, data.resultData.error?.message]);
			if (Date.now() > deadline) throw new Error(`No review has started: ${JSON.stringify(states)}`);
			started = await calls();
		}
		const review = reviewIn(started);
		return { page, pages, isAsked, application, calls: started, review: review as Execution };
	}

	it('enrols an applicant who passes, once for each e-mail and each passport', async () => {
		const { page, application, calls } = await apply({ ...ANNA, email: ' Anna@Example.com ' });
		expect(page).toContain('Welcome');
		const { data } = application;
		expect(itemsOf(data, 'Verify Identity', 2)).toMatchObject([
			{ json: { verified: true, backgroundCheck: { potentialMatch: false } } },
		]);
		const [row, ...others] = await table.rows();
		expect(others).toEqual([]);
		expect(row).toMatchObject({
			email: 'anna@example.com',
			passport: expect.stringMatching(/^[0-9a-f]{64}$/),
			decision: 'pass',
			decidedBy: 'Progeny',
			uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
			problem: null,
		});
		expect(JSON.stringify(row)).not.toMatch(/eriksson|1974|X47312964/i);
		expect(calls.flatMap((call) => itemsOf(call.data, 'Register Face', 2))).toMatchObject([
			{ json: { uuid: row!.uuid } },
		]);

		const before = registrations();
		const again = { selfie: await registeredWomanAgain() };
		for (const change of [
			{ email: 'another@example.com', ...again },
			{ ...ERIKA, email: 'ANNA@example.com' },
		])
			expect((await apply({ ...ANNA, ...change })).page).toContain('You are a customer already');
		expect(registrations()).toBe(before);
		expect(await table.rows()).toEqual([row]);
	});

	it.each<[string, Partial<Applicant>, string]>([
		['the passport of another', { passport: 'passport-mustermann' }, 'We cannot'],
		['an expired passport', { passport: 'passport-eriksson-expired' }, 'has expired'],
		['a forged digit', { passport: 'passport-eriksson-wrong-digit' }, 'We cannot'],
		['the passport as the selfie', { selfie: 'passport-eriksson' }, 'one photo of your face'],
		['two passports', { passport: ['passport-eriksson', 'passport-mustermann'] }, 'one photo of your face'],
		['two selfies', { selfie: ['grace-hopper.jpg', 'eileen-collins.png'] }, 'one photo of your face'],
		['no passport', { passport: [] }, 'one photo of your face'],
		['no name', { name: ' ' }, 'Something is missing'],
		['no date of birth', { born: '' }, 'Something is missing'],
		['no e-mail address', { email: 'nobody' }, 'Something is missing'],
		['a spoof', { selfie: 'spoof' }, 'We cannot'],
		['a child', { passport: 'document-of-a-child' }, 'We cannot'],
		['a failed task', { passport: 'failure' }, 'could not be made'],
	])('turns down %s, and registers no face', async (_, change, words) => {
		const before = registrations();
		const { page, review } = await apply({ ...ANNA, ...change });
		expect(page).toContain(words);
		expect(review).toBeUndefined();
		expect(registrations()).toBe(before);
		expect(await table.rows()).toEqual([]);
	});

	it('asks for other photos if that may help, three times in all, and keeps what was typed', async () => {
		const small = 'face-too-small-a';
		const first = { ...ANNA, passport: small };
		const passport = specimen('passport-eriksson');
		const send = async (...selfies: string[]) => {
			const photos = await Promise.all(selfies.map(photoOf));
			return apply(
				first,
				photos.map((selfie) => [[selfie], [passport]]),
			);
		};
		const another = await send('grace-hopper.jpg');
		expect(another.page).toContain('We cannot');
		expect(another.isAsked).toBe(false);
		expect((await send(small, small)).pages).toEqual([
			expect.stringContaining('Come closer to the camera.'),
			expect.stringContaining('Come closer to the camera.'),
			expect.stringContaining('We cannot'),
		]);
		expect(await table.rows()).toEqual([]);
		expect((await send('eileen-collins.png')).page).toContain('Welcome');
		expect(await table.rows()).toMatchObject([{ email: 'anna@example.com', decision: 'pass' }]);
	});

	it('hands a hit to a reviewer, who approves or turns down', async () => {
		const before = registrations();
		const [first, second] = [await apply(VERA), await apply(VERA)];
		const { press } = await openReview(testbed.api, first.review);
		expect((await press('turn down')).data).toContain('Turned down');
		const refused = await testbed.api.finished(first.review.id);
		expect(itemsOf(refused.data, 'Turn Down after Review')).toMatchObject([
			{ json: { email: VERA.email, decidedBy: 'A. Reviewer' } },
		]);
		await press('approve');
		expect(registrations()).toBe(before);
		expect(await table.rows()).toEqual([]);

		const { data } = await (await openReview(testbed.api, second.review)).press('approve');
		expect(data).toContain('The customer is enrolled');
		expect(await table.rows()).toMatchObject([
			{ email: VERA.email, decision: 'approved', decidedBy: 'A. Reviewer', uuid: expect.any(String) },
		]);
		expect(registrations()).toBe(before + 1);
	});

	it.each<[string, Applicant, string, string]>([
		['a hit', VERA, 'POTENTIAL_MATCH', 'sanction'],
		['another name', { ...ANNA, name: 'Anna Smith' }, 'NAME_MISMATCH', 'ANNA MARIA ERIKSSON'],
		['another date of birth', { ...ANNA, born: '1974-08-13' }, 'DATE_OF_BIRTH_MISMATCH', '1974-08-12'],
		['an unreadable date', { ...ANNA, born: '<b>soon</b>' }, 'DATE_OF_BIRTH_UNKNOWN', 'X47312964'],
	])('shows %s to a reviewer before any enrolment', async (_, applicant, reason, shown) => {
		const { page: answer, review } = await apply(applicant);
		expect(answer).toContain('We will look at your application');
		const { page } = await openReview(testbed.api, review);
		expect(page).toContain(reason);
		expect(page).toContain(shown);
		expect(page.match(/data:image\/jpeg;base64,[\w/]/g)).toHaveLength(2);
		expect(page).not.toContain('<b>');
		expect(await table.rows()).toEqual([]);
	});

	it('enrols a person once if two reviews are approved', async () => {
		const before = registrations();
		const reviews = [await apply(VERA), await apply({ ...VERA, email: 'vera@example.net' })];
		const pages = await Promise.all(reviews.map(({ review }) => openReview(testbed.api, review)));
		const said = await Promise.all(pages.map(({ press }) => press('approve')));
		expect(said.filter(({ data }) => data.includes('The customer is enrolled'))).toHaveLength(1);
		expect(said.filter(({ data }) => data.includes('a customer already'))).toHaveLength(1);
		expect(registrations()).toBe(before + 1);
		expect(await table.rows()).toHaveLength(1);
	});

	it('does not let the applicant approve', async () => {
		const { page, application, review } = await apply(VERA);
		expect(page).not.toContain(new URL(linkIn(review)).searchParams.get('code')!);
		await expectNoWayIn(testbed, application, review);
		expect(await table.rows()).toEqual([]);
	});

	it('keeps the row of a registration with an unknown outcome, and does not register twice', async () => {
		const restore = testbed.sandbox.faults.add({ on: 'register_face', do: { status: 500 } });
		expect((await apply(ANNA)).page).toContain('We will look');
		restore();
		const [row] = await table.rows();
		expect(row).toMatchObject({ uuid: null, problem: '[OUTCOME_UNKNOWN]' });
		const before = registrations();
		expect((await apply(ANNA)).page).toContain('You are a customer already');
		expect(registrations()).toBe(before);
		expect(await table.rows()).toEqual([row]);
	});

	it('turns down an applicant whom no reviewer looked at in time', async () => {
		const { data } = await testbed.api.finished(soon.review.id, { withinMs: 100_000 });
		expect(itemsOf(data, 'Turn Down after Review')).toMatchObject([
			{ json: { decidedBy: 'no one in time' } },
		]);
		expect(await soon.table.rows()).toEqual([]);
	});
});
