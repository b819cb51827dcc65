import { runNode } from './engine';
import { fileItem, tinyJpeg } from './items';
import { ACCOUNT, playProgeny, UUID, useNock } from './progeny';

useNock();

test('without a credential the node says that one is missing, and where to choose it', async () => {
	const traffic = playProgeny();
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
