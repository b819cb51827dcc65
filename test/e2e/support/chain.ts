import type { WorkflowFile } from '../../../demo/api';
import { faceNode, inARow, node, START } from './workflows';

/** The names of the package's nodes in the chain, which are their own. */
export const CHAIN = ['Face Liveness', 'Register Face', 'Authenticate Face'] as const;

/** The node that reads the photos of the chain. */
export const PHOTOS = 'Photos';

/**
 * A trigger, the photos of `folder`, and all three nodes one behind the other with their named outputs: a live face is registered, and the
 * same photo authenticated under the UUID that it returned. Each reads the photo of the trigger.
 */
export function chainWorkflow(folder: string): WorkflowFile {
	const photo = { binaryPropertyName: `={{ $('${PHOTOS}').item.binary.data }}` };
	const options = { routeByDecision: true };
	return inARow(folder, [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node(PHOTOS, 'n8n-nodes-base.readWriteFile', 1, { fileSelector: `.n8n-files/${folder}/*` }),
		faceNode(CHAIN[0], 'faceLiveness', { options }),
		faceNode(CHAIN[1], 'registerFace', { ...photo, options }),
		faceNode(CHAIN[2], 'authenticateFace', { ...photo, uuid: '={{ $json.uuid }}', options }),
	]);
}
