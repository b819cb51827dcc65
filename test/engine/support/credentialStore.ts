import {
	ICredentialsHelper,
	NodeHelpers,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
} from 'n8n-workflow';
import { ENGINE_MAJOR } from './engineMajor';

/**
 * Credentials in memory, with the behavior of n8n's own helper (n8n 2.41 and 1.123, credentials-helper.js): every read
 * decrypts anew and fills in defaults; preAuthentication runs when the expirable property is empty or after a 401, and what
 * it returns is stored and merged; undeclared properties get lost. What is stored: in 2.x only what it returned, beside
 * what is stored by then; in 1.x the whole credential as the node had read it.
 */
export class CredentialStore extends ICredentialsHelper {
	constructor(
		private readonly types: Record<string, ICredentialType>,
		private readonly stored: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}

	/** Returns the data stored under an ID at this moment. */
	data(id: string): ICredentialDataDecryptedObject {
		return this.stored[id]!;
	}

	/** Changes a credential as a user does in the editor: the hidden properties stay. */
	edit(id: string, change: ICredentialDataDecryptedObject): void {
		this.stored[id] = { ...this.stored[id], ...change };
	}

	/** Stores a copy of the one credential under another ID. */
	copy(id: string): void {
		this.stored[id] = structuredClone(Object.values(this.stored)[0]!);
	}

	override getParentTypes = (): string[] => [];
	override isCredentialUsableByNode = (): boolean => true;
	isParentTypeUsableByNode = (): boolean => true;
	override runPreAuthentication = async (): Promise<undefined> => undefined;

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.types[type]!.properties;
	}

	override async getCredentials(): Promise<never> {
		throw new Error('not used');
	}

	override async getDecrypted(
		_additionalData: unknown,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = structuredClone(this.stored[nodeCredentials.id!]!);
		const declared = NodeHelpers.getNodeParameters(
			this.types[type]!.properties,
			data as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const { allowedHttpRequestDomains, allowedDomains } = data;
		return {
			...declared,
			...(allowedHttpRequestDomains === undefined ? {} : { allowedHttpRequestDomains, allowedDomains }),
		} as ICredentialDataDecryptedObject;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types[type]!;
		return typeof authenticate === 'function'
			? await authenticate(credentials, requestOptions)
			: requestOptions;
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types[typeName]!;
		const expirable = type.properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = (await type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[expirable.name] === undefined) return undefined;
		Object.assign(credentials, output);
		await this.updateCredentials(
			node.credentials![typeName]!,
			typeName,
			ENGINE_MAJOR === 1 ? credentials : output,
		);
		return credentials;
	}

	override async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const stored = this.stored[nodeCredentials.id!]!;
		for (const [key, value] of Object.entries(data)) if (!isExpression(stored[key])) stored[key] = value;
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('not used');
	}
}
