import { createSecretKey, randomBytes } from 'node:crypto';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import type { Settings } from '../options';
import { unauthorized } from './apiError';

type TokenType = 'access' | 'refresh';

/** A pair of tokens. */
export interface TokenPair {
	access: string;
	refresh: string;
}

// The claim and its value are those of Progeny's sample tokens.
const userId = 41;

/** Returns a key object. Given bytes instead, jsonwebtoken is slow: for each token, it first tries to read them as a public key. */
const newSecret = () => createSecretKey(randomBytes(32));

/** Issues and checks JSON web tokens with the claims of Progeny's samples: `token_type`, `exp`, `jti`, `user_id`, no `iat`. */
export class Tokens {
	private secret = newSecret();
	private readonly blacklist = new Map<string, number>();

	constructor(private readonly settings: Settings) {}

	/** Returns a new pair. */
	issue(): TokenPair {
		return {
			refresh: this.sign('refresh', this.settings.refreshLifetime),
			access: this.sign('access', this.settings.tokenLifetime),
		};
	}

	/** Returns a new pair for a refresh token. Throws a 401 if it is expired, malformed, of the wrong type or blacklisted. */
	rotate(token: string): TokenPair {
		const claims = this.read(token);
		if (!claims) throw unauthorized({ detail: 'Token is invalid or expired', code: 'token_not_valid' });
		if (claims.token_type !== 'refresh') {
			throw unauthorized({ detail: 'Token has wrong type', code: 'token_not_valid' });
		}
		if (this.settings.blacklistOldRefresh) this.blacklistOnce(claims);
		const { access, refresh } = this.issue();
		return { access, refresh };
	}

	/** Throws a 401 unless the `Authorization` header has a valid access token. */
	authorize(header: string | undefined): void {
		const parts = (header ?? '').trim().split(/\s+/);
		if (parts[0] !== 'Bearer') {
			throw unauthorized({ detail: 'Authentication credentials were not provided.' });
		}
		if (parts.length !== 2) {
			throw unauthorized({
				detail: 'Authorization header must contain two space-delimited values',
				code: 'bad_authorization_header',
			});
		}
		const claims = this.read(parts[1]!);
		if (!claims) throw notValid('Token is invalid or expired');
		if (claims.token_type !== 'access') throw notValid('Token has wrong type');
	}

	/** Invalidates every token issued so far. */
	revokeAll(): void {
		this.secret = newSecret();
		this.blacklist.clear();
	}

	private sign(type: TokenType, lifetime: number): string {
		const exp = Math.floor(Date.now() / 1000 + lifetime);
		const claims = { token_type: type, exp, jti: randomBytes(16).toString('hex'), user_id: userId };
		return jwt.sign(claims, this.secret, { noTimestamp: true });
	}

	private read(token: string): JwtPayload | undefined {
		try {
			const claims = jwt.verify(token, this.secret, { algorithms: ['HS256'] });
			return typeof claims === 'string' ? undefined : claims;
		} catch {
			return undefined;
		}
	}

	private blacklistOnce({ jti = '', exp = 0 }: JwtPayload): void {
		if (this.blacklist.has(jti)) {
			throw unauthorized({ detail: 'Token is blacklisted', code: 'token_not_valid' });
		}
		const now = Date.now() / 1000;
		for (const [old, end] of this.blacklist) if (end < now) this.blacklist.delete(old);
		this.blacklist.set(jti, exp);
	}
}

function notValid(message: string) {
	return unauthorized({
		detail: 'Given token not valid for any token type',
		code: 'token_not_valid',
		messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
	});
}
