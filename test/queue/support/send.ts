import pMap from 'p-map';
import { kycUrl, postForm, WebhookAnswer } from '../../e2e/support/webhooks';
import type { PlannedRequest } from './requests';

/** A request with its answer. */
export interface Exchange {
	request: PlannedRequest;
	answer: WebhookAnswer;
	/** From the call to its answer, in ms. */
	tookMs: number;
	/** When the answer came, in ms since 1970. */
	answeredAt: number;
}

/** Calls the example with one request. */
export async function send(origin: string, request: PlannedRequest): Promise<Exchange> {
	const { number, photo, person } = request;
	const start = Date.now();
	const answer = await postForm(kycUrl(origin), { photo, person, fields: { request: String(number) } });
	const answeredAt = Date.now();
	return { request, answer, tookMs: answeredAt - start, answeredAt };
}

/** Sends all, `atOnce` at a time. @returns the exchanges in the requests' order */
export const sendAll = (origin: string, requests: PlannedRequest[], atOnce: number): Promise<Exchange[]> =>
	pMap(requests, (request) => send(origin, request), { concurrency: atOnce });
