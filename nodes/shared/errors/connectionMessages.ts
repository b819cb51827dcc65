import { ProgenyError } from './error';

/** The remedy if an answer does not look like the Progeny API. */
export const CHECK_BASE_URL =
	"Check the Base URL in the Progeny credential; it should end in /api/v3, with Progeny's own host name.";

/** The remedy if a page arrived instead of JSON. */
const ASK_WHO_IS_IN_FRONT =
	'It comes from a firewall, a proxy or a bot check in front of Progeny. Ask its operator, or Progeny, to allow the requests of your n8n.';

const CHECK_ALLOWED_DOMAINS =
	"Nothing was sent. Check that the credential's Allowed HTTP Request Domains include the host of its Base URL.";

/** Pages with status 400 that tell the reason. */
const KNOWN_PAGES = [
	{
		// Django, for a Host that is not in ALLOWED_HOSTS.
		text: 'Bad Request (400)',
		sentence: 'Progeny does not accept the host name of the Base URL (HTTP 400)',
		remedy: CHECK_BASE_URL,
	},
	{
		// nginx, for http on its https port.
		text: 'plain HTTP request was sent to HTTPS port',
		sentence: 'The port of the Base URL speaks https, but the Base URL starts with http (HTTP 400)',
		remedy: 'Start the Base URL in the Progeny credential with https, not http.',
	},
];

function knownPage(status: number, page: string): ProgenyError | undefined {
	const known = status === 400 ? KNOWN_PAGES.find(({ text }) => page.includes(text)) : undefined;
	if (known === undefined) return undefined;
	return new ProgenyError('BAD_RESPONSE', known.sentence, ['Nothing was submitted.', known.remedy], {
		status,
	});
}

/** Errors of the login and the connection. `words` is server text sanitized by `quote`, or an empty string. */
export const connectionMessages = {
	loginRejected: (status: number, words: string) =>
		new ProgenyError(
			'LOGIN_REJECTED',
			'Progeny did not accept the username and password',
			'Check the username and password in the Progeny credential.',
			{ status, serverWords: words },
		),
	tokenRejected: (words: string) =>
		new ProgenyError(
			'LOGIN_REJECTED',
			'Progeny logged in but then did not accept its own access token',
			'Check with Progeny that the account is active, and that the Base URL belongs to it.',
			{ status: 401, serverWords: words },
		),
	loginForbidden: (words: string) =>
		new ProgenyError(
			'FORBIDDEN',
			'Progeny does not allow this account to log in',
			[
				'Nothing was sent.',
				'Ask Progeny to unlock the account, and do not try again before that: each attempt may prolong a lock.',
			],
			{ status: 403, serverWords: words },
		),
	noLogin: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`No Progeny login at this Base URL (HTTP ${status}). It usually ends in /api/v3.`,
			CHECK_BASE_URL,
			{ status },
		),
	/** `page` is searched for known texts only. */
	pageInFront: (status: number, page: unknown) =>
		knownPage(status, String(page).slice(0, 2_000)) ??
		new ProgenyError(
			'BAD_RESPONSE',
			`A web page arrived instead of Progeny's answer (HTTP ${status})`,
			['Nothing was submitted.', ASK_WHO_IS_IN_FRONT, 'Also check the Base URL in the Progeny credential.'],
			{ status },
		),
	proxyRefused: (status: number) =>
		new ProgenyError(
			'UNREACHABLE',
			status === 407
				? 'Progeny could not be reached: a proxy in between requires a username and password (HTTP 407)'
				: `Progeny could not be reached: the proxy in between refused the connection (HTTP ${status})`,
			[
				'The proxy did not pass the request on.',
				"Check n8n's proxy settings (HTTPS_PROXY, NO_PROXY), and that the proxy allows the host of the Base URL.",
			],
			{ status },
		),
	credentialUnreadable: (words: string) =>
		new ProgenyError(
			'UNREACHABLE',
			'n8n could not read or store the Progeny credential',
			[
				"Nothing was sent. n8n's own database was busy or not available.",
				'Try again later, e.g. with Retry On Fail.',
			],
			{ serverWords: words },
		),
	credentialUnusable: (words: string) =>
		new ProgenyError(
			'FORBIDDEN',
			'n8n did not let the node use its Progeny credential',
			[
				'Nothing was sent.',
				'Open the credential in n8n, check that this workflow is allowed to use it, and save it again.',
			],
			{ serverWords: words },
		),
	forbidden: (words: string) =>
		new ProgenyError(
			'FORBIDDEN',
			'Progeny does not allow this account to do that',
			'Ask Progeny to enable this service for the account in the credential.',
			{ status: 403, serverWords: words },
		),
	noCredential: () =>
		new ProgenyError('FORBIDDEN', 'The node has no Progeny credential', [
			'Nothing was sent.',
			'Choose one under Credential in the node, or create it there with the username and password that Progeny issued.',
		]),
	/** `why` is our own text. */
	hostNotAllowed: (why: string) =>
		new ProgenyError('FORBIDDEN', `n8n did not send the request: ${why}`, CHECK_ALLOWED_DOMAINS),
	notSent: (words: string) =>
		new ProgenyError('FORBIDDEN', 'n8n did not send the request', CHECK_ALLOWED_DOMAINS, {
			serverWords: words,
		}),
	rateLimited: (words: string) =>
		new ProgenyError(
			'RATE_LIMITED',
			'Progeny is rate-limiting requests',
			'Lower Max Concurrent Items, or send fewer items at a time, and try again later.',
			{ status: 429, serverWords: words },
		),
	uploadOutlastsLogin: () =>
		new ProgenyError(
			'UNREACHABLE',
			'The upload took longer than a login lasts',
			[
				'Nothing was submitted.',
				'Make the photo smaller, e.g. with the Edit Image node, or use a faster connection.',
			],
			{ status: 401 },
		),
	/** `words` is n8n's or the HTTP client's text, for a `reason` that we do not know. */
	unreachable: (reason: string, words = '') =>
		new ProgenyError(
			'UNREACHABLE',
			`Progeny could not be reached (${reason})`,
			[
				'Nothing was sent.',
				'Check the Base URL in the Progeny credential and the network, and try again later.',
			],
			{ serverWords: words },
		),
	unavailable: (status: number) =>
		new ProgenyError(
			'UNREACHABLE',
			status === 503
				? 'Progeny is not available at the moment, or is rate-limiting requests (HTTP 503)'
				: `Progeny is not available at the moment (HTTP ${status})`,
			['Nothing was submitted.', 'Try again later, with a lower Max Concurrent Items if it limits requests.'],
			{ status },
		),
	badBaseUrl: (why: string) =>
		new ProgenyError(
			'UNREACHABLE',
			`The Base URL in the Progeny credential ${why}`,
			'The default is https://be.progeny.tech/api/v3.',
		),
	redirected: (status: number) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`Progeny sent a redirect (HTTP ${status}), which is never followed`,
			CHECK_BASE_URL,
			{ status },
		),
	/** `found` is the kind of answer in our own words, for an answer without `words`. */
	noToken: (status: number, words: string, found: string) =>
		words === ''
			? connectionMessages.badLoginResponse(status, found)
			: new ProgenyError(
					'LOGIN_REJECTED',
					`Progeny answered the login without an access token (HTTP ${status})`,
					[
						'Log in to Progeny yourself and do what it asks for, or contact Progeny.',
						'Then check the username and password in the Progeny credential.',
					],
					{ status, serverWords: words },
				),
	/** The same as `noToken`, for any other status. */
	badLoginResponse: (status: number, found: string, words = '') =>
		new ProgenyError(
			'BAD_RESPONSE',
			words === ''
				? `The login answered with ${found} instead of an access token (HTTP ${status})`
				: `The login answered without an access token (HTTP ${status})`,
			CHECK_BASE_URL,
			{ status, serverWords: words },
		),
};
