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
import { authenticateFace } from './service';

/** Is this photo a live person, and the person registered under this UUID? One item in, one verdict out. */
export class AuthenticateFace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Authenticate Face',
		name: 'authenticateFace',
		icon: { light: 'file:authenticateFace.svg', dark: 'file:authenticateFace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ authenticate: "Authenticate", getResult: "Get Result", submit: "Submit" })[$parameter["operation"]] }}',
		description:
			'Check with Progeny whether a photo shows a live person who is the one registered under a UUID',
		defaults: { name: 'Authenticate Face' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(authenticateFace.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, authenticateFace);
	}
}
