/** Types of setup.mjs for the TypeScript that uses it; the documentation stands there. */
export class SetupError extends Error {}
export class NpmFailure extends Error {
	output: string;
}
export function checkNode(version?: string): void;
export function ensureInstalled(
	dir: string,
	options: { label: string; usually?: string; gigabytes?: number },
): Promise<boolean>;
export function runNpm(args: string[], dir: string, env?: Record<string, string>): Promise<string>;
export function showProgress(what: string, measure: () => string): { end: (how: string) => void };
export function launch(main: () => Promise<number | void>): Promise<void>;
