import { runNode, type Setup } from '../support/engine';
import { fileItem, tinyJpeg } from '../support/items';
import { ACCOUNT, fakeProgeny, useNock } from '../support/progeny';
import { NODES, type Service } from '../support/services';
import { useVirtualTime } from '../support/virtualTime';
import { FAIL, PASS, REVIEW, saysYes } from './attack';
import { dealt } from '../../support/thorough';

useNock();
useVirtualTime();

type Good = Service['good']['answer'];
type Place = typeof FAIL | typeof REVIEW;

const withResult = (good: Good, change: object) => ({ ...good, result: { ...good.result, ...change } });
const withData = (good: Good, change: object) =>
	withResult(good, { data: { ...good.result.data, ...change } });

/** What Progeny may answer, and where that goes. Every combination is in the unit tests of the decision. */
const ANSWERS: Array<[string, (good: Good) => [status: number, body: unknown], Place]> = [
	['a yes under HTTP 400', (good) => [400, good], REVIEW],
	['a yes beside a failure status', (good) => [200, withResult(good, { status: 500 })], REVIEW],
	['a yes beside an error', (good) => [200, withResult(good, { error: 'Spoof detected' })], REVIEW],
	[
		'a yes beside an issue',
		(good) => [200, withData(good, { issues: { liveness: { SPOOF: 'x' } } })],
		REVIEW,
	],
	['a liveness check that is text', (good) => [200, withData(good, { liveness: { result: 'true' } })], FAIL],
	['a liveness check that is 1', (good) => [200, withData(good, { liveness: { result: 1 } })], FAIL],
	['no data', (good) => [200, withResult(good, { data: null })], FAIL],
	['a list', (good) => [200, withResult(good, { data: [good.result.data] })], FAIL],
	['no result', (good) => [200, { ...good, result: true }], FAIL],
	['a job that failed', (good) => [200, { ...good, status: 'FAILURE' }], FAIL],
	['a state in lower case, until the timeout', (good) => [200, { ...good, status: 'success' }], FAIL],
	['an array around the task, until the timeout', (good) => [200, [good]], FAIL],
	['text', (good) => [200, `<html>${JSON.stringify(good)}</html>`], FAIL],
	['a yes under HTTP 404, until the timeout', (good) => [404, good], FAIL],
	['a yes under HTTP 500, until the timeout', (good) => [500, good], FAIL],
	['a yes under HTTP 302', (good) => [302, good], FAIL],
];

describe.each(NODES)('%s: what is no unambiguous yes does not pass', (node, { inputs, good }) => {
	const setup: Setup = {
		node,
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: { ...inputs, options: { routeByDecision: true, timeout: 20 } },
		settings: { onError: 'continueRegularOutput' },
		outputs: 3,
	};

	/** Where nobody asks for liveness, a check of it that did not pass contradicts the rest. */
	const asksForLiveness = node !== 'readDocument' && node !== 'backgroundCheck';

	test.each(dealt(node, ANSWERS))('%s', async (what, answer, place) => {
		fakeProgeny({ task: () => answer(good.answer) });
		const { arrived } = await runNode(setup);
		const isReview = place === REVIEW || (!asksForLiveness && what.startsWith('a liveness check'));
		const expected = isReview ? REVIEW : place;
		expect(arrived.map((items) => items.length)).toEqual(
			[FAIL, REVIEW, PASS].map((at) => Number(at === expected)),
		);
		expect(arrived.flat().filter(saysYes)).toEqual([]);
	});

	test('a stopped execution gives nothing', async () => {
		let stop = () => {};
		fakeProgeny({
			task: () => {
				stop();
				return [200, good.answer];
			},
		});
		const { arrived, outputs } = await runNode({ ...setup, onStarted: (end) => (stop = end) });
		expect([outputs.flat(), arrived.flat()]).toEqual([[], []]);
	});
});
