import type { WorkflowFile } from '../../../demo/api';
import { showPage, submitForm } from '../../../demo/form';
import { formUrl } from '../../../demo/mainExample';
import { bundledPhoto, Photo } from '../../../demo/photos';
import { Bench, openTestbed } from '../support/bench';
import { scenarioPhoto } from '../support/scenarioPhoto';
import { itemsOf } from '../support/workflows';

const BRANCHES = ['Say What to Do', 'Ask a Person', 'Let Through'];
const NOTE: Photo = { name: 'note.png', type: 'image/png', data: Buffer.from('no picture at all') };

/** The example waits two minutes for a result; here, four seconds. */
function inAHurry(file: WorkflowFile): void {
	const face = file.nodes.find(({ name }) => name === 'Face Liveness')!;
	(face.parameters.options as { timeout?: number }).timeout = 4;
}

describe('the example liveness-gate', () => {
	let bench: Bench;

	beforeAll(async () => {
		bench = await openTestbed();
		// Loads the face models, which would take a good part of the timeout.
		await bench.sandbox.registerPhoto(bundledPhoto('grace-hopper.jpg').data);
		await bench.api.activate(await bench.example('liveness-gate', inAHurry));
	});

	afterAll(() => bench.close());

	/** Sends a photo through the form; gives the branches that it took, what they put out, and the page that the sender sees. */
	async function send(photo: Photo) {
		const { next, executionId } = await submitForm(formUrl(bench.origin, 'liveness-gate'), [[photo]]);
		await bench.api.finished(executionId!, { also: ['waiting'] });
		const page = await showPage(next!);
		const { status, data } = await bench.api.finished(executionId!);
		const taken = BRANCHES.filter((name) => itemsOf(data, name).length > 0);
		return { status, page, taken, items: taken.flatMap((name) => itemsOf(data, name)) };
	}

	it.each<[string, () => Photo | Promise<Photo>, string, string]>([
		['a live face', () => bundledPhoto('grace-hopper.jpg'), 'Let Through', 'Go on with the next step.'],
		['one below the minimum', () => scenarioPhoto('low-liveness'), 'Ask a Person', 'look at your photo'],
		['a contradiction', () => scenarioPhoto('contradictory-issues'), 'Ask a Person', 'look at your photo'],
		['a cat', () => bundledPhoto('cat.png'), 'Say What to Do', 'Look straight into the camera.'],
		['a small face', () => scenarioPhoto('face-too-small-a'), 'Say What to Do', 'Come closer to the camera.'],
		['a spoof', () => scenarioPhoto('spoof'), 'Say What to Do', 'This photo was not accepted.'],
		['no picture', () => NOTE, 'Say What to Do', 'Choose a JPEG or PNG photo.'],
		[
			'a failed job',
			() => scenarioPhoto('failure'),
			'Say What to Do',
			'The check could not be made just now.',
		],
	])('sends %s one way, and answers', async (_, photo, branch, words) => {
		const { status, taken, page } = await send(await photo());
		expect({ status, taken }).toEqual({ status: 'success', taken: [branch] });
		expect(page).toContain(words);
	});

	it('asks a person where no result came in time, and tells the task', async () => {
		const { taken, items } = await send(await scenarioPhoto('never'));
		expect(taken).toEqual(['Ask a Person']);
		expect(items[0]!.json).toMatchObject({
			why: 'TIMED_OUT',
			taskId: bench.sandbox.tasks.at(-1)!.taskId,
		});
	});
});
