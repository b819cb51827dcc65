import axios from 'axios';
import type { Photo } from '../../../demo/photos';

/** The request of a caller of the example kyc-webhook. */
export interface KycRequest {
	photo?: Photo;
	/** The UUID of the person. */
	person?: string;
	/** More fields of the form, which the example passes by. */
	fields?: Record<string, string>;
}

/** Its answer. */
export interface KycAnswer {
	status: number;
	body: Record<string, unknown>;
}

/** Calls the published example kyc-webhook at `origin`, such as http://127.0.0.1:5678. @throws AxiosError when no answer comes */
export const postKyc = (origin: string, request: KycRequest): Promise<KycAnswer> =>
	postTo(`${origin}/webhook/kyc`, request);

/** The same, at another address of the example, such as that for another photo. */
export async function postTo(url: string, { photo, person, fields = {} }: KycRequest): Promise<KycAnswer> {
	const form = new FormData();
	if (photo) form.append('photo', new Blob([new Uint8Array(photo.data)], { type: photo.type }), photo.name);
	if (person !== undefined) form.append('uuid', person);
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	const answer = await axios.post<Record<string, unknown>>(url, form, {
		proxy: false,
		validateStatus: () => true,
	});
	return { status: answer.status, body: answer.data };
}

/** Waits until n8n has opened the example's webhook, a moment after it was published; ten seconds at most. */
export async function kycOpen(origin: string): Promise<void> {
	for (let tries = 0; tries < 100 && (await postKyc(origin, {})).status === 404; tries++)
		await new Promise((resolve) => setTimeout(resolve, 100));
}
