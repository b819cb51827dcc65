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
import { registerFace } from './service';

/** Registers the face in a photo with Progeny, if it is live, and gives the UUID to authenticate it with. One item in, one out. */
export class RegisterFace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Register Face',
		name: 'registerFace',
		icon: { light: 'file:registerFace.svg', dark: 'file:registerFace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ register: "Register Face", getResult: "Get Task Result", submit: "Submit Photo" })[$parameter["operation"]] }}',
		description: 'Register a face with Progeny and get its UUID. Every run creates a new, permanent record.',
		defaults: { name: 'Register Face' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(registerFace.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, registerFace);
	}
}
