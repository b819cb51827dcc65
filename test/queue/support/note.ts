import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningCluster } from './cluster';
import { QUEUE_CACHE } from './folders';
import type { Cluster } from './members';

const NOTE = join(QUEUE_CACHE, 'cluster.json');

/** Tells the suite, which runs in a context of its own, of the cluster. */
export function noteCluster({ stop: _, ...cluster }: RunningCluster): void {
	writeFileSync(NOTE, JSON.stringify(cluster), { mode: 0o600 });
}

/** The cluster that the global set-up started. */
export function readCluster(): Cluster {
	return JSON.parse(readFileSync(NOTE, 'utf8')) as Cluster;
}
