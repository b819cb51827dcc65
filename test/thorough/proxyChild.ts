import { runNode } from '../engine/support/engine';
import { fileItem, tinyJpeg } from '../engine/support/items';

/** Run by jest in a process of its own, whose environment n8n and Node read at their start: see proxy.test.ts. */
test('runs the node once, as PROGENY_CHILD says, and tells what came of it', async () => {
	const { baseUrl, uuid } = JSON.parse(process.env.PROGENY_CHILD ?? '') as Record<string, string>;
	const { status, json, error } = await runNode({
		account: { baseUrl, username: 'kyc-bot', password: 'correct horse', accessToken: '', tokenMetadata: '' },
		items: [fileItem(tinyJpeg())],
		parameters: { uuid, options: { timeout: 5 } },
	});
	const { message, description } = error ?? {};
	process.stdout.write(`\nRESULT ${JSON.stringify({ status, json, message, description })}\n`);
	expect(status).toMatch(/success|error/);
});
