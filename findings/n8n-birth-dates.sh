#!/usr/bin/env bash
# n8n-workflow 2.41.0, String.toDateTime without a format (what {{ $json.born.toDateTime() }} calls), on birth dates as people and documents
# write them. A good guess is a refusal, or the reading of the country that writes so. Seen: no refusal, and another day each time.
#   "900904"      (a passport's machine-readable zone, 4 September 1990)  ->  9009-04-01
#   "04.09.1990"  (German, 4 September)                                   ->  1990-04-09
#   "04/09/1990"  (British, 4 September)                                  ->  1990-04-09
#   "33120"       (the day of an xlsx cell, 4 September 1990)             ->  the year 33120
# With a format it reads what is meant: "04.09.1990".toDateTime("dd.MM.yyyy") -> 1990-09-04.
# Fails if any of this changes. Needs Node >= 20 and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts n8n-workflow@2.41.0
TZ=UTC node - <<'JS'
const assert = require('node:assert');
const { ExpressionExtensions } = require('n8n-workflow');
const { toDateTime } = ExpressionExtensions.find(({ typeName }) => typeName === 'String').functions;
const read = (text, ...format) => toDateTime(text, format).toISO()?.slice(0, -19) ?? 'refused';
const seen = ['900904', '04.09.1990', '04/09/1990', '33120'].map((text) => [text, read(text)]);
seen.push(['04.09.1990 with its format', read('04.09.1990', 'dd.MM.yyyy')]);
for (const row of seen) console.log(...row);
assert.deepStrictEqual(Object.fromEntries(seen), {
	900904: '9009-04-01',
	'04.09.1990': '1990-04-09',
	'04/09/1990': '1990-04-09',
	33120: '+033120-01-01',
	'04.09.1990 with its format': '1990-09-04',
});
JS
