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
import { registerFace } from './service';

/** Registers the live face in a photo and returns its UUID. One item in, one result out. */
export class RegisterFace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Register Face',
		name: 'registerFace',
		icon: { light: 'file:registerFace.svg', dark: 'file:registerFace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ register: "Register Face", getResult: "Get Task Result", submit: "Submit Photo" })[$parameter["operation"]] }}',
		description: "Register a live person's face and get its UUID",
		defaults: { name: 'Register Face' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(registerFace.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint(
			'Needs a photo (binary). Returns uuid: store it. Every run creates a new, permanent record, so never repeat it.',
			'Stores the UUID with the person',
		),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, registerFace);
	}
}
