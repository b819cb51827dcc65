import { N8nApi, StoredWorkflow } from './api';
import { findTable, tablesPath } from './dataTable';
import { showPage, submitForm } from './form';
import { formUrl } from './mainExample';
import { registeredWomanAgain, specimen } from './photos';

/** The second example that `npm start` runs. */
export const ONBOARDING_EXAMPLE = 'onboard-customer';

const TABLE = 'progeny_customers';
const EMAIL = 'anna@example.com';

/** Result of an application: the decision of Verify Identity, and the UUID in the data table. */
export interface Onboarded {
	email: string;
	/** The passport's file. */
	passport: string;
	decision: string;
	reasons: string[];
	/** The name in the passport. */
	name?: string;
	/** The UUID of Register Face; absent if no face was registered. */
	uuid?: string;
	milliseconds?: number;
}

interface Verified {
	decision: string;
	reasons: string[];
	document?: { fullName?: string };
	timing?: { elapsedMs: number };
}

/**
 * Runs the example onboard-customer once, as an applicant does: a selfie and the specimen of a passport through its form. First deletes the
 * customer of an earlier start, since the example enrolls a person once.
 * @throws Error with n8n's message if the execution fails
 */
export async function runOnboarding(
	api: N8nApi,
	origin: string,
	workflow: StoredWorkflow,
): Promise<Onboarded> {
	await api.finished(await api.run(workflow, 'Set Up Once'));
	const rows = `${await tablesPath(api)}/${await findTable(api, TABLE)}/rows`;
	const filter = { type: 'and', filters: [{ columnName: 'email', condition: 'eq', value: EMAIL }] };
	await api.call('delete', `${rows}?filter=${encodeURIComponent(JSON.stringify(filter))}`);
	if (!workflow.active) await api.activate(workflow);

	const passport = specimen('passport-eriksson');
	const { next, executionId } = await submitForm(formUrl(origin, ONBOARDING_EXAMPLE), [
		EMAIL,
		'Anna Maria Eriksson',
		'1974-08-12',
		[await registeredWomanAgain()],
		[passport],
	]);
	await api.finished(executionId!, { also: ['waiting'] });
	await showPage(next!);
	const { status, data } = await api.finished(executionId!);
	const { runData, error } = data.resultData;
	if (status !== 'success')
		throw new Error(`Execution ${executionId} ended with ${status}: ${error?.message ?? ''}`);
	const [item] = runData['Verify Identity']![0]!.data!.main!.flatMap((items) => items ?? []);
	const { decision, reasons, document, timing } = item!.json as unknown as Verified;
	const { data: customers } = await api.call<{ data: { email: string; uuid: string | null }[] }>('get', rows);
	const uuid = customers.find(({ email }) => email === EMAIL)?.uuid;
	return {
		email: EMAIL,
		passport: passport.name,
		decision: decision ?? 'not checked',
		reasons: reasons ?? [],
		...(document?.fullName !== undefined && { name: document.fullName }),
		...(uuid && { uuid }),
		...(timing && { milliseconds: timing.elapsedMs }),
	};
}

/** True if the applicant was verified and enrolled. */
export const isOnboarded = ({ decision, name, uuid }: Onboarded): boolean =>
	decision === 'pass' && name === 'ANNA MARIA ERIKSSON' && uuid !== undefined;
