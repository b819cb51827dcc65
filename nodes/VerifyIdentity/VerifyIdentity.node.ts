import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { builderHint, outputsExpression } from '../shared/item/properties';
import { runService } from '../shared/run';
import { CREDENTIAL } from '../shared/progeny/credential';
import { properties } from './properties';
import { verifyIdentity } from './service';

/** Checks that a selfie shows the live holder of a valid passport or card. One item in, one result out. */
export class VerifyIdentity implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Verify Identity',
		name: 'verifyIdentity',
		icon: { light: 'file:verifyIdentity.svg', dark: 'file:verifyIdentity.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ verify: "Verify Identity", getResult: "Get Task Result", submit: "Submit Documents" })[$parameter["operation"]] }}',
		description: 'Check a live selfie against a passport or card',
		defaults: { name: 'Verify Identity' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(verifyIdentity.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint(
			"Needs a selfie and a photo of the passport, or of the card's front and back (binary).",
		),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, verifyIdentity);
	}
}
