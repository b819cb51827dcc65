#!/usr/bin/env bash
# n8n-core 2.41.1 with the Switch node of n8n-nodes-base 2.41.1 (3.4) under "On Error: Continue", on the results of an identity check.
# A result that is not a boolean ("no") matches no rule, so a good guess is the fallback output, or no output. Seen: it leaves on the first
# output as { "error": ... }, beside the items that the first rule matched. If the first rule is the pass, it leaves on the same output as a pass.
# Under "Continue (using error output)" it leaves on the error output.
# Fails if any of this changes. Needs Node >= 20 and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts n8n-core@2.41.1 n8n-workflow@2.41.0 lodash@4.18.1 reflect-metadata@0.2.2
# The node's files alone: n8n-nodes-base as a whole installs some hundred packages that this does not use.
tar xzf "$(npm pack --silent n8n-nodes-base@2.41.1)"
N8N_USER_FOLDER=$folder node - <<'JS'
require('reflect-metadata');
const assert = require('node:assert');
const { ExecutionLifecycleHooks, WorkflowExecute } = require('n8n-core');
const { Workflow } = require('n8n-workflow');
const { SwitchV3 } = require('./package/dist/nodes/Switch/V3/SwitchV3.node.js');
const type = new SwitchV3({ displayName: 'Switch', name: 'switch', group: [], description: '', defaultVersion: 3.4 });

const rule = (operation) => ({
	conditions: {
		combinator: 'and',
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 3 },
		conditions: [{ id: operation, leftValue: '={{ $json.verified }}', rightValue: '', operator: { type: 'boolean', operation, singleValue: true } }],
	},
});
async function outputs(onError) {
	const node = { id: '1', name: 'Switch', type: 'switch', typeVersion: 3.4, position: [0, 0], onError };
	node.parameters = { mode: 'rules', rules: { values: [rule('true'), rule('false')] }, options: { fallbackOutput: 'extra' } };
	const workflow = new Workflow({
		id: '1', active: false, nodes: [node], connections: {}, settings: { executionOrder: 'v1' },
		nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) },
	});
	const items = [{ json: { verified: true } }, { json: { verified: false } }, { json: { verified: 'no' } }];
	const stack = [{ node: workflow.getNode('Switch'), data: { main: [items] }, source: null }];
	const data = {
		version: 1, startData: {}, resultData: { runData: {} },
		executionData: { contextData: {}, metadata: {}, waitingExecution: {}, waitingExecutionSource: null, nodeExecutionStack: stack },
	};
	const additional = {
		hooks: new ExecutionLifecycleHooks('manual', '1', { id: '1', nodes: [], connections: {} }),
		executionId: '1', currentNodeExecutionIndex: 0, variables: {}, setExecutionStatus() {}, logAiEvent() {},
	};
	const run = await new WorkflowExecute(additional, 'manual', data).processRunExecutionData(workflow);
	return run.data.resultData.runData.Switch[0].data.main.map((output) => output.map(({ json }) => ('error' in json ? 'error' : json.verified)));
}
(async () => {
	const seen = {};
	for (const onError of ['continueRegularOutput', 'continueErrorOutput']) {
		seen[onError] = await outputs(onError);
		console.log(onError, JSON.stringify(seen[onError]));
	}
	assert.deepStrictEqual(seen, {
		continueRegularOutput: [[true, 'error'], [false], []],
		continueErrorOutput: [[true], [false], [], ['error']],
	});
})().catch((error) => { console.error(error); process.exit(1); });
JS
