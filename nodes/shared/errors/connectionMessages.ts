import { ProgenyError } from './error';
import { CHECK_BASE_URL, saying, withStatus } from './phrases';

/** What is said of the login and the connection. `words` is server text already sanitized by `quote`, or an empty string. */
export const connectionMessages = {
	loginRejected: (status: number, words: string) =>
		new ProgenyError(
			'LOGIN_REJECTED',
			`Progeny did not accept the username and password${saying(words)}`,
			'Check the username and password in the Progeny credential.',
			withStatus(status),
		),
	tokenRejected: (words: string) =>
		new ProgenyError(
			'LOGIN_REJECTED',
			`Progeny logged in but then did not accept its own access token${saying(words)}`,
			'Check with Progeny that the account is active, and that the Base URL belongs to it.',
			withStatus(401),
		),
	forbidden: (words: string) =>
		new ProgenyError(
			'FORBIDDEN',
			`Progeny does not allow this account to do that${saying(words)}`,
			'Ask Progeny to enable this service for the account in the credential.',
			withStatus(403),
		),
	noCredential: () =>
		new ProgenyError(
			'FORBIDDEN',
			'The node has no Progeny credential',
			'Nothing was sent. Choose one under Credential in the node, or create it there with the username and password that Progeny issued.',
		),
	notSent: (words: string) =>
		new ProgenyError(
			'FORBIDDEN',
			`n8n did not send the request${saying(words)}`,
			"Nothing was sent. Check that the credential's Allowed HTTP Request Domains include its Base URL.",
		),
	rateLimited: (words: string) =>
		new ProgenyError(
			'RATE_LIMITED',
			`Progeny asks for fewer requests${saying(words)}`,
			'Lower Max Concurrent Faces, or send fewer items at a time, and try again later.',
			withStatus(429),
		),
	unreachable: (reason: string) =>
		new ProgenyError(
			'UNREACHABLE',
			`Progeny could not be reached (${reason})`,
			'Nothing was sent. Check the Base URL in the Progeny credential and the network, and try again later.',
		),
	unavailable: (status: number) =>
		new ProgenyError(
			'UNREACHABLE',
			`Progeny is not available at the moment (HTTP ${status})`,
			'Progeny took nothing. Try again later.',
			withStatus(status),
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
			withStatus(status),
		),
	badLoginResponse: (status: number, found: string) =>
		new ProgenyError(
			'BAD_RESPONSE',
			`The login answered with ${found} instead of an access token (HTTP ${status})`,
			CHECK_BASE_URL,
			withStatus(status),
		),
};
