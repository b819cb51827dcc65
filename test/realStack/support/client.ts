import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import Database from 'libsql';
import sharp from 'sharp';
import { runNode, type Ran, type Setup } from '../../engine/support/engine';
import { fileItem } from '../../engine/support/items';
import type { Ports } from './proxies';
import { PASSWORD, USERNAME, type StackFacts } from './stack';

/** The running stack. */
export const STACK: StackFacts = JSON.parse(process.env.REAL_STACK!);

/** Returns a base URL of the API: through which server, and which variant of it (see `config/urls.py`). */
export const baseUrl = (through: keyof Ports = 'gunicorn', variant = ''): string =>
	`http://127.0.0.1:${STACK.ports[through]}${variant && `/${variant}`}/api/v3`;

/** Returns the account for a base URL, without a token. */
export const accountFor = (url: string): Record<string, string> => ({
	baseUrl: url,
	username: USERNAME,
	password: PASSWORD,
	accessToken: '',
	tokenMetadata: '',
});

/** Returns a photo that Django accepts, of about so many bytes. The comment says what becomes of its task (see `services/tasks.py`). */
export async function jpeg({ comment = '', bytes = 0 } = {}): Promise<Buffer> {
	const plain = await sharp({ create: { width: 320, height: 320, channels: 3, background: '#a98' } })
		.jpeg()
		.toBuffer();
	const segments = comment ? [segment(0xfe, Buffer.from(comment))] : [];
	for (let left = bytes - plain.length; left > 0; left -= 65_000) {
		segments.push(segment(0xef, Buffer.alloc(Math.min(left, 65_000), 'padding ')));
	}
	return Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(2)]);
}

const segment = (marker: number, body: Buffer) =>
	Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);

/** Returns an item with such a photo. */
export const photoItem = async (photo?: Parameters<typeof jpeg>[0]): Promise<INodeExecutionData> =>
	fileItem(await jpeg(photo));

/** Returns the service of each upload that Django accepted and stored, whatever its answers: the oldest first. */
export function accepted(): string[] {
	const database = new Database(join(STACK.state, 'db.sqlite3'), { readonly: true, timeout: 30_000 });
	try {
		return database.prepare('SELECT service FROM services_submission ORDER BY id').pluck().all() as string[];
	} finally {
		database.close();
	}
}

/** A run of a node, and what was accepted while it ran. */
export interface Counted extends Ran {
	accepted: string[];
}

/** Runs a node, and tells what was accepted meanwhile. */
export async function runCounted(setup: Setup): Promise<Counted> {
	const before = accepted().length;
	const ran = await runNode(setup);
	return { ...ran, accepted: accepted().slice(before) };
}

/** Logs in, and returns a fresh access token of the account. */
export async function logIn(): Promise<string> {
	const { username, password } = accountFor('');
	const body = new URLSearchParams({ username, password });
	const reply = await fetch(`${baseUrl()}/accounts/token/obtain/`, { method: 'POST', body });
	return ((await reply.json()) as { access: string }).access;
}
