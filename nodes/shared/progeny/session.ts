import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { SIGNING_TIMEOUT_MS } from '../limits';
import { withTimeout } from '../util/pause';
import { LruMap } from '../util/lru';
import { quote } from '../util/quote';
import { asRecord } from '../util/values';
import { accountOf, CREDENTIAL, hasUsableToken } from './credential';
import { bindRun, openRun } from './credentialRun';
import { redactorOf, type Redact } from './redact';
import { isPage, type Reply } from './reply';
import { fingerprint, isProven, parseMetadata, proveToken, type TokenMetadata } from './token';

/** The credential as it was read once, for all requests until it is read again. */
interface Reading {
	readonly data: Promise<ICredentialDataDecryptedObject>;
	/** True once Progeny has accepted a request made with it. */
	served: boolean;
	/** True if it held a receipt key when it was read: the one that all processes see. */
	hadReceiptKey: boolean;
}

/** Who signs receipts: the credential's own key, and the account that the receipts are valid for. */
export interface ReceiptSigner {
	/** The credential's receipt key; empty if it has none, which makes every receipt invalid. */
	readonly key: string;
	/** Normalised, as `checkedBaseUrl` returns it. */
	readonly baseUrl: string;
	readonly username: string;
}

/** The credential to make one request with. */
export interface CurrentCredential {
	readonly credential: ICredentialsDecrypted;
	/** Makes the request, and learns from its reply whether the token is served. */
	use(request: () => Promise<Reply>): Promise<Reply>;
	/** Its token and that token's metadata. */
	token(): Token;
	/** True if its token is stored and may be used, and this process has neither obtained it nor seen it served. */
	isUnproven(): boolean;
	/** Uses this token no more: it was refused, or ends too soon. */
	refuse(token: unknown): void;
	/** True while the login is pending, so nothing has been sent. */
	awaitsLogin(): boolean;
	/** Lets no other login of this run be tried for its account: a token that it gave was refused at once. */
	refuseLogins(error: ProgenyError): void;
}

/** An access token with its metadata, as they are stored. */
export interface Token {
	readonly accessToken: unknown;
	readonly metadata: TokenMetadata | undefined;
}

/** The credential could not be read. `isTransient` if another reading may succeed a moment later. */
export class UnreadableCredential extends Error {
	constructor(
		readonly error: ProgenyError,
		readonly isTransient: boolean,
	) {
		super(error.message);
	}
}

/** The credential of one node run. Its requests share it, so that all see a new token at once. */
export interface Session {
	/** The credential for the next request. Throws an UnreadableCredential, or a UserError if it cannot be used. */
	current(): Promise<CurrentCredential>;
	/**
	 * Who signs receipts with this credential. Where this run's login made the key, the credential is read again first: another
	 * process may have stored its own meanwhile, and the stored one counts.
	 */
	signer(): Promise<ReceiptSigner>;
	/** The fingerprint of the account that was read last; empty before the first reading. */
	fingerprint(): string;
	/** Takes the password, the receipt key and the last two tokens of this run out of an answer. */
	readonly redact: Redact;
}

/** True if a reply refuses the token. A page under 401 comes from something in front of Progeny; no new token would help. */
export const isUnauthorized = (reply: Reply): boolean =>
	reply.kind === 'answer' && reply.status === 401 && !isPage(reply.body);

/**
 * Opens the session of one node run; `cancel` also ends the logins made for it. The credential is read again once a token
 * that served has expired or was refused: it may have been edited meanwhile, and n8n 1.x stores the whole credential as it
 * was read together with a new token. A failed reading is not kept.
 */
export function createSession(context: IExecuteFunctions, cancel: AbortSignal): Session {
	const run = openRun(cancel, context.getNode().credentials?.[CREDENTIAL]?.id);
	const secrets = new LatestSecrets();
	/** Only the last ones may still be stored. */
	const refusedTokens = new LruMap<true>(10);
	let latest: Reading | undefined;
	/** What was read last; a task that was accepted can be signed with it when the credential cannot be read any more. */
	let lastRead: ICredentialDataDecryptedObject | undefined;

	const discard = (reading: Reading) => {
		if (latest === reading) latest = undefined;
	};
	const read = async (): Promise<ICredentialDataDecryptedObject> => {
		if (context.getNode().credentials?.[CREDENTIAL] === undefined)
			throw new UnreadableCredential(messages.noCredential(), false);
		const data = await context.getCredentials(CREDENTIAL).catch(throwUnreadable);
		bindRun(data, run);
		if (refusedTokens.get(String(data.accessToken))) data.tokenMetadata = '';
		lastRead = data;
		return data;
	};
	const startReading = (): Reading => {
		const reading: Reading = { data: read(), served: false, hadReceiptKey: false };
		reading.data.then(
			({ receiptKey }) => (reading.hadReceiptKey = isKey(receiptKey)),
			() => discard(reading),
		);
		return reading;
	};

	const current = async (): Promise<CurrentCredential> => {
		const reading = (latest ??= startReading());
		const data = await reading.data;
		if (reading.served && !hasUsableToken(data, Date.now())) {
			discard(reading);
			return await current();
		}
		const tokenBefore = data.accessToken;
		const metadataBefore = data.tokenMetadata;
		const neededLogin = !isKey(data.receiptKey) || !hasUsableToken(data, Date.now());
		return {
			credential: { id: '', name: '', type: CREDENTIAL, data },
			// A login puts its token into `data` before n8n sends what waited for it.
			awaitsLogin: () => neededLogin && data.tokenMetadata === metadataBefore,
			token: () => ({ accessToken: data.accessToken, metadata: parseMetadata(data.tokenMetadata) }),
			isUnproven: () =>
				isKey(data.receiptKey) &&
				hasUsableToken(data, Date.now()) &&
				!isProven(fingerprint(accountOf(data)), data.accessToken),
			refuse(token) {
				refusedTokens.set(String(token), true);
				if (data.accessToken === token) discard(reading);
			},
			refuseLogins: (error) => run.failedLogins.set(fingerprint(accountOf(data)), error),
			async use(request) {
				try {
					const reply = await request();
					if (reply.kind === 'answer' && !isUnauthorized(reply)) {
						reading.served = true;
						if (!isPage(reply.body) && reply.status < 500)
							proveToken(fingerprint(accountOf(data)), data.accessToken);
					}
					return reply;
				} finally {
					secrets.add('token', tokenBefore);
					secrets.add('token', data.accessToken);
					secrets.add('password', data.password);
					secrets.add('receiptKey', data.receiptKey);
				}
			},
		};
	};
	const signer = async (): Promise<ReceiptSigner> => {
		const reading = (latest ??= startReading());
		const start = performance.now();
		const inTime = async <T>(work: Promise<T>): Promise<T | undefined> => {
			const timed = await withTimeout(work, SIGNING_TIMEOUT_MS - (performance.now() - start), cancel);
			return typeof timed === 'string' ? undefined : timed.value;
		};
		const read = reading.data.catch((failure: unknown) => lastRead ?? throwItsError(failure));
		const data = (await inTime(read)) ?? lastRead;
		if (data === undefined) throw messages.credentialUnreadable('it took too long');
		if (!reading.hadReceiptKey) {
			const stored = await inTime(context.getCredentials(CREDENTIAL).catch(() => data));
			if (isKey(stored?.receiptKey)) data.receiptKey = stored.receiptKey;
			reading.hadReceiptKey = isKey(data.receiptKey);
		}
		const { baseUrl, username } = accountOf(data);
		return { key: isKey(data.receiptKey) ? data.receiptKey : '', baseUrl, username };
	};
	const accountFingerprint = () => (lastRead === undefined ? '' : fingerprint(accountOf(lastRead)));
	return { current, signer, fingerprint: accountFingerprint, redact: (body) => secrets.redact(body) };
}

/** How many secrets of a kind are looked for in answers: an older token is worthless, and a long run has thousands. */
const LATEST = 2;

/** The secrets that a run used last, by their kind. */
class LatestSecrets {
	private readonly latest = new Map<string, unknown[]>();
	private redactor: Redact | undefined;

	add(kind: string, secret: unknown): void {
		const known = this.latest.get(kind) ?? [];
		if (known.includes(secret)) return;
		this.latest.set(kind, [...known, secret].slice(-LATEST));
		this.redactor = undefined;
	}

	redact(body: unknown): unknown {
		this.redactor ??= redactorOf([...this.latest.values()].flat());
		return this.redactor(body);
	}
}

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** n8n's own errors (they have a level) say that this workflow may not use the credential; others are of its database. */
function throwUnreadable(thrown: unknown): never {
	const { message, level } = asRecord(thrown);
	const words = quote(String(message ?? ''));
	const isTransient = level === undefined;
	const error = isTransient ? messages.credentialUnreadable(words) : messages.credentialUnusable(words);
	throw new UnreadableCredential(error, isTransient);
}

function throwItsError(failure: unknown): never {
	throw failure instanceof UnreadableCredential ? failure.error : failure;
}
