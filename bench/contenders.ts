import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import { PEER_SCHEDULES } from './peerNode';
import type { BenchWorkflow } from './engine';

/** One way to check a batch of faces. */
export interface Contender {
	name: string;
	kind: 'ours' | 'hand-built' | 'peer';
	/** Number of faces in progress at a time; Infinity if unbounded. */
	concurrency: number;
	/** Its workflow, for a Progeny at the base URL. */
	workflow: (baseUrl: string) => BenchWorkflow;
}

const node = (name: string, type: string, parameters: INodeParameters, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...more,
});

/** Returns the connections that lines such as `If 1 > Wait` describe: the output's number follows the node's name, 0 by default. */
function connect(...lines: string[]): IConnections {
	const connections: IConnections = {};
	for (const line of lines) {
		const [, from, output, to] = /^(.+?)(?: (\d))? > (.+)$/.exec(line)!;
		const main = ((connections[from!] ??= { main: [] }).main ??= []);
		while (main.length <= Number(output ?? 0)) main.push([]);
		main[Number(output ?? 0)]!.push({ node: to!, type: 'main', index: 0 });
	}
	return connections;
}

const account = (baseUrl: string) => ({
	baseUrl,
	username: 'u',
	password: 'p',
	accessToken: '',
	tokenMetadata: '',
});

const START = node('Start', 'n8n-nodes-base.manualTrigger', {});

const ours = (concurrency: number): Contender => ({
	name: `Authenticate Face, ${concurrency} at a time`,
	kind: 'ours',
	concurrency,
	workflow: (baseUrl) => ({
		nodes: [
			START,
			node(
				'Authenticate Face',
				'n8n-nodes-progeny.authenticateFace',
				{ uuid: '={{ $json.uuid }}', options: { concurrency } },
				{ credentials: { progenyApi: { id: 'c1', name: 'Progeny' } } },
			),
		],
		connections: connect('Start > Authenticate Face'),
		account: account(baseUrl),
	}),
});

const peer = (schedule: string): Contender => ({
	name: `sequential node, ${schedule}`,
	kind: 'peer',
	concurrency: 1,
	workflow: (baseUrl) => ({
		nodes: [START, node('Peer', 'bench.peer', { schedule, baseUrl })],
		connections: connect('Start > Peer'),
		account: account(baseUrl),
	}),
});

const HTTP = 'n8n-nodes-base.httpRequest';
const BEARER = {
	sendHeaders: true,
	headerParameters: {
		parameters: [{ name: 'Authorization', value: "=Bearer {{ $('Log In').first().json.access }}" }],
	},
};
const field = (name: string, value: string) => ({ parameterType: 'formData', name, value });

/** Returns the workflow that people build by hand, of n8n's own nodes: log in, submit, wait, poll, and again if unfinished. */
const handBuiltNodes = (baseUrl: string): INode[] => [
	START,
	node(
		'Log In',
		HTTP,
		{
			method: 'POST',
			url: `${baseUrl}/accounts/token/obtain/`,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: { parameters: [field('username', 'u'), field('password', 'p')] },
		},
		{ typeVersion: 4.2, executeOnce: true, position: [0, -200] },
	),
	node(
		'Submit',
		HTTP,
		{
			method: 'POST',
			url: `${baseUrl}/services/authenticate_face/`,
			...BEARER,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [
					{ parameterType: 'formBinaryData', name: 'image', inputDataFieldName: 'data' },
					field('uuid', '={{ $json.uuid }}'),
					field('extend_data', 'false'),
				],
			},
		},
		{ typeVersion: 4.2, position: [400, 0] },
	),
	node(
		'Wait',
		'n8n-nodes-base.wait',
		{ amount: 1, unit: 'seconds' },
		{ typeVersion: 1.1, position: [600, 0] },
	),
	node(
		'Ask',
		HTTP,
		{
			url: `${baseUrl}/services/task/`,
			...BEARER,
			sendQuery: true,
			queryParameters: { parameters: [{ name: 'id', value: "={{ $('Submit').item.json.id }}" }] },
		},
		{ typeVersion: 4.2, position: [800, 0] },
	),
	node(
		'Done?',
		'n8n-nodes-base.if',
		{ conditions: { string: [{ value1: '={{ $json.status }}', operation: 'equal', value2: 'SUCCESS' }] } },
		{ typeVersion: 1, position: [1000, 0] },
	),
];

const LOOP = node(
	'Loop Over Items',
	'n8n-nodes-base.splitInBatches',
	{ batchSize: 1, options: {} },
	{ typeVersion: 3, position: [200, 0] },
);

const ASKING = ['Submit > Wait', 'Wait > Ask', 'Ask > Done?', 'Done? 1 > Wait'];

const handBuilt: Contender[] = [
	{
		name: 'hand-built, one at a time, Wait 1 s',
		kind: 'hand-built',
		concurrency: 1,
		workflow: (baseUrl) => ({
			nodes: [...handBuiltNodes(baseUrl), LOOP],
			connections: connect(
				...['Start > Log In', 'Start > Loop Over Items', 'Loop Over Items 1 > Submit'],
				...[...ASKING, 'Done? 0 > Loop Over Items'],
			),
			account: account(baseUrl),
		}),
	},
	{
		name: 'hand-built, all at once, Wait 1 s',
		kind: 'hand-built',
		concurrency: Infinity,
		workflow: (baseUrl) => ({
			nodes: handBuiltNodes(baseUrl),
			connections: connect('Start > Log In', 'Start > Submit', ...ASKING),
			account: account(baseUrl),
		}),
	},
];

/** All that run against each other. */
export const contenders: readonly Contender[] = [
	...[200, 50, 20, 5].map(ours),
	...handBuilt,
	...Object.keys(PEER_SCHEDULES).map(peer),
];

/** Returns the contender of that name. */
export const contenderNamed = (name: string): Contender =>
	contenders.find((contender) => contender.name === name)!;
