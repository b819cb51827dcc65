#!/usr/bin/env bash
# mrz 5.0.2 (npm), a reader of machine-readable zones: a name that fills its field, or leaves a single filler, is returned twice, as
# last name and as first name, and neither field is marked as invalid. A short single name ("SUKARNO<<<<") has an empty first name. ICAO 9303-3
# (4.6) lets a long primary identifier fill the field. Joined, the two fields hold such a person's name twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mrz@5.0.2 >/dev/null
cat > read.mjs <<'JS'
import { parse } from 'mrz';
const line2 = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
const read = (name) => {
	const { valid, fields, details } = parse([`P<UTO${name.padEnd(39, '<')}`, line2]);
	const bad = details.filter((d) => !d.valid).map((d) => d.field);
	return JSON.stringify([fields.lastName, fields.firstName, bad]);
};
console.log('one name:      ', read('SUKARNO'));
console.log('fills the field:', read('A'.repeat(39)));
console.log('ends by one <: ', read('B'.repeat(38)));
JS
output=$(node read.mjs)
echo "mrz $(node -p "require('./node_modules/mrz/package.json').version")"
echo "$output"
a=$(printf 'A%.0s' {1..39})
b=$(printf 'B%.0s' {1..38})
for seen in '["SUKARNO","",' "[\"$a\",\"$a\"," "[\"$b\",\"$b\","; do
	grep -qF "$seen" <<<"$output" || { echo "changed: $seen is not there any more"; exit 1; }
done
echo 'as seen: one name that fills the field is returned as both names'
