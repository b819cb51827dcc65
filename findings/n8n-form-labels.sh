#!/usr/bin/env bash
# n8n-nodes-base 2.41.1, n8n's Form Trigger, with two file fields: one for the passport, one for the selfie.
# A good guess is two binary fields. Seen: with the labels "Passport" and "Selfie" two; with the usual Chinese (护照, 自拍) or Korean ones
# (여권, 셀카) one, which holds the second file. Each character but A-Z, a-z, 0-9 and _ becomes _, so labels of one length are one name.
# A Field Name in Latin letters (typeVersion 2.4 and later) keeps the files apart.
# Fails if any of this changes. Needs Node >= 20 and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts n8n-core@2.41.1 n8n-workflow@2.41.0 \
	basic-auth@2.0.1 isbot@3.6.13 jsonwebtoken@9.0.3 lodash@4.18.1 luxon@3.7.2 sanitize-html@2.17.7
# The node's files alone: n8n-nodes-base as a whole installs some hundred packages that this does not use.
tar xzf "$(npm pack --silent n8n-nodes-base@2.41.1)"
node - <<'JS'
const assert = require('node:assert');
const { prepareFormReturnItem } = require('./package/dist/nodes/Form/utils/utils.js');
const file = (name) => ({ filepath: `/nonexistent/${name}`, originalFilename: name, mimetype: 'image/jpeg', size: 1 });
// As n8n passes them to the node: the two files in the order of the form's fields, as `field-0` and `field-1`.
const context = {
	getBodyData: () => ({ data: {}, files: { 'field-0': file('passport.jpg'), 'field-1': file('selfie.jpg') } }),
	getNode: () => ({ type: 'n8n-nodes-base.formTrigger', typeVersion: 2.5 }),
	getMode: () => 'trigger',
	getTimezone: () => 'UTC',
	getNodeParameter: (name, fallback) => fallback,
	getWorkflowSettings: () => ({}),
	getRequestObject: () => ({ query: {}, contentType: 'multipart/form-data' }),
	nodeHelpers: { copyBinaryFile: async (path, fileName, mimeType) => ({ fileName, mimeType, data: '' }) },
};
const received = async (fields) => {
	const { binary } = await prepareFormReturnItem(context, fields.map((field) => ({ fieldType: 'file', multipleFiles: false, requiredField: true, ...field })), 'production', false);
	return Object.fromEntries(Object.entries(binary).map(([name, { fileName }]) => [name, fileName]));
};
(async () => {
	const seen = {};
	for (const labels of [['Passport', 'Selfie'], ['护照', '自拍'], ['여권', '셀카']]) {
		seen[labels.join(', ')] = await received(labels.map((fieldLabel) => ({ fieldLabel })));
	}
	seen['护照 and 自拍 with Field Names'] = await received([{ fieldLabel: '护照', fieldName: 'passport' }, { fieldLabel: '自拍', fieldName: 'selfie' }]);
	for (const [labels, binary] of Object.entries(seen)) console.log(labels, '->', JSON.stringify(binary));
	assert.deepStrictEqual(Object.values(seen), [
		{ Passport: 'passport.jpg', Selfie: 'selfie.jpg' },
		{ __: 'selfie.jpg' },
		{ __: 'selfie.jpg' },
		{ passport: 'passport.jpg', selfie: 'selfie.jpg' },
	]);
})().catch((error) => { console.error(error); process.exit(1); });
JS
