/**
 * Opens something before the tests of a file or a describe block, and closes it after them. What it returns can be used in tests and
 * later hooks only.
 */
export function useOpened<T extends { close(): Promise<void> }>(open: () => Promise<T>): T {
	const opened = {} as T;
	beforeAll(async () => void Object.assign(opened, await open()));
	afterAll(() => opened.close?.());
	return opened;
}
