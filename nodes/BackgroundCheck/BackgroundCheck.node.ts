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
import { backgroundCheck } from './service';

/** Is a person on lists against money laundering? One item in, one verdict out. */
export class BackgroundCheck implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Background Check',
		name: 'backgroundCheck',
		icon: { light: 'file:backgroundCheck.svg', dark: 'file:backgroundCheck.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ check: "Check Background", getResult: "Get Task Result", submit: "Submit Person" })[$parameter["operation"]] }}',
		description:
			'Send a name and a date of birth to Progeny and get a decision: pass means that no anti-money-laundering list has them. Review is a possible match, which a person has to look at: never report it as a pass, and never as a proven match.',
		defaults: { name: 'Background Check' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(backgroundCheck.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, backgroundCheck);
	}
}
