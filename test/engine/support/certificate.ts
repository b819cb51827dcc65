import { generate } from 'selfsigned';

/** A new key and a certificate for localhost that only itself vouches for, both as PEM. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const name = [{ name: 'commonName', value: 'localhost' }];
	const { private: key, cert } = await generate(name, { keyType: 'ec', algorithm: 'sha256' });
	return { key, cert };
}
