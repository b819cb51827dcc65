import { scenarioUuid } from '../../sandbox';
import { anyFile, sandboxForFile } from './support/client';

const v4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const client = sandboxForFile();

it('accepts a submit with 200 and one key, a version-4 UUID', async () => {
	const before = client.sandbox.submits();
	const fields = { image: anyFile(), uuid: scenarioUuid('pass'), extend_data: 'false' };
	const { status, json } = await client.submit('authenticate_face', fields);
	expect([status, json]).toEqual([200, { id: expect.stringMatching(v4) }]);
	expect(client.sandbox.submits()).toBe(before + 1);
	const task = { taskId: json.id, uuid: scenarioUuid('pass'), extendData: 'false' };
	expect(client.sandbox.tasks.at(-1)).toMatchObject(task);
});

it('checks a name and a date of birth, and records neither', async () => {
	const { json } = await client.run('background_check', { fullname: 'Vera Nemo', birth_date: '1969-7-3' });
	expect(json.result.data.background_check.risk_level).toBe('high');
	const recorded = JSON.stringify([client.sandbox.requests, (await client.send('/sandbox/overview')).json]);
	expect(recorded).not.toMatch(/nemo|1969/i);
});
