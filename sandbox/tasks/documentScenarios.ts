import type { SandboxService } from '../api/paths';
import { backgroundCheck } from '../document/watchList';
import { documentBlock, portraitOf } from '../document/documentBlock';
import type { Zone } from '../document/zone';
import type { ForcedOutcome } from './faceScenarios';

/**
 * An outcome that a scenario photo forces on the services that read a document, or a name on background_check. Everything else is as
 * in a pass.
 */
export interface DocumentScenario extends ForcedOutcome {
	/** Returns the fields of the zone that differ from a good document's on this day. */
	zone?: (today: Date) => Partial<Zone>;
	/** Fields of `document` that differ beside those; null if no document was read. */
	document?: object | null;
	/** `background_check`; null if it is missing. */
	background?: object | null;
	/** True if background_check answers without the envelope. */
	isBare?: boolean;
}

const yymmdd = (day: Date) => day.toISOString().slice(2, 10).replaceAll('-', '');
const yearsFrom = (today: Date, years: number) =>
	new Date(Date.UTC(today.getUTCFullYear() + years, today.getUTCMonth(), 1));
const daysFrom = (today: Date, days: number) => new Date(today.getTime() + days * 86_400_000);

const noHit = backgroundCheck('', undefined);

/** Every scenario of the document services. */
export const documentScenarios: readonly DocumentScenario[] = (
	[
		{
			name: 'document-invalid',
			does: 'The document is not valid.',
			conclusion: 'fail',
			zone: () => ({ valid: false }),
		},
		{
			name: 'document-expired',
			does: 'The document has expired.',
			conclusion: 'fail',
			zone: () => ({ expiry: '190415' }),
		},
		{
			name: 'document-not-read',
			does: 'No document was found: a code in `issues.document`, `result.status` 400.',
			conclusion: 'fail',
			document: null,
		},
		{
			name: 'document-without-dates',
			does: 'The dates are `None-None-None`, `is_expired` is null and `age` -1.',
			conclusion: 'review',
			zone: () => ({ birth: undefined, expiry: undefined }),
		},
		{
			name: 'document-contradictory',
			does: '`is_expired` is false although the date of expiry has passed.',
			conclusion: 'review',
			zone: () => ({ expiry: '190415' }),
			document: { is_expired: false },
		},
		{
			name: 'document-of-a-child',
			does: 'Passes with an age of ten years: for minimum-age rules.',
			conclusion: 'pass',
			zone: (today) => ({ birth: yymmdd(yearsFrom(today, -10)) }),
		},
		{
			name: 'document-expires-soon',
			does: 'Passes with a document that expires in 20 days: for minimum-validity rules.',
			conclusion: 'pass',
			zone: (today) => ({ expiry: yymmdd(daysFrom(today, 20)) }),
		},
		{
			name: 'background-check-hit',
			does: 'The background check has a hit with a high risk level.',
			conclusion: 'review',
			background: backgroundCheck('VERA NEMO', '1969-07-03'),
		},
		{
			name: 'background-check-risk',
			does: 'The background check has a high risk level without a hit.',
			conclusion: 'review',
			background: { ...noHit, risk_level: 'high' },
		},
		{
			name: 'background-check-missing',
			does: 'The background check is missing.',
			conclusion: 'fail',
			background: null,
		},
		{
			name: 'background-check-bare',
			does: 'Passes; background_check answers without the envelope of a task, as in its sample.',
			conclusion: 'pass',
			isBare: true,
		},
	] satisfies Omit<DocumentScenario, 'group'>[]
).map((scenario) => ({ group: 'Documents', ...scenario }));

/** Returns `document` and `background_check` of a scenario with this service; undefined if missing. */
export function partsOf(
	{ zone, document, background = noHit }: Partial<DocumentScenario>,
	service: SandboxService,
) {
	const today = new Date();
	const good: Zone = {
		valid: true,
		lastName: 'DOE',
		firstName: 'JANE',
		documentNumber: 'XX000000',
		nationality: 'UKRAINIAN',
		sex: 'F',
		birth: '900904',
		expiry: yymmdd(yearsFrom(today, 7)),
	};
	const portrait = portraitOf(service, '0000000000');
	return {
		document:
			document === null
				? undefined
				: { ...documentBlock({ ...good, ...zone?.(today) }, today, portrait), ...document },
		background: background ?? undefined,
	};
}
