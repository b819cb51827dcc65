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
import { readDocument } from './service';

/** Reads a passport or card and checks that it is valid. One item in, one result out. */
export class ReadDocument implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Read Document',
		name: 'readDocument',
		icon: { light: 'file:readDocument.svg', dark: 'file:readDocument.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ read: "Read Document", getResult: "Get Task Result", submit: "Submit Document" })[$parameter["operation"]] }}',
		description: 'Read a passport or card and check that it is valid',
		defaults: { name: 'Read Document' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(readDocument.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint(
			"Needs a photo of the passport, or of the card's front and back (binary). Does not check who holds it.",
		),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, readDocument);
	}
}
