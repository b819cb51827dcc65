import { retryAfterMs, type Answer } from '../progeny/reply';
import { isRecord } from '../util/values';

/**
 * Statuses of an upload that was not accepted: the server says so (421, 425: RFC 9110, 8470), or a CDN in front of it says that
 * it did not reach it (Cloudflare's 521, 523, 525, 526). Any other 5xx, 408 too, leaves it open, but for the 503s below.
 */
const NOT_ACCEPTED = new Set([421, 425, 521, 523, 525, 526]);

/** True if an answer's status alone says that the upload was not accepted. */
export const isNeverAccepted = (status: number): boolean => NOT_ACCEPTED.has(status);

/** More of a page is not looked at. */
const LONGEST_PAGE = 2_000;

/** The bodies of a 503 that are written by what stands in front of Progeny, and only if it has not handed the request on. */
const NOT_HANDED_ON = [
	// nginx, e.g. by limit_req: ngx_http_error_503_page in src/http/ngx_http_special_response.c. OpenResty changes the name only.
	/^<html>\s{0,9}<head><title>503 Service Temporarily Unavailable<\/title><\/head>\s{0,9}<body[^>]{0,99}>\s{0,9}<center><h1>503 Service Temporarily Unavailable<\/h1><\/center>\s{0,9}<hr><center>(nginx|openresty)\b/,
	// Apache: get_canned_error_string in modules/http/http_protocol.c.
	/^<!DOCTYPE HTML PUBLIC "-\/\/IETF\/\/DTD HTML 2\.0\/\/EN">\s{0,9}<html><head>\s{0,9}<title>503 Service Unavailable<\/title>\s{0,9}<\/head><body>\s{0,9}<h1>Service Unavailable<\/h1>\s{0,9}<p>The server is temporarily unable to service your\s{1,9}request due to maintenance downtime or capacity\s{1,9}problems\./,
	// HAProxy: http_err_msgs[HTTP_ERR_503] in src/http.c.
	/^<html><body><h1>503 Service Unavailable<\/h1>\s{0,9}No server is available to handle this request\.\s{0,9}<\/body><\/html>\s{0,9}$/,
	// Envoy: source/common/router/router.cc, and resetReasonToString in source/common/http/utility.cc. Every other reason, and
	// "retried and the latest reset reason", may be of a request that was handed on (envoyproxy/envoy#14981, #17432).
	/^no healthy upstream\s{0,9}$/,
	/^upstream connect error or disconnect\/reset before headers\. reset reason: ((local |remote )?connection failure|overflow)(,|\s|$)/,
];

/**
 * True if a 503 certainly says that the upload was not accepted: one of the bodies above, or JSON with `detail` and a Retry-After,
 * as Django REST Framework refuses before a view runs (rest_framework/views.py, exception_handler). Any other 503 leaves it open.
 */
export function isRefusedFor503(answer: Answer): boolean {
	const { body } = answer;
	if (typeof body === 'string') {
		const page = body.slice(0, LONGEST_PAGE);
		return NOT_HANDED_ON.some((pattern) => pattern.test(page));
	}
	const hasDetail = isRecord(body) && typeof body.detail === 'string' && body.detail.trim() !== '';
	return hasDetail && retryAfterMs(answer, 0) !== undefined;
}
