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
import { backgroundCheck } from './service';

/** Checks a name and date of birth against anti-money-laundering lists. One item in, one result out. */
export class BackgroundCheck implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Background Check',
		name: 'backgroundCheck',
		icon: { light: 'file:backgroundCheck.svg', dark: 'file:backgroundCheck.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ check: "Check Background", getResult: "Get Task Result", submit: "Submit Person" })[$parameter["operation"]] }}',
		description: 'Look for a person on anti-money-laundering lists',
		defaults: { name: 'Background Check' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(backgroundCheck.outputs),
		credentials: [{ name: CREDENTIAL, required: true }],
		usableAsTool: true,
		builderHint: builderHint(
			'Needs the full name and the date of birth (yyyy-mm-dd). A possible match is a review.',
		),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runService(this, backgroundCheck);
	}
}
