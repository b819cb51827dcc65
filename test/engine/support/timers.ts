import { createHook } from 'node:async_hooks';

interface Watched {
	/** Node marks a timer that went off or was cleared; it takes a while until it is destroyed. */
	timer: { hasRef?(): boolean; _destroyed?: boolean };
	stack: string;
}

/**
 * Watches the timers that are set from now on. Gives a function that lists those that are still to go off and keep the
 * process alive, by where they were set; jest's own and those that `except` knows (a part of a path) are left out.
 * process.getActiveResourcesInfo() gives a mere count, in which jest's timers come and go.
 */
export function watchTimers(except: readonly string[]): () => string[] {
	const live = new Map<number, Watched>();
	const { stackTraceLimit } = Error;
	const hook = createHook({
		init(id, type, _trigger, resource) {
			if (type !== 'Timeout') return;
			Error.stackTraceLimit = 30;
			live.set(id, { timer: resource as Watched['timer'], stack: new Error().stack ?? '' });
			Error.stackTraceLimit = stackTraceLimit;
		},
		destroy(id) {
			live.delete(id);
		},
	});
	hook.enable();
	return () => {
		hook.disable();
		return [...live.values()]
			.filter(({ timer }) => timer.hasRef?.() === true && timer._destroyed !== true)
			.map(({ stack }) => originOf(stack))
			.filter((origin) => !['/@jest/', '/jest-circus/', ...except].some((place) => origin.includes(place)));
	};
}

/** The line that set the timer: the first that is neither Node's nor n8n's `sleep`. */
function originOf(stack: string): string {
	const lines = stack.split('\n').filter((line) => /\((\/|[A-Z]:)|at (\/|[A-Z]:)/.test(line));
	const own = lines.filter((line) => !line.includes('faults.timers') && !/[\\/]sleep\.[jt]s/.test(line));
	return (own[0] ?? stack).trim();
}
