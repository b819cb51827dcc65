import { uuidV1 } from '../../sandbox/uuid';

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
