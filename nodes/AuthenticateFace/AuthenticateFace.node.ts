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
import { authenticateFace } from './service';

/** Checks that a photo shows a live person, and the one registered under a UUID. One item in, one result out. */
export class AuthenticateFace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Authenticate Face',
		name: 'authenticateFace',
		icon: { light: 'file:authenticateFace.svg', dark: 'file:authenticateFace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ authenticate: "Authenticate Face", getResult: "Get Task Result", submit: "Submit Photo" })[$parameter["operation"]] }}',
		description: 'Check that a live person is the registered one',
		defaults: { name: 'Authenticate Face' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(authenticateFace.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint(
			'Needs a photo (binary) and the UUID that Register Face returned.',
			'Looks up the UUID of the person',
		),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, authenticateFace);
	}
}
