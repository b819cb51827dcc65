import { runNode, type NodeName, type Setup } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, PENDING, TASK_ID, fakeProgeny, taskId, useNock } from './support/progeny';
import { SERVICES } from './support/services';
import { useVirtualTime } from './support/virtualTime';

useNock();
useVirtualTime();

interface Row {
	progeny?: Parameters<typeof fakeProgeny>[0];
	setup?: Partial<Setup>;
	code: string;
	message: RegExp;
	remedy: RegExp;
	taskId?: string;
	submits?: number;
	logins?: number;
	/** Whether a face may have been registered all the same. */
	permanentRecordWarning?: true;
}

const CHALLENGE =
	'<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>';
const gif = Buffer.from('GIF89a\x01\0\x01\0', 'latin1');
const refused = () => ({
	progeny: undefined,
	setup: { account: { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9/api/v3' } },
});

/** What can be wrong with a UUID. */
const uuidRows: Record<string, Row> = {
	'an invalid UUID': {
		setup: { parameters: { uuid: 'Jane Doe' } },
		code: 'INVALID_UUID',
		message: /UUID.*Jane Doe/,
		remedy: /registered/,
		logins: 0,
	},
	'no UUID': {
		setup: { parameters: { uuid: '={{ $json.uuid }}' } },
		code: 'INVALID_UUID',
		message: /empty/,
		remedy: /registered/,
		logins: 0,
	},
};

/** What can be wrong with a photo. */
const photoRows: Record<string, Row> = {
	'a binary field that the item does not have': {
		setup: { items: [fileItem(tinyJpeg(), {}, 'selfie')] },
		code: 'NO_IMAGE',
		message: /no binary field called data/,
		remedy: /selfie/,
		logins: 0,
	},
	'an item without files': {
		setup: { items: [{ json: {} }] },
		code: 'NO_IMAGE',
		message: /data/,
		remedy: /This item has no file/,
		logins: 0,
	},
	'an empty file': {
		setup: { items: [fileItem(Buffer.alloc(0))] },
		code: 'EMPTY_IMAGE',
		message: /0 bytes/,
		remedy: /Check/,
		logins: 0,
	},
	'a GIF': {
		setup: { items: [fileItem(gif)] },
		code: 'UNSUPPORTED_IMAGE',
		message: /a GIF image/,
		remedy: /JPEG and PNG/,
		logins: 0,
	},
	'a truncated JPEG': {
		setup: { items: [fileItem(tinyJpeg().subarray(0, 10))] },
		code: 'UNSUPPORTED_IMAGE',
		message: /cut off/,
		remedy: /is damaged or incomplete/,
		logins: 0,
	},
	'a photo of more than 20 MB': {
		setup: { items: [fileItem(Buffer.concat([tinyJpeg(), Buffer.alloc(20 * 1024 * 1024)]))] },
		code: 'IMAGE_TOO_LARGE',
		message: /20\.0 MB/,
		remedy: /smaller/,
		logins: 0,
	},
	'a photo that the server refuses as too large': {
		progeny: { submit: () => [413, '<html>'] },
		code: 'IMAGE_TOO_LARGE',
		message: /size/,
		remedy: /smaller/,
	},
};

const rows: Record<string, Row> = {
	"Progeny's 400 with its field messages": {
		progeny: {
			submit: () => [
				400,
				{
					image: ['The submitted data was not a file. Check the encoding type on the form.'],
					uuid: ['This field is required.'],
				},
			],
		},
		code: 'SUBMIT_REJECTED',
		message: /image: The submitted data was not a file.*uuid: This field is required\./,
		remedy: /Progeny took nothing/,
		submits: 1,
	},
	'a token that is refused again and again': {
		progeny: {
			submit: () => [401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }],
		},
		code: 'LOGIN_REJECTED',
		message: /own access token.*Given token not valid/,
		remedy: /account is active/,
		logins: 2,
	},
	'a service that the account does not have': {
		progeny: { submit: () => [403, { detail: 'You do not have permission to perform this action.' }] },
		code: 'FORBIDDEN',
		message: /You do not have permission/,
		remedy: /enable/,
		submits: 1,
	},
	'too many requests': {
		progeny: {
			submit: () => [
				429,
				{ detail: 'Request was throttled. Expected available in 0 seconds.' },
				{ 'Retry-After': '0' },
			],
		},
		code: 'RATE_LIMITED',
		message: /rate-limiting requests/,
		remedy: /Max Concurrent Items/,
		submits: 10,
	},
	'a server that is not there': { ...refused(), code: 'UNREACHABLE', message: /refused/, remedy: /Base URL/ },
	'a bot check before the upload': {
		progeny: { submit: () => [403, CHALLENGE] },
		code: 'BAD_RESPONSE',
		message: /web page.*403/,
		remedy: /took nothing.*firewall/,
		submits: 1,
	},
	'an upload answered without a task ID': {
		progeny: { submit: () => [200, { ok: true }] },
		code: 'BAD_RESPONSE',
		message: /instead of a task ID/,
		remedy: /not sent again/,
		submits: 1,
		permanentRecordWarning: true,
	},
	'an upload answered with a server fault': {
		progeny: { submit: () => [500, '<html>'] },
		code: 'OUTCOME_UNKNOWN',
		message: /HTTP 500/,
		remedy: /not sent again/,
		submits: 1,
		permanentRecordWarning: true,
	},
	'a job that failed': {
		progeny: {
			task: () => [
				200,
				{
					id: 2191,
					status: 'FAILURE',
					result: { exc_type: 'ConnectionError', exc_message: ['provider gone'], exc_module: 'x' },
				},
			],
		},
		code: 'TASK_FAILED',
		message: /FAILURE.*ConnectionError: provider gone/,
		remedy: /no result/,
		taskId: taskId(0),
		permanentRecordWarning: true,
	},
	'a task that is never known': {
		progeny: { task: () => [404, { detail: 'Not found.' }] },
		setup: { parameters: { options: { timeout: 1 } } },
		code: 'TIMED_OUT',
		message: /did not show the task yet/,
		remedy: /backlog/,
		taskId: taskId(0),
	},
	'an empty receipt': {
		setup: { parameters: { operation: 'getResult', receipt: ' ' } },
		code: 'INVALID_RECEIPT',
		message: /empty/,
		remedy: /Submit/,
		logins: 0,
	},
	'a task that does not end in time': {
		progeny: { task: () => [200, PENDING] },
		setup: { parameters: { operation: 'getResult', receipt: TASK_ID, options: { timeout: 1 } } },
		code: 'TIMED_OUT',
		message: /within 1 second; Progeny said last: PENDING$/,
		remedy: /Get Task Result/,
		taskId: TASK_ID,
	},
};

/** What a failure says of a service that leaves a record with Progeny. */
const LEFT = 'A face may have been registered under a UUID that is not known here.';

const all = { ...uuidRows, ...photoRows, ...rows };
const cases: Array<[NodeName, string, Row]> = [
	...Object.entries(all).map(([name, row]): [NodeName, string, Row] => ['authenticateFace', name, row]),
	...Object.entries(rows)
		.filter(([, { permanentRecordWarning }]) => permanentRecordWarning)
		.map(([name, row]): [NodeName, string, Row] => ['registerFace', name, row]),
];

describe.each(cases)('%s: %s', (node, _, row) => {
	const { inputs } = SERVICES[node];
	const setup: Setup = { node, account: ACCOUNT, items: [fileItem(tinyJpeg())], ...row.setup };
	const parameters = { ...inputs, ...setup.parameters };
	const start = () => fakeProgeny(row.progeny);
	const saysLeft = node === 'registerFace' && row.permanentRecordWarning === true;

	test(`ends the run with ${row.code}, a sentence, a remedy and the item`, async () => {
		const traffic = start();
		const { status, error, outputs } = await runNode({ ...setup, parameters });
		expect(status).toBe('error');
		expect(error!.message).toMatch(row.message);
		expect(error!.description).toMatch(new RegExp(`^\\[${row.code}\\] `));
		expect(error!.description).toMatch(row.remedy);
		expect(error!.description).toContain(row.taskId ?? '');
		expect(error!.description!.endsWith(` ${LEFT}`)).toBe(saysLeft);
		expect(error!.context).toMatchObject({ itemIndex: 0 });
		expect(outputs.flat()).toEqual([]);
		const { submits = traffic.submits.length, logins = traffic.logins.length } = row;
		expect([traffic.submits.length, traffic.logins.length]).toEqual([submits, logins]);
	});

	test('returns { error, message } and nothing else if the node continues', async () => {
		start();
		const { status, outputs } = await runNode({
			...setup,
			parameters,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(status).toBe('success');
		expect(outputs[0]).toEqual([
			{
				json: {
					error: expect.stringMatching(row.message),
					message: expect.stringMatching(`^\\[${row.code}\\] `),
				},
				pairedItem: 0,
			},
		]);
		expect(String(outputs[0][0].json.message).endsWith(` ${LEFT}`)).toBe(saysLeft);
	});
});
