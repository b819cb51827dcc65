import { bundledPhoto } from '../../demo/photos';
import { scenarioPhoto, scenarioUuid } from '../../sandbox';
import { useTestbed } from './support/testbed';
import { CHAIN, chainWorkflow, PHOTOS } from './support/chain';
import { itemsOf, putFiles } from './support/workflows';

describe('the three nodes, one behind the other', () => {
	const testbed = useTestbed({ taskTime: { uniform: { min: 50, max: 900 } } });

	it('keep each photo with its person, and let only live faces on', async () => {
		putFiles('chain', {
			'a-hopper.jpg': bundledPhoto('grace-hopper.jpg').data,
			'b-cat.png': bundledPhoto('cat.png').data,
			'c-collins.png': bundledPhoto('eileen-collins.png').data,
			'd-spoof.png': await scenarioPhoto('spoof'),
			'e-contradiction.png': await scenarioPhoto('contradictory-issues'),
			'f-pass.png': await scenarioPhoto('pass'),
		});
		const workflow = await testbed.workflow(chainWorkflow('chain'));
		const { status, data } = await testbed.api.finished(await testbed.api.run(workflow, 'Start'));
		expect(status).toBe('success');

		const names = itemsOf(data, PHOTOS).map(({ json }) => String(json.fileName));
		const [liveness, register, authenticate] = CHAIN;
		const passed = names.filter((name) => /hopper|collins|pass/.test(name));
		const sent = (service: string) => testbed.sandbox.tasks.filter((task) => task.service === service).length;
		expect([0, 1, 2].map((output) => itemsOf(data, liveness, output).length)).toEqual([2, 1, 3]);
		expect([0, 1, 2].map((output) => itemsOf(data, register, output).length)).toEqual([0, 0, 3]);
		expect(['face_liveness', 'register_face', 'authenticate_face'].map(sent)).toEqual([6, 3, 3]);

		const registered = itemsOf(data, register, 2);
		const results = itemsOf(data, authenticate, 2);
		expect(new Set(registered.map(({ json }) => json.uuid)).size).toBe(3);
		expect(results.map(({ json }) => json.uuid)).toEqual(registered.map(({ json }) => json.uuid));
		const ofScenario = registered.findIndex(({ json }) => json.uuid === scenarioUuid('pass'));
		expect(passed[ofScenario]).toBe('f-pass.png');
		// Each face against its own registration: a mix-up would be another person.
		expect(results.map(({ json }) => json.authentication)).toEqual(
			Array(3).fill(expect.objectContaining({ result: true, scorePercent: 100 })),
		);
	});
});
