import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * True if the workflow keeps files in its items' JSON: its setting binary mode is "combined" (n8n 2.5 and later). Earlier
 * versions have neither the setting nor the method.
 */
export function isCombinedMode(context: Partial<Pick<IExecuteFunctions, 'getWorkflowSettings'>>): boolean {
	return context.getWorkflowSettings?.().binaryMode === 'combined';
}
