import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { registeredWomanAgain, bundledPhoto, REGISTERED_PHOTO } from '../../demo/photos';
import { scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { server, USER_FOLDER } from './support/server';
import { faceItems, folderWorkflow, itemsOf, putFiles, START } from './support/workflows';

const PASSWORD = 'a-password-found-nowhere-else';
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

describe('what n8n stores of an execution', () => {
	const testbed = useTestbed({ password: PASSWORD });
	let photo: Buffer;

	beforeAll(async () => {
		// Mirrored, since the database holds the bundled photos: an agent's chat and a reviewer's page store them as text.
		photo = await sharp(bundledPhoto('grace-hopper.jpg').data).flop().jpeg().toBuffer();
	});

	/** Any run of 60 characters of the photo's base64 would do; one from the middle is not part of a header that photos share. */
	const pieceOf = (data: Buffer) => data.toString('base64').slice(4000, 4060);

	async function run(folder: string, more = {}) {
		const workflow = await testbed.workflow(folderWorkflow(folder, { options: { extendData: true } }, more));
		return testbed.api.finished(await testbed.api.run(workflow, START));
	}

	it('keeps the photo in files (filesystem mode), and the node reads it from there', async () => {
		const uuid = await testbed.sandbox.registerPhoto(bundledPhoto(REGISTERED_PHOTO).data);
		const { data } = await registeredWomanAgain();
		putFiles('stored-pass', { [`${uuid}.jpg`]: data });
		const execution = await run('stored-pass');

		expect(faceItems(execution)).toMatchObject([{ json: { authenticated: true, decision: 'pass', uuid } }]);
		const [file] = itemsOf(execution.data, 'Files');
		expect(String(file!.binary!.data!.id)).toMatch(/^filesystem/);
		expect(execution.stored).not.toContain(pieceOf(data));
		expect(execution.stored).not.toContain(PASSWORD);
		expect(execution.stored).not.toMatch(TOKEN);
	});

	it.each(['refused-400', 'face-not-found-a'])('holds no secret and no image after %s', async (scenario) => {
		putFiles('stored-other', { [`${scenarioUuid(scenario)}.jpg`]: photo });
		const execution = await run('stored-other');

		expect(execution.stored).toContain(scenarioUuid(scenario));
		expect(execution.stored).not.toContain(pieceOf(photo));
		expect(execution.stored).not.toContain(PASSWORD);
		expect(execution.stored).not.toMatch(TOKEN);
	});

	it('holds no secret after a login that was refused', async () => {
		await testbed.putAccount({ password: `${PASSWORD}-no-more` });
		const execution = await run('stored-other');
		await testbed.putAccount();

		expect(execution.data.resultData.error?.description).toContain('[LOGIN_REJECTED]');
		expect(execution.stored).not.toContain(PASSWORD);
	});

	it("is free of the password in the database and n8n's log too", () => {
		const database = ['database.sqlite', 'database.sqlite-wal']
			.map((file) => readFileSync(join(USER_FOLDER, '.n8n', file), 'latin1'))
			.join('');
		// The database's other content shows that the search works.
		expect(database).toContain(scenarioUuid('refused-400'));
		expect(database).not.toContain(PASSWORD);
		expect(database).not.toContain(pieceOf(photo));
		const log = readFileSync(server().logFile, 'utf8');
		expect(log).not.toContain(PASSWORD);
		expect(log).not.toMatch(TOKEN);
	});
});
