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
import { faceLiveness } from './service';

/** Checks that a photo shows a live person. One item in, one result out. */
export class FaceLiveness implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Face Liveness',
		name: 'faceLiveness',
		icon: { light: 'file:faceLiveness.svg', dark: 'file:faceLiveness.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ check: "Check Liveness", getResult: "Get Task Result", submit: "Submit Photo" })[$parameter["operation"]] }}',
		description: 'Check that a photo shows a live person',
		defaults: { name: 'Face Liveness' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(faceLiveness.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint('Needs a photo (binary). Does not identify the person.'),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, faceLiveness);
	}
}
