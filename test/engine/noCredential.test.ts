import { runNode } from './support/engine';
import { fileItem, tinyJpeg } from './support/items';
import { ACCOUNT, fakeProgeny, UUID, useNock } from './support/progeny';

useNock();

test('without a credential the node says that one is missing, and where to choose it', async () => {
	const traffic = fakeProgeny();
	const { status, error } = await runNode({
		account: ACCOUNT,
		items: [fileItem(tinyJpeg())],
		parameters: { uuid: UUID },
		settings: { credentials: {} },
	});
	expect({ status, message: error?.message, description: error?.description }).toEqual({
		status: 'error',
		message: 'The node has no Progeny credential',
		description: expect.stringMatching(/^\[FORBIDDEN\] Nothing was sent\. Choose one under Credential/),
	});
	expect(traffic.logins).toHaveLength(0);
});
