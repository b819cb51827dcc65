import { PENDING, jwt, taskId } from './support/answers';
import { CONTINUE, codeIn, failed } from './support/check';
import { fileItem, photos, tinyJpeg } from './support/items';
import { check, fakeProgeny, useProgeny, type Check } from './support/progeny';
import { SERVICES } from './support/services';

useProgeny();

interface Row {
	setup?: Check;
	/** Progeny's behavior; if absent, nothing is sent to it. */
	progeny?: Parameters<typeof fakeProgeny>[0];
	taskId?: string;
	/** True if a face may have been registered all the same. */
	mayBeRegistered?: true;
}

const file = (bytes: Buffer): Row => ({ setup: { items: [fileItem(bytes)] } });
const tooLarge = Buffer.concat([tinyJpeg(), Buffer.alloc(20 << 20)]);
const upload = (status: number, body: unknown): Row => ({
	progeny: { submit: () => [status, body] },
	...(status === 500 && { mayBeRegistered: true }),
});
const CRASHED = { exc_type: 'ConnectionError', exc_message: ['provider gone'], exc_module: 'x' };
const crash: Row = {
	progeny: { task: () => [200, { status: 'FAILURE', result: CRASHED }] },
	taskId: taskId(0),
	mayBeRegistered: true,
};
const lockedOut: Row = {
	progeny: {
		login: (n) => (n === 0 ? [200, { access: jwt(300) }] : [403, {}]),
		task: () => [401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }],
	},
	taskId: taskId(0),
};
const noReceipt: Row = { setup: { operation: 'getResult', parameters: { receipt: ' ' } } };

/** One of each kind; the fault matrix has what a server may do, the unit tests have what each message says. */
const ROWS: Array<[what: string, code: string, message: RegExp, remedy: RegExp, row: Row]> = [
	['no UUID', 'INVALID_UUID', /empty/, /registered/, { setup: { parameters: { uuid: '={{ $json.x }}' } } }],
	['no file', 'NO_IMAGE', /data/, /This item has no file/, { setup: { items: [{ json: {} }] } }],
	['an empty file', 'EMPTY_IMAGE', /0 bytes/, /Check/, file(Buffer.alloc(0))],
	['a GIF', 'UNSUPPORTED_IMAGE', /a GIF image/, /JPEG and PNG/, file(Buffer.from('GIF89a\x01\0\x01\0'))],
	['over 20 MB', 'IMAGE_TOO_LARGE', /20\.0 MB/, /smaller/, file(tooLarge)],
	['no receipt', 'INVALID_RECEIPT', /empty/, /Submit/, noReceipt],
	['a refusal', 'SUBMIT_REJECTED', /: field: No\./, /Nothing was submitted/, upload(400, { field: ['No.'] })],
	['a server fault', 'OUTCOME_UNKNOWN', /HTTP 500/, /not resent/, upload(500, '<html>')],
	['a login refused after the upload', 'FORBIDDEN', /not allow/, /Receipt \S+ Ask Progeny/, lockedOut],
	['a task that failed', 'TASK_FAILED', /FAILURE.*ConnectionError: provider gone/, /no result/, crash],
];

/** The words of a failure of a service that leaves a record with Progeny. */
const MAY_BE_REGISTERED = ' A face may have been registered under a UUID that is not known here.';

const cases = (['authenticateFace', 'registerFace'] as const).flatMap((node) =>
	ROWS.filter(([, , , , row]) => node === 'authenticateFace' || row.mayBeRegistered).map(
		(row) => [node, ...row] as const,
	),
);

test.each(cases)(
	'%s: %s is %s, with a sentence, a remedy and its item',
	async (node, _, code, message, remedy, row) => {
		const traffic = fakeProgeny(row.progeny);
		const { status, error, outputs } = await check({ node, ...row.setup });
		expect([status, outputs.flat(), codeIn(error!.description)]).toEqual(['error', [], code]);
		expect(error!.message).toMatch(message);
		expect(error!.description).toMatch(remedy);
		expect(error!.description).toContain(row.taskId ?? '');
		expect(error!.context).toMatchObject({ itemIndex: 0 });
		expect(traffic.submits).toHaveLength(row.progeny ? 1 : 0);
		expect(traffic.logins.length > 0).toBe(row.progeny !== undefined);

		fakeProgeny(row.progeny);
		const continued = await check({ node, ...row.setup, settings: CONTINUE });
		expect(continued.outputs).toEqual([[{ json: failed(code), pairedItem: 0 }]]);
		const [json] = continued.json;
		expect(json.error).toMatch(message);
		for (const text of [error!.description, json.message])
			expect(String(text).endsWith(MAY_BE_REGISTERED)).toBe(
				node === 'registerFace' && row.mayBeRegistered === true,
			);
	},
);

test('the first item in order is reported, even if a later one fails sooner, and no other one is awaited', async () => {
	fakeProgeny({
		submit: (n) => (n === 2 ? [400, { image: ['no'] }] : [200, { id: taskId(n) }]),
		task: (_, id) => (id === taskId(0) ? [200, { status: 'FAILURE' }] : [200, PENDING]),
	});
	const { error, tookMs } = await check({ items: photos(3), options: { timeout: 60 } });
	expect([error!.context!.itemIndex, codeIn(error!.description)]).toEqual([0, 'TASK_FAILED']);
	expect(tookMs).toBeLessThan(4000);
});

test('if an expression fails for the first item, it alone fails: no item passes unchecked', async () => {
	fakeProgeny();
	const [photo, another] = photos(2);
	const { json } = await check({
		items: [photo, { ...another, json: { limits: { faces: 2 } } }],
		options: { concurrency: '={{ $json.limits ? 2 : $("Nowhere").item.json.faces }}' },
		settings: CONTINUE,
	});
	const { output } = SERVICES.authenticateFace.good;
	expect(json).toEqual([{ error: expect.any(String) }, expect.objectContaining(output)]);
});
