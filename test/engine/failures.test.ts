import { PENDING, jwt, taskId } from './support/answers';
import { CONTINUE, codeIn, failed } from './support/check';
import { fileItem, photos, tinyJpeg } from './support/items';
import { ACCOUNT, TASK_ID, check, fakeProgeny, useProgeny, type Check } from './support/progeny';
import { SOME_NODES } from './support/services';

useProgeny();

interface Row {
	setup?: Check;
	/** Progeny's behavior; if absent, nothing is sent to it. */
	progeny?: Parameters<typeof fakeProgeny>[0];
	uploads?: number;
	taskId?: string;
	/** True if a face may have been registered all the same. */
	mayBeRegistered?: true;
}

const CHALLENGE =
	'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>';
const file = (bytes: Buffer, field = 'data'): Row => ({ setup: { items: [fileItem(bytes, {}, field)] } });
const upload = (...answer: [status: number, body: unknown, headers?: Record<string, string>]) => ({
	progeny: { submit: () => answer },
});
const task = (...answer: [status: number, body: unknown]) => ({ progeny: { task: () => answer } });
const uuid = (value: string): Row => ({ setup: { parameters: { uuid: value } } });
const NO_FILE = { field: ['This field is required.'] };
const NOT_VALID = { detail: 'Given token not valid for any token type', code: 'token_not_valid' };
const THROTTLED = { detail: 'Request was throttled. Expected available in 0 seconds.' };
const CRASHED = { exc_type: 'ConnectionError', exc_message: ['provider gone'], exc_module: 'x' };

const ROWS: Array<[what: string, code: string, message: RegExp, remedy: RegExp, row: Row]> = [
	['an invalid UUID', 'INVALID_UUID', /UUID.*Jane Doe/, /registered/, uuid('Jane Doe')],
	['no UUID', 'INVALID_UUID', /empty/, /registered/, uuid('={{ $json.uuid }}')],
	['another field', 'NO_IMAGE', /no binary field called data/, /selfie/, file(tinyJpeg(), 'selfie')],
	['no files', 'NO_IMAGE', /data/, /This item has no file/, { setup: { items: [{ json: {} }] } }],
	['an empty file', 'EMPTY_IMAGE', /0 bytes/, /Check/, file(Buffer.alloc(0))],
	['a GIF', 'UNSUPPORTED_IMAGE', /a GIF image/, /JPEG and PNG/, file(Buffer.from('GIF89a\x01\0\x01\0'))],
	['half a JPEG', 'UNSUPPORTED_IMAGE', /cut off/, /damaged or/, file(tinyJpeg().subarray(0, 10))],
	[
		'over 20 MB',
		'IMAGE_TOO_LARGE',
		/20\.0 MB/,
		/smaller/,
		file(Buffer.concat([tinyJpeg(), Buffer.alloc(20 << 20)])),
	],
	['a photo too large for the server', 'IMAGE_TOO_LARGE', /size/, /smaller/, upload(413, '<html>')],
	[
		'field messages',
		'SUBMIT_REJECTED',
		/field: This field is required\./,
		/Nothing was submitted/,
		upload(400, NO_FILE),
	],
	[
		'a token that is refused again and again',
		'LOGIN_REJECTED',
		/own access token.*Given token not valid/,
		/account is active/,
		{ ...upload(401, NOT_VALID), uploads: 3 },
	],
	[
		'a service that the account lacks',
		'FORBIDDEN',
		/No permission/,
		/enable/,
		upload(403, { detail: 'No permission.' }),
	],
	[
		'too many requests',
		'RATE_LIMITED',
		/rate-limiting requests/,
		/Max Concurrent Items/,
		{ ...upload(429, THROTTLED, { 'Retry-After': '0' }), uploads: 10 },
	],
	[
		'a server that is not there',
		'UNREACHABLE',
		/refused/,
		/Base URL/,
		{ setup: { account: { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9/api/v3' } } },
	],
	['a bot check', 'BAD_RESPONSE', /web page.*403/, /Nothing was submitted.*firewall/, upload(403, CHALLENGE)],
	[
		'an upload answered without a task ID',
		'BAD_RESPONSE',
		/instead of a task ID/,
		/not resent/,
		{ ...upload(200, { ok: true }), mayBeRegistered: true },
	],
	[
		'an upload answered with a server fault',
		'OUTCOME_UNKNOWN',
		/HTTP 500/,
		/not resent/,
		{ ...upload(500, '<html>'), mayBeRegistered: true },
	],
	[
		'a login refused after the upload, which was submitted',
		'FORBIDDEN',
		/not allow this account to log in/,
		/^\[FORBIDDEN\] Task ID \S+ Receipt \S+ Ask Progeny to unlock/,
		{
			progeny: {
				login: (n) => (n === 0 ? [200, { access: jwt(300) }] : [403, {}]),
				task: () => [401, NOT_VALID],
			},
			taskId: taskId(0),
		},
	],
	[
		'a task that failed',
		'TASK_FAILED',
		/FAILURE.*ConnectionError: provider gone/,
		/no result/,
		{ ...task(200, { status: 'FAILURE', result: CRASHED }), taskId: taskId(0), mayBeRegistered: true },
	],
	[
		'a task that is never known',
		'TIMED_OUT',
		/did not show the task yet/,
		/backlog/,
		{ ...task(404, { detail: 'Not found.' }), setup: { options: { timeout: 1 } }, taskId: taskId(0) },
	],
	[
		'an empty receipt',
		'INVALID_RECEIPT',
		/empty/,
		/Submit/,
		{ setup: { operation: 'getResult', parameters: { receipt: ' ' } } },
	],
	[
		'a task that does not end in time',
		'TIMED_OUT',
		/within 1 second; Progeny said last: PENDING$/,
		/Get Task Result/,
		{
			...task(200, PENDING),
			setup: { operation: 'getResult', parameters: { receipt: TASK_ID }, options: { timeout: 1 } },
			taskId: TASK_ID,
			uploads: 0,
		},
	],
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
		expect(traffic.submits).toHaveLength(row.uploads ?? (row.progeny ? 1 : 0));
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

describe.each(SOME_NODES)('%s, if one item of several fails', (node, { good }) => {
	const [photo, another] = photos(2);

	test('the run ends with that item, starts no other, and returns nothing', async () => {
		const traffic = fakeProgeny();
		const { error, outputs } = await check({
			node,
			items: [photo, { json: {} }, another],
			options: { concurrency: 1 },
		});
		expect([error!.context, outputs]).toEqual([expect.objectContaining({ itemIndex: 1 }), []]);
		expect(traffic.submits).toHaveLength(1);
	});

	test('the first in order is reported, even if a later one fails sooner, and no other one is awaited', async () => {
		fakeProgeny({
			submit: (n) => (n === 2 ? [400, { image: ['no'] }] : [200, { id: taskId(n) }]),
			task: (_, id) => (id === taskId(0) ? [200, { status: 'FAILURE' }] : [200, PENDING]),
		});
		const { error, tookMs } = await check({ node, items: photos(3), options: { timeout: 60 } });
		expect([error!.context!.itemIndex, codeIn(error!.description)]).toEqual([0, 'TASK_FAILED']);
		expect(tookMs).toBeLessThan(4000);
	});

	test('because an expression fails for the first one, it alone fails: no item passes unchecked', async () => {
		fakeProgeny();
		const { json } = await check({
			node,
			items: [photo, { ...another, json: { limits: { faces: 2 } } }],
			options: { concurrency: '={{ $json.limits ? 2 : $("Nowhere").item.json.faces }}' },
			settings: CONTINUE,
		});
		expect(json).toEqual([{ error: expect.any(String) }, expect.objectContaining(good.output)]);
	});
});
