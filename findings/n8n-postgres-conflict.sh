#!/usr/bin/env bash
# n8n-nodes-base 2.41.1 (the Postgres node's own query runner, with pg-promise 11.9.1) on PostgreSQL 15 of Debian 12.
# `INSERT ... ON CONFLICT DO NOTHING RETURNING id` is the usual way to let a key in once: a row comes back for the first caller, none for the
# others. A good guess is one item, then none. Seen: one item, then one item again, { "success": true }. So a workflow that goes on "if an
# item came" lets everyone in. A SELECT around the INSERT always returns a row to branch on.
# Fails if that changes. Needs Node >= 20, npm and, as root, Debian's postgresql-15.
set -euo pipefail
[ -x /usr/lib/postgresql/15/bin/initdb ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null; }
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
as_postgres() { runuser -u postgres -- "$@"; }
stop() {
	as_postgres /usr/lib/postgresql/15/bin/pg_ctl -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$folder"
}
trap stop EXIT
chmod 755 "$folder"
cd "$folder"
install -d -o postgres -m 700 "$folder/data"
as_postgres /usr/lib/postgresql/15/bin/initdb -D "$folder/data" -A trust >/dev/null
as_postgres /usr/lib/postgresql/15/bin/pg_ctl -D "$folder/data" -w -l "$folder/data/log" \
	-o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder/data" start >/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts n8n-workflow@2.41.0 pg-promise@11.9.1 lodash@4.17.21 luxon@3.7.2
# The node's file alone: n8n-nodes-base as a whole installs some hundred packages that this does not use.
tar xzf "$(npm pack --silent n8n-nodes-base@2.41.1)"
PORT=$port node - <<'JS'
const assert = require('node:assert');
const pgp = require('pg-promise')({ noWarnings: true });
const { configureQueryRunner } = require('./package/dist/nodes/Postgres/v2/helpers/utils.js');
const db = pgp({ host: '127.0.0.1', port: Number(process.env.PORT), user: 'postgres', database: 'postgres' });
// As n8n-core does: the item that a row came from.
const helpers = { constructExecutionMetaData: (rows, { itemData }) => rows.map((row) => ({ ...row, pairedItem: itemData })) };
const run = configureQueryRunner.call({ helpers }, { name: 'Postgres' }, false, pgp, db);
const items = async (query, queryBatching) =>
	(await run([{ query, values: ['a'], options: { partial: true } }], { nodeVersion: 2.6, operation: 'executeQuery', queryBatching })).map(({ json }) => json);
(async () => {
	await db.none('CREATE TABLE used (id text PRIMARY KEY)');
	const insert = 'INSERT INTO used VALUES ($1) ON CONFLICT DO NOTHING RETURNING id';
	const seen = [];
	for (const batching of ['single', 'transaction', 'independently']) {
		await db.none('TRUNCATE used');
		seen.push([await items(insert, batching), await items(insert, batching)]);
		console.log(batching, JSON.stringify(seen.at(-1)));
		assert.deepStrictEqual(seen.at(-1), [[{ id: 'a' }], [{ success: true }]]);
	}
	await db.none('TRUNCATE used');
	const asked = `WITH added AS (${insert}) SELECT EXISTS (SELECT 1 FROM added) AS first`;
	const told = [await items(asked, 'single'), await items(asked, 'single')];
	console.log('asked for', JSON.stringify(told));
	assert.deepStrictEqual(told, [[{ first: true }], [{ first: false }]]);
	pgp.end();
})().catch((error) => { console.error(error); process.exit(1); });
JS
