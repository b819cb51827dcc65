import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { messages } from '../nodes/shared/errors/messages';
import { userError } from '../nodes/shared/errors/n8nErrors';
import { DEFAULT_BASE_URL, PROBE_TASK_ID, TASK_PATH } from '../nodes/shared/progeny/endpoints';
import { accountOf, authorized, newReceiptKey, TEST_HEADER } from '../nodes/shared/progeny/credential';
import { boundRequest, loginScopeOf } from '../nodes/shared/progeny/hostBridge';
import { logInFor } from '../nodes/shared/progeny/runLogin';

/**
 * A Progeny account: base URL, username and password. Logs in by itself and keeps the five-minute access token with the credential,
 * for all items and executions, until the token expires or the account is edited.
 */
export class ProgenyApi implements ICredentialType {
	name = 'progenyApi';

	displayName = 'Progeny API';

	documentationUrl = 'https://docs.progeny.tech';

	icon = { light: 'file:progeny.svg', dark: 'file:progeny.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			description: 'The address of the Progeny API. Plain http is accepted for local and private hosts only.',
			required: true,
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			description: 'The username provided by Progeny',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The password provided by Progeny',
			required: true,
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Access Token Metadata',
			name: 'tokenMetadata',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Receipt Key',
			name: 'receiptKey',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	/**
	 * Logs in. n8n calls it if no token is stored, or after a 401, and stores the returned fields. The first login also creates the
	 * receipt key. Sets all fields in `credentials` as well, since a run's requests share that object. Throws a UserError.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const account = accountOf(credentials);
		const refused = credentials.accessToken;
		const scope = loginScopeOf(credentials);
		const { accessToken, metadata } = await logInFor(scope, this, account, refused);
		const stored = {
			accessToken,
			tokenMetadata: JSON.stringify(metadata),
			...(credentials.receiptKey ? {} : { receiptKey: newReceiptKey(scope) }),
		};
		Object.assign(credentials, stored);
		return stored;
	}

	/**
	 * Adds the base URL and the access token to a request, or makes n8n log in first. A node's request is aborted once its
	 * answer is no longer wanted. Throws a UserError if that is the case already.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const request = boundRequest(requestOptions.headers);
		if (request?.isWanted() === false) throw userError(messages.canceled());
		const options = authorized(credentials, requestOptions, Date.now());
		if (request === undefined) return options;
		request.leaving(credentials.accessToken, credentials.tokenMetadata);
		return { ...options, abortSignal: request.signal };
	}

	/**
	 * Progeny documents no "who am I" request, so the test polls a task that does not exist, which changes nothing there. Any
	 * answer (a 404, or PENDING forever) is a success. Only the login before it can fail: `authorized` requires a new one for this
	 * request, so an edited or revoked password is noticed at once.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: TASK_PATH,
			qs: { id: PROBE_TASK_ID },
			headers: { [TEST_HEADER]: 'true' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 'token_not_valid',
					message: 'Progeny logged in but then did not accept its own access token. Check the Base URL.',
				},
			},
		],
	};
}
