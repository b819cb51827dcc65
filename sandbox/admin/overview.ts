import { apiPrefix } from '../api/paths';
import type { State } from '../state';
import type { SandboxTask } from '../tasks/tasks';
import { summarize } from './summarize';

const shownTasks = 50;

/** Returns the content of the page: the account, faces, last tasks, faults and settings, newest first. No pictures, no tokens. */
export function overview(state: State, origin: string) {
	const { account, faces, tasks, faults, settings, startedAt, data, engine } = state;
	return {
		now: Date.now(),
		startedAt,
		credentials: { baseUrl: `${origin}${apiPrefix}`, ...account },
		faces: faces
			.list()
			.map(({ uuid, registeredAt }) => ({ uuid, registeredAt }))
			.reverse(),
		facesKeptIn: data ?? null,
		accepted: tasks.accepted,
		tasks: tasks.list().slice(-shownTasks).reverse().map(shortened),
		faults: faults.list(),
		settings,
		engine: { started: engine.started, busy: engine.busy },
	};
}

function shortened({ answer, ...task }: SandboxTask) {
	return { ...task, ...(answer && summarize(task.service, answer)) };
}
