import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runService } from '../shared/run';
import { outputsExpression } from '../shared/service';
import { CREDENTIAL } from '../shared/progeny/credential';
import { properties } from './properties';
import { verifyIdentity } from './service';

/** Is this live person the holder of a valid passport or card? One item in, one verdict out. */
export class VerifyIdentity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Verify Identity',
		name: 'verifyIdentity',
		icon: { light: 'file:verifyIdentity.svg', dark: 'file:verifyIdentity.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ verify: "Verify Identity", getResult: "Get Task Result", submit: "Submit Documents" })[$parameter["operation"]] }}',
		description:
			'Send a selfie and a passport or card to Progeny and get a decision: pass means a live person, the holder of a valid document. Fail and review are final: do not check the same photos again, and never report them as a pass.',
		defaults: { name: 'Verify Identity' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(verifyIdentity.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, verifyIdentity);
	}
}
