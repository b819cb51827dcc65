#!/usr/bin/env bash
# aamva-parser 1.7.0 (npm), a reader of the barcode on the back of a driver's license "of US and Canadian" issuers, on two ordinary licenses.
# AAMVA's card design standard (annex D) writes dates as MMDDCCYY in the US and as CCYYMMDD in Canada; the element DCG tells the country. Seen:
#   a license of Ontario, born 20150606, expiring 20341210  ->  born in the year 607, so not under 21, and expired in 1211; no error
#   the last name ADACHI (element DCS)                      ->  the first name "HI": the letters of the element DAC are looked for anywhere
# A good guess is the dates as written, and the first name of the element DAC: MICHAEL.
# Fails if any of this changes. Needs Node >= 20 and npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts aamva-parser@1.7.0
TZ=UTC node - <<'JS'
const assert = require('node:assert');
const aamva = require('aamva-parser');
// The elements of AAMVA's standard of 2016 (version 09), in its order.
const barcode = (issuer, elements) =>
	`@\n\x1e\rANSI ${issuer}090001DL00310250DL${Object.entries({
		DCAC: '', DBA: '12102034', DCS: 'SAMPLE', DDEN: '', DAC: 'MICHAEL', DDFN: '', DAD: 'JOHN', DDGN: '', DBD: '06062019', DBB: '06061986', DBC: '1',
		DAU: '068 in', DAY: 'BRO', DAG: '2300 WEST BROAD STREET', DAI: 'RICHMOND', DAJ: 'VA', DAK: '232690000  ', DAQ: 'T64235789', DCF: '2424244747', DCG: 'USA',
		...elements,
	}).map(([name, text]) => name + text).join('\n')}\r`;
const day = (date) => date.toISOString().slice(0, 10);
const read = (code) => {
	const { firstName, lastName, dateOfBirth, expirationDate, expired } = aamva.parse(code);
	return { firstName, lastName, born: day(dateOfBirth), expires: day(expirationDate), expired, under21: aamva.isUnder21(code) };
};
const us = barcode('636000', {});
const ontario = barcode('636012', { DBA: '20341210', DBD: '20260606', DBB: '20150606', DAJ: 'ON', DCG: 'CAN' });
const adachi = barcode('636000', { DCS: 'ADACHI' });
const seen = { us: read(us), ontario: read(ontario), adachi: read(adachi) };
for (const [license, fields] of Object.entries(seen)) console.log(license, JSON.stringify(fields));
assert.deepStrictEqual(seen, {
	us: { firstName: 'MICHAEL', lastName: 'SAMPLE', born: '1986-06-06', expires: '2034-12-10', expired: false, under21: false },
	ontario: { firstName: 'MICHAEL', lastName: 'SAMPLE', born: '0607-08-15', expires: '1211-09-03', expired: true, under21: false },
	adachi: { firstName: 'HI', lastName: 'ADACHI', born: '1986-06-06', expires: '2034-12-10', expired: false, under21: false },
});
JS
