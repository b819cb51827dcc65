import axios, { AxiosResponse } from 'axios';
import type { Execution, N8nApi, WorkflowFile } from '../../../demo/api';
import type { Testbed } from './testbed';
import { itemsOf } from './workflows';

/** Any page of n8n's, whatever the status. */
const visit = (url: string, method: 'get' | 'post' = 'get'): Promise<AxiosResponse<string>> =>
	axios.request<string>({ url, method, proxy: false, responseType: 'text', validateStatus: () => true });

/** Makes an example wait for its reviewer one second. n8n looks once a minute for what has waited long enough. */
export function waitASecond({ nodes }: WorkflowFile): void {
	const wait = nodes.find(({ name }) => name === 'Wait for the Reviewer')!;
	Object.assign(wait.parameters, { resumeAmount: 1, resumeUnit: 'seconds' });
}

/** Returns a function that reads the executions of a workflow that have begun since, each ended or waiting. */
export async function executionsSince(api: N8nApi, { id: workflow }: { id: string }) {
	const before = new Set((await api.executionsOf(workflow)).map(({ id }) => id));
	return async (): Promise<Execution[]> => {
		const added = (await api.executionsOf(workflow)).filter(({ id }) => !before.has(id));
		return Promise.all(added.map(({ id }) => api.finished(id, { also: ['waiting'] })));
	};
}

/** Expects that an applicant who knows the executions, but not the reviewer's link, can neither see nor decide the review. */
export async function expectNoWayIn({ api, origin }: Testbed, application: Execution, review: Execution) {
	const queries = ['', '?decision=approve&reviewer=me', '?code=&decision=approve&reviewer=me&signature='];
	for (const { id } of [application, review])
		for (const path of [`form-waiting/${id}`, `webhook-waiting/${id}`])
			for (const query of queries)
				for (const method of ['get', 'post'] as const) {
					const { data } = await visit(`${origin}/${path}${query}`, method);
					expect(data).not.toMatch(/Is this (a customer|the person)|Approved/);
				}
	const wrong = new URL(linkIn(review));
	wrong.searchParams.set('code', 'another');
	wrong.searchParams.set('decision', 'approve');
	expect((await visit(String(wrong))).data).toBe('This link is not valid.');
	expect((await api.finished(review.id, { also: ['waiting'] })).status).toBe('waiting');
}

/** Returns the link that an execution of a review has sent to the reviewer. */
export function linkIn({ data }: Execution): string {
	const [{ json }] = itemsOf(data, 'Message for the Reviewer') as [{ json: { message: string } }];
	return /http\S+$/.exec(json.message)![0];
}

/** The reviewer's page, with a function that presses one of its buttons. */
export interface ReviewPage {
	status: number;
	page: string;
	press(decision: string): Promise<AxiosResponse<string>>;
}

/** Opens the link of a review as A. Reviewer, and waits until the execution waits again. */
export async function openReview(api: N8nApi, review: Execution): Promise<ReviewPage> {
	const link = linkIn(review);
	const { status, data: page } = await visit(link);
	const address = new URL(link);
	address.search = '';
	for (const [, name, value] of page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g))
		address.searchParams.set(name!, value!);
	await api.finished(review.id, { also: ['waiting'] });
	return {
		status,
		page,
		press(decision) {
			address.searchParams.set('reviewer', 'A. Reviewer');
			address.searchParams.set('decision', decision);
			return visit(String(address));
		},
	};
}
