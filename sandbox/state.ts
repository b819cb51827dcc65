import type { Logger } from 'pino';
import type { Tokens } from './api/tokens';
import type { Checks } from './checks';
import type { DocumentReader } from './document/reader';
import type { DocumentChecks } from './documentChecks';
import type { FaceEngine } from './face/engine';
import type { Faces } from './faces';
import type { Faults } from './faults';
import type { Settings } from './options';
import type { Requests } from './requests';
import type { Tasks } from './tasks/tasks';

/** The parts of a running sandbox, except its server. */
export interface State {
	/** The one account. */
	account: { username: string; password: string };
	/** Can change while it runs. */
	settings: Settings;
	/** Largest upload in bytes. */
	maxUploadBytes: number;
	/** Bytes of pictures waiting or being processed, and their maximum. */
	waitingBytes: number;
	maxWaitingBytes: number;
	/** SQLite file of the registered faces, if any. */
	data: string | undefined;
	/** ms since the epoch. */
	startedAt: number;
	tokens: Tokens;
	tasks: Tasks;
	faces: Faces;
	engine: FaceEngine;
	reader: DocumentReader;
	checks: Checks;
	documentChecks: DocumentChecks;
	faults: Faults;
	requests: Requests;
	log: Logger;
}
