import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { N8N_BIN } from './paths';

/** The owner of a demo n8n and the key its credentials are encrypted with; created once for each user folder. */
export interface Account {
	email: string;
	password: string;
	/** bcrypt, as n8n's N8N_INSTANCE_OWNER_PASSWORD_HASH wants it; kept, since a new one would end every open session. */
	passwordHash: string;
	encryptionKey: string;
}

/**
 * Returns the account of `userFolder`, with a random password that only this user can read.
 * A fixed password would be unsafe: other users of the machine reach the loopback address, and an n8n owner can run code.
 */
export function accountOf(userFolder: string): Account {
	const file = join(userFolder, 'account.json');
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Account;
	const bcrypt = createRequire(N8N_BIN)('bcryptjs') as { hashSync(text: string, rounds: number): string };
	// n8n asks for a capital and a digit.
	const password = `Demo1-${randomBytes(9).toString('base64url')}`;
	const account: Account = {
		email: 'owner@example.com',
		password,
		passwordHash: bcrypt.hashSync(password, 10),
		encryptionKey: randomBytes(24).toString('base64url'),
	};
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(file, JSON.stringify(account, null, '\t'), { mode: 0o600 });
	return account;
}
