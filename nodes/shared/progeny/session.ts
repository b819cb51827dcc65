import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';
import type { ProgenyError } from '../errors/error';
import { messages } from '../errors/messages';
import { SIGNING_TIMEOUT_MS } from '../limits';
import { LruMap } from '../util/lru';
import { withTimeout } from '../util/pause';
import { quote } from '../util/quote';
import { asRecord } from '../util/values';
import { accountOf, CREDENTIAL, hasUsableToken } from './credential';
import { bindLoginScope, newLoginScope, type LoginScope } from './hostBridge';
import { redactorOf, type Redact } from './redact';
import { isPage, isUnauthorized, type Reply } from './reply';
import { fingerprint, isProven, parseMetadata, proveToken, type Token } from './token';

type Credential = ICredentialDataDecryptedObject;

/** The credential as it was read once, for all requests until it is read again. */
interface Reading {
	readonly data: Promise<Credential>;
	/** True once Progeny has accepted a request made with it. */
	served: boolean;
	/** True if it held a receipt key when it was read: the one that all processes see. */
	hadReceiptKey: boolean;
}

/** The signer of receipts: the credential's own key, and the account that the receipts are valid for. */
export interface ReceiptSigner {
	/** The credential's receipt key; empty if it has none, which makes every receipt invalid. */
	readonly key: string;
	/** As `checkedBaseUrl` returns it. */
	readonly baseUrl: string;
	readonly username: string;
}

/** The credential to make one request with. */
export interface CurrentCredential {
	readonly credential: ICredentialsDecrypted;
	/** Makes the request, and learns from its reply whether the token is served. */
	use(request: () => Promise<Reply>): Promise<Reply>;
	/** Returns its token with that token's metadata. */
	token(): Token;
	/** True if its token is stored and usable, and this process has neither obtained it nor seen it served. */
	isUnproven(): boolean;
	/** Stops using this token: it was refused, or ends too soon. */
	refuse(token: unknown): void;
	/** True while the login is pending, so nothing has been sent. */
	awaitsLogin(): boolean;
	/** Blocks further logins to its account in this run, after a fresh token was refused. */
	refuseLogins(error: ProgenyError): void;
}

/** An unreadable credential. `isTransient` if another reading may succeed a moment later. */
export class UnreadableCredential extends Error {
	constructor(
		readonly error: ProgenyError,
		readonly isTransient: boolean,
	) {
		super(error.message);
	}
}

/**
 * The credential of one node run. All its requests share it, so they see a new token at once. It is read again once a token that
 * served has expired or was refused: it may have been edited meanwhile, and n8n 1.x stores the whole credential as it was read
 * together with a new token. A failed reading is not kept.
 */
export class CredentialSession {
	private readonly scope: LoginScope;
	private readonly secrets = new LatestSecrets();
	/** Of all refused tokens, only the latest may still be stored. */
	private readonly refusedTokens = new LruMap<true>(10);
	private reading: Reading | undefined;
	/** The latest reading that succeeded. It signs the receipt of an accepted task if the credential cannot be read any more. */
	private lastRead: Credential | undefined;

	/** `cancel` also ends the logins of the run. */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly cancel: AbortSignal,
	) {
		this.scope = newLoginScope(cancel, context.getNode().credentials?.[CREDENTIAL]?.id);
	}

	/** Returns the credential for the next request. Throws an UnreadableCredential, or a UserError if it cannot be used. */
	async current(): Promise<CurrentCredential> {
		const reading = this.latestReading();
		const data = await reading.data;
		if (!reading.served || hasUsableToken(data, Date.now())) return this.currentOf(reading, data);
		this.discard(reading);
		return await this.current();
	}

	/**
	 * Returns the signer of receipts. If this run's login made the key, reads the credential again first: another process may have
	 * stored its own key meanwhile, and the stored one counts. Throws a ProgenyError if it was never read.
	 */
	async signer(): Promise<ReceiptSigner> {
		const reading = this.latestReading();
		const start = performance.now();
		const inTime = async <T>(work: Promise<T>): Promise<T | undefined> => {
			const leftMs = SIGNING_TIMEOUT_MS - (performance.now() - start);
			const timed = await withTimeout(work, leftMs, this.cancel);
			return typeof timed === 'string' ? undefined : timed.value;
		};
		const read = reading.data.catch((failure: unknown) => this.lastRead ?? throwItsError(failure));
		const data = (await inTime(read)) ?? this.lastRead;
		if (data === undefined) throw messages.credentialUnreadable('it took too long');
		if (!reading.hadReceiptKey) {
			const stored = await inTime(this.context.getCredentials(CREDENTIAL).catch(() => data));
			if (isKey(stored?.receiptKey)) data.receiptKey = stored.receiptKey;
			reading.hadReceiptKey = isKey(data.receiptKey);
		}
		const { baseUrl, username } = accountOf(data);
		return { key: isKey(data.receiptKey) ? data.receiptKey : '', baseUrl, username };
	}

	/** Returns the fingerprint of the account that was read last; an empty text before the first reading. */
	fingerprint(): string {
		return this.lastRead === undefined ? '' : fingerprint(accountOf(this.lastRead));
	}

	/** Removes the password, the receipt key and the last two tokens of this run from an answer. */
	redact(body: unknown): unknown {
		return this.secrets.redact(body);
	}

	private latestReading(): Reading {
		return (this.reading ??= this.startReading());
	}

	private startReading(): Reading {
		const reading: Reading = { data: this.read(), served: false, hadReceiptKey: false };
		reading.data.then(
			({ receiptKey }) => (reading.hadReceiptKey = isKey(receiptKey)),
			() => this.discard(reading),
		);
		return reading;
	}

	private async read(): Promise<Credential> {
		if (this.context.getNode().credentials?.[CREDENTIAL] === undefined)
			throw new UnreadableCredential(messages.noCredential(), false);
		const data = await this.context.getCredentials(CREDENTIAL).catch(throwUnreadable);
		bindLoginScope(data, this.scope);
		if (this.refusedTokens.get(String(data.accessToken))) data.tokenMetadata = '';
		this.lastRead = data;
		return data;
	}

	private discard(reading: Reading): void {
		if (this.reading === reading) this.reading = undefined;
	}

	private currentOf(reading: Reading, data: Credential): CurrentCredential {
		const { accessToken: tokenBefore, tokenMetadata: metadataBefore } = data;
		const isStored = () => isKey(data.receiptKey) && hasUsableToken(data, Date.now());
		const neededLogin = !isStored();
		const account = () => fingerprint(accountOf(data));
		return {
			credential: { id: '', name: '', type: CREDENTIAL, data },
			// A login puts its token into `data` before n8n sends what waited for it.
			awaitsLogin: () => neededLogin && data.tokenMetadata === metadataBefore,
			token: () => ({ accessToken: data.accessToken, metadata: parseMetadata(data.tokenMetadata) }),
			isUnproven: () => isStored() && !isProven(account(), data.accessToken),
			refuse: (token) => {
				this.refusedTokens.set(String(token), true);
				if (data.accessToken === token) this.discard(reading);
			},
			refuseLogins: (error) => this.scope.failedLogins.set(account(), error),
			use: async (request) => {
				try {
					const reply = await request();
					if (reply.kind === 'answer' && !isUnauthorized(reply)) {
						reading.served = true;
						if (!isPage(reply.body) && reply.status < 500) proveToken(account(), data.accessToken);
					}
					return reply;
				} finally {
					this.secrets.add('token', tokenBefore);
					this.secrets.add('token', data.accessToken);
					this.secrets.add('password', data.password);
					this.secrets.add('receiptKey', data.receiptKey);
				}
			},
		};
	}
}

/** The number of secrets of a kind to remove from answers: an older token is worthless, and a long run has thousands. */
const MAX_OF_KIND = 2;

/** The secrets that a run used last, by their kind. */
class LatestSecrets {
	private readonly latest = new Map<string, unknown[]>();
	private redactor: Redact | undefined;

	add(kind: string, secret: unknown): void {
		const known = this.latest.get(kind) ?? [];
		if (known.includes(secret)) return;
		this.latest.set(kind, [...known, secret].slice(-MAX_OF_KIND));
		this.redactor = undefined;
	}

	redact(body: unknown): unknown {
		this.redactor ??= redactorOf([...this.latest.values()].flat());
		return this.redactor(body);
	}
}

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** n8n's own errors (they have a level) mean that this workflow may not use the credential; others are of its database. */
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
