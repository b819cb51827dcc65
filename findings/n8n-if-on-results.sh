#!/usr/bin/env bash
# n8n-workflow 2.41.0, executeFilter: what n8n's IF, Filter and Switch nodes decide by, asked about fields of an identity check.
# "Convert types where required" says that "false" and 0 become false. A good guess for other texts that mean no is false or an error, and for
# a number that is not known (null: no expiry date was read) that no comparison holds. Seen:
#   "fail", "no", "rejected", "review" (is true)   ->  true with "Convert types"; an error without it
#   null (is at least 0), null (is at most 0)      ->  true, with "Convert types" and without it; yet null (equals 0) is false
#   no field at all (is at least 0)                ->  false
# So a rule "expires in at least 0 days" lets a document without a date in.
# Fails if any of this changes. Needs Node >= 20 and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts n8n-workflow@2.41.0
node - <<'JS'
const assert = require('node:assert');
const { executeFilter } = require('n8n-workflow');
const ask = (typeValidation, leftValue, type, operation, rightValue = '') => {
	const operator = { type, operation, singleValue: operation === 'true' };
	const conditions = [{ id: '1', leftValue, rightValue, operator }];
	try {
		return executeFilter({ combinator: 'and', options: { caseSensitive: true, leftValue: '', typeValidation, version: 3 }, conditions });
	} catch {
		return 'error';
	}
};
const seen = {};
for (const typeValidation of ['loose', 'strict']) {
	for (const text of ['fail', 'no', 'rejected', 'review', 'false']) seen[`${typeValidation}: "${text}" is true`] = ask(typeValidation, text, 'boolean', 'true');
	for (const number of [null, undefined]) {
		for (const operation of ['gte', 'lte', 'equals']) seen[`${typeValidation}: ${number} ${operation} 0`] = ask(typeValidation, number, 'number', operation, 0);
	}
}
for (const [asked, answer] of Object.entries(seen)) console.log(asked, '->', answer);
const numbers = (setting) => ({
	[`${setting}: null gte 0`]: true,
	[`${setting}: null lte 0`]: true,
	[`${setting}: null equals 0`]: false,
	[`${setting}: undefined gte 0`]: false,
	[`${setting}: undefined lte 0`]: false,
	[`${setting}: undefined equals 0`]: false,
});
assert.deepStrictEqual(seen, {
	'loose: "fail" is true': true,
	'loose: "no" is true': true,
	'loose: "rejected" is true': true,
	'loose: "review" is true': true,
	'loose: "false" is true': false,
	...numbers('loose'),
	'strict: "fail" is true': 'error',
	'strict: "no" is true': 'error',
	'strict: "rejected" is true': 'error',
	'strict: "review" is true': 'error',
	'strict: "false" is true': 'error',
	...numbers('strict'),
});
JS
