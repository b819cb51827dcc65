import fc from 'fast-check';
import { readUuid, uuidV1 } from '../../sandbox/uuid';

it('makes version-1 UUIDs of now, none twice', () => {
	const before = Date.now();
	const made = Array.from({ length: 2000 }, uuidV1);
	const after = Date.now();
	expect(new Set(made.map((uuid) => uuid.slice(0, 18))).size).toBe(2000);
	for (const uuid of made)
		expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	const [low, middle, high] = made[0]!.split('-');
	const steps = BigInt(`0x${high!.slice(1)}${middle}${low}`);
	const ms = Number((steps - 122_192_928_000_000_000n) / 10_000n);
	expect(ms).toBeGreaterThanOrEqual(before - 1);
	expect(ms).toBeLessThanOrEqual(after + 1);
});

it('reads any UUID in any of its spellings', () => {
	const spellings = [
		(uuid: string) => uuid,
		(uuid: string) => uuid.toUpperCase(),
		(uuid: string) => uuid.replaceAll('-', ''),
		(uuid: string) => `{${uuid}}`,
		(uuid: string) => `urn:uuid:${uuid}`,
	];
	fc.assert(
		fc.property(fc.uuid(), fc.constantFrom(...spellings), (uuid, spell) => readUuid(spell(uuid)) === uuid),
	);
});

it.each(['', 'me', '123', 'd3da2b7a-b062-11ec-b3b9-0242ac19000', 'g3da2b7a-b062-11ec-b3b9-0242ac190002'])(
	'does not read "%s"',
	(text) => expect(readUuid(text)).toBeUndefined(),
);
