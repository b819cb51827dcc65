import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;

/** Returns a new key and a certificate for localhost that only itself vouches for, both as PEM; valid from yesterday for a month. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const name = [{ name: 'commonName', value: 'localhost' }];
	const notBeforeDate = new Date(Date.now() - DAY_MS);
	const notAfterDate = new Date(Date.now() + 30 * DAY_MS);
	const validity = { notBeforeDate, notAfterDate };
	const { private: key, cert } = await generate(name, { keyType: 'ec', algorithm: 'sha256', ...validity });
	return { key, cert };
}
