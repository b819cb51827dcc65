import { bundledPhoto, Photo, specimen } from '../../../demo/photos';
import { visitForm } from '../support/applicant';
import { useTestbed } from '../support/testbed';
import { DataTable, publishWithTables } from '../support/dataTable';
import { scenarioPhoto } from '../support/scenarioPhoto';

describe('the example read-passport', () => {
	const testbed = useTestbed();
	let read: DataTable;
	let toCheck: DataTable;

	beforeAll(async () => {
		[read, toCheck] = await publishWithTables(
			testbed.api,
			await testbed.example('read-passport'),
			'progeny_passports',
			'progeny_documents_to_check',
		);
	});

	/** Sends photos through the form; returns the page at the end. */
	async function send(photos: Photo[]): Promise<string> {
		const { pages, execution } = await visitForm(testbed, 'read-passport', [photos]);
		expect([execution.status, execution.data.resultData.error?.message]).toEqual(['success', undefined]);
		return pages[0]!;
	}

	it('puts what was read into one table, and everything else into another', async () => {
		const page = await send([
			specimen('passport-eriksson'),
			specimen('passport-eriksson-expired'),
			specimen('passport-eriksson-wrong-digit'),
			await scenarioPhoto('document-expires-soon'),
			bundledPhoto('cat.png'),
			{ name: 'notes.png', type: 'image/png', data: Buffer.from('no photo') },
		]);
		expect(await read.rows()).toMatchObject([
			{
				fullName: 'ANNA MARIA ERIKSSON',
				dateOfBirth: '1974-08-12',
				sex: 'F',
				documentNumber: 'X47312964',
				dateOfExpiry: '2034-04-15',
				file: 'passport-eriksson.png',
			},
		]);
		const rows = (await toCheck.rows()).map(({ file, decision, reasons }) => [file, decision, reasons]);
		expect(new Set(rows)).toEqual(
			new Set([
				['passport-eriksson-expired.png', 'fail', 'DOCUMENT_EXPIRED'],
				['passport-eriksson-wrong-digit.png', 'fail', 'DOCUMENT_INVALID'],
				['document-expires-soon.png', 'review', 'EXPIRES_SOON'],
				['cat.png', 'fail', expect.stringContaining('DOCUMENT_NOT_READ')],
				['notes.png', 'not checked', 'UNSUPPORTED_IMAGE'],
			]),
		);
		expect(page).toContain('passport-eriksson.png: read');
		for (const [file, , reasons] of rows) expect(page).toContain(`${file}: to look at (${reasons})`);
		expect(page).not.toMatch(/ERIKSSON|X47312964|DOE/);
	});

	it('makes a row of a single passport, and no other', async () => {
		const before = (await toCheck.rows()).length;
		expect(await send([specimen('passport-mustermann')])).toContain('passport-mustermann.png: read');
		expect((await read.rows()).at(-1)).toMatchObject({ fullName: 'ERIKA MUSTERMANN' });
		expect(await toCheck.rows()).toHaveLength(before);
	});
});
