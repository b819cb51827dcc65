import pMap from 'p-map';
import { KycAnswer, postKyc } from '../../e2e/support/kyc';
import type { PlannedRequest } from './requests';
import { say } from './say';

/** A request with its answer. */
export interface Exchange {
	request: PlannedRequest;
	answer: KycAnswer;
	/** From the call to its answer, in ms. */
	tookMs: number;
	/** When the answer came, in ms since 1970. */
	answeredAt: number;
}

const REPORT_EVERY_MS = 5_000;

/** Calls the example with one request. */
export async function send(origin: string, request: PlannedRequest): Promise<Exchange> {
	const { number, photo, person } = request;
	const start = Date.now();
	const answer = await postKyc(origin, { photo, person, fields: { request: String(number) } });
	const answeredAt = Date.now();
	return { request, answer, tookMs: answeredAt - start, answeredAt };
}

/** Sends all, `atOnce` at a time, and prints its progress. @returns the exchanges in the requests' order */
export async function sendAll(
	origin: string,
	requests: PlannedRequest[],
	atOnce: number,
): Promise<Exchange[]> {
	let answered = 0;
	const progress = setInterval(
		() => say(`${answered} of ${requests.length} requests answered`),
		REPORT_EVERY_MS,
	);
	const sendOne = async (request: PlannedRequest) => {
		const exchange = await send(origin, request);
		answered++;
		return exchange;
	};
	return pMap(requests, sendOne, { concurrency: atOnce }).finally(() => clearInterval(progress));
}
