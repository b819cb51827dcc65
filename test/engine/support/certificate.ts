import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
	const body = Buffer.concat(parts);
	const size = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const time = (ms: number) =>
	der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const name = (common: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))));
const TRUE = der(0x01, Buffer.from([0xff]));
const DAY_MS = 86_400_000;

/**
 * A key and a certificate for `localhost` and 127.0.0.1 that nobody vouches for but itself, made anew: X.509 v3 (RFC 5280),
 * P-256, valid from yesterday till tomorrow. Both as PEM.
 */
export function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
	const alternativeNames = sequence(
		der(0x82, Buffer.from('localhost')),
		der(0x87, Buffer.from([127, 0, 0, 1])),
	);
	const extensions = sequence(
		sequence(oid('551d13'), TRUE, der(0x04, sequence(TRUE))),
		sequence(oid('551d11'), der(0x04, alternativeNames)),
	);
	const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
	const toBeSigned = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, serial),
		ecdsaWithSha256,
		name('localhost'),
		sequence(time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
		name('localhost'),
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, extensions),
	);
	const signature = createSign('sha256').update(toBeSigned).sign(privateKey);
	const certificate = sequence(
		toBeSigned,
		ecdsaWithSha256,
		der(0x03, Buffer.concat([Buffer.from([0]), signature])),
	);
	const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
	};
}
