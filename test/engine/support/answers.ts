import type { TaskAnswer } from '../../unit/documented';

/** Progeny's answers, apart from nock, which would stand between a test and a real connection. */
export { AUTHENTICATED as PASSED } from '../../unit/documented';
export { UUID } from './services';

/** Returns a JWT with the documented claims, of a token that ends `lifeSeconds` from now. */
export function jwt(lifeSeconds = 300, jti = 'a2872d8fb3cf455dae7fdb1efffc3e3e'): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const exp = Math.floor(Date.now() / 1000) + lifeSeconds;
	return `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ token_type: 'access', exp, jti, user_id: 41 })}.c2lnbmF0dXJl`;
}

/** Returns the task ID of the n-th upload. */
export const taskId = (n: number): string => `d48eac86-228e-4933-a01d-${String(n).padStart(12, '0')}`;

/** An unfinished task (inferred: Celery's PENDING in the documented envelope). */
export const PENDING = { id: 2190, status: 'PENDING', result: null };

/** Django REST Framework's answer for an object that it does not have (inferred for Progeny). */
export const NOT_FOUND = { detail: 'Not found.' };

/** Returns the answer with more under `result.data`. */
export const answerWith = ({ result, ...rest }: TaskAnswer, data: Record<string, unknown>) => ({
	...rest,
	result: { ...result, data: { ...result.data, ...data } },
});
