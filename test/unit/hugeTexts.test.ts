import type { IExecuteFunctions } from 'n8n-workflow';
import { Script } from 'node:vm';
import { authenticateFace } from '../../nodes/AuthenticateFace/service';
import { backgroundCheck } from '../../nodes/BackgroundCheck/service';
import { readParameters, readRequestedTask } from '../../nodes/shared/item/parameters';
import { ExecutionMemory } from '../../nodes/shared/item/submissionMemory';
import { findFile } from '../../nodes/shared/photo/findFile';
import { checkedBaseUrl } from '../../nodes/shared/progeny/endpoints';
import { redactorOf } from '../../nodes/shared/progeny/redact';
import { retryAfterMs } from '../../nodes/shared/progeny/reply';
import { serverText } from '../../nodes/shared/progeny/serverText';
import { abridged } from '../../nodes/shared/result/abridge';
import { pollOutcome, submitOutcome } from '../../nodes/shared/task/outcomes';
import { verifyReceipt } from '../../nodes/shared/task/receipt';
import { quote, quoteName } from '../../nodes/shared/util/quote';
import { taskId } from '../engine/support/answers';
import { thrownBy } from '../support/thrown';
import { JUDGES, PLAIN, task } from './judges';

/** Characters. A pattern or a walk that is not linear takes minutes for so many; one that is takes milliseconds. */
const MANY = 200_000;
const GENEROUS_MS = 30_000;

/** Returns a run of each unit between two letters; at an end it would simply be cut off. */
const hugeOf = (units: string[]) =>
	units.map((unit): [string, string] => [JSON.stringify(unit), `a${unit.repeat(MANY / unit.length)}b`]);
/** Texts that the patterns for answers look for. */
const HUGE = hugeOf([' ', '/', 'a', '0a,', '%20', 'eyJ-', 'data:a/', 'a\u0301']);
const MORE = hugeOf(['\u2800', '=', 'aB3', '{', '<', '𝐉']);

/** Face Liveness and Read Document read nothing that these don't read, too. */
const { authenticateFace: face, registerFace, verifyIdentity, backgroundCheck: background } = JUDGES;

/** Ends the work, also within a pattern, once it has taken far too long. */
const expectToEnd = (work: () => void) =>
	new Script('work()').runInNewContext({ work }, { timeout: GENEROUS_MS });

const attempt = (work: () => unknown) => {
	try {
		work();
	} catch {
		// Refusing it is an answer as good as any.
	}
};

const values = (text: string) => ({ parameter: () => text, option: () => text, timeZone: () => text });
const SIGNER = { key: 'k', baseUrl: 'https://example.com', username: 'u' };
const redact = redactorOf(['hunter2-hunter2', 'a1', '/'.repeat(50)]);

test.each([...HUGE, ...MORE])('%s repeated in any text is read in time', (_, text) => {
	const named = { ...values(text), parameter: (name: string) => (name === 'fullName' ? 'Jane Doe' : text) };
	const works = [
		() => authenticateFace.call(values(text)),
		() => backgroundCheck.call(values(text)),
		() => backgroundCheck.call(named),
		() => readParameters(values(text), { minimums: ['minMatchPercent'], hasProviderData: true }),
		() => readRequestedTask(values(text)),
		() => verifyReceipt(SIGNER, `pgr1.${text}`, { path: '/', fields: {}, reference: undefined }),
		() => checkedBaseUrl(text),
		() => checkedBaseUrl(`https://example.com/${text}`),
		() => quote(text),
		() => quoteName(text),
		() => retryAfterMs({ retryAfter: text }, 0),
	];
	expectToEnd(() => works.forEach(attempt));
});

test.each(HUGE)('%s repeated in an answer is read in time', (_, text) => {
	const inPlaceOf = (_: string, value: unknown) => (typeof value === 'object' && value ? value : text);
	const body = redact(text);
	expectToEnd(() => {
		attempt(() => serverText({ detail: text, errors: [{ detail: text, attr: text }], [text]: text }));
		attempt(() => submitOutcome({ kind: 'answer', status: 400, body }, 0));
		attempt(() => submitOutcome({ kind: 'answer', status: 200, body: { id: text } }, 0));
		attempt(() => pollOutcome({ kind: 'answer', status: 200, body }, 0));
		for (const { judge, passing } of [face, registerFace, verifyIdentity, background]) {
			const data = JSON.parse(JSON.stringify(passing.result.data, inPlaceOf)) as Record<string, unknown>;
			const answer = task({ ...data, [text]: text, issues: { [text]: { [text]: text } }, error: text });
			const parameters = { ...PLAIN, expectedName: text, expectedDateOfBirth: text };
			judge(answer, { ...parameters, includeProviderData: true });
			judge(redact(answer) as typeof answer, { ...parameters, hideScores: true });
		}
	});
});

test('a huge text is never a path to a file', () => {
	const paths: string[] = [];
	const findAs = (text: string) =>
		thrownBy(() =>
			findFile(
				{
					getInputData: () => [{ json: {} }],
					getNode: () => ({ parameters: {} }),
					getNodeParameter: () => text,
					getWorkflowSettings: () => ({ binaryMode: 'combined' }),
					helpers: { assertBinaryData: (_: number, path: string) => void paths.push(path) },
				} as unknown as IExecuteFunctions,
				0,
				'binaryPropertyName',
				'Input Binary Field',
			),
		);
	expect(findAs('a.'.repeat(MANY))).toMatchObject({ code: 'NO_IMAGE' });
	expect(paths).toEqual([]);
	findAs('body.photo');
	expect(paths).toContain('body.photo');
});

test('a run of 20,000 items is remembered in time', () => {
	const at = (i: number) => ({ executionId: '1', task: { taskId: taskId(i), submittedAt: '' } });
	const tasks = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [i, at(i)]));
	const context = {
		getContext: () => ({ progenyTasks: { runIndex: 0, tasks } }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({}),
		getExecutionId: () => '1',
	} as unknown as IExecuteFunctions;
	expectToEnd(() => {
		const memory = new ExecutionMemory(context, false);
		expect(Object.keys(tasks).every((i) => memory.isOwn(taskId(Number(i))))).toBe(true);
	});
});

const listOf = <T>(length: number, entry: (i: number) => T) => Array.from({ length }, (_, i) => entry(i));
test.each<[string, unknown]>([
	['short lines', listOf(MANY / 5, (i) => `aB3xaB3x${i % 10}`)],
	['long texts', listOf(1_000, () => 'a1-'.repeat(300))],
	['lists of texts', listOf(200, () => listOf(100, () => 'ab12,'.repeat(8)))],
	['numbers', listOf(MANY, (i) => i % 300)],
	['keys', Object.fromEntries(listOf(20_000, (i) => [`aB3xaB3xaB3x${i}`, i]))],
])('a huge answer of %s is read in time', (_, value) => {
	expectToEnd(() => {
		abridged(redact(value));
		verifyIdentity.judge(task({ raw: value, issues: value }), { ...PLAIN, includeProviderData: true });
	});
});
