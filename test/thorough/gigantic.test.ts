import { fakeBinaryStore } from '../engine/support/check';
import { leaksOf } from '../engine/support/secrets';
import { useVirtualTime } from '../engine/support/virtualTime';
import { useFakeResolver } from '../engine/support/wireServer';
import { runCase } from '../engine/faultMatrix/run';
import { casesOf, gigantic, isIn } from '../engine/faultMatrix/table';

useVirtualTime();

useFakeResolver();
beforeAll(() => fakeBinaryStore());

const once = casesOf(gigantic, 'authenticateFace').filter(([, { lasts }]) => lasts === 'once');

test.each(once)(
	'%s',
	async (_, row) => {
		const { cell, accepted, passed, ran, server } = await runCase(row, 60);
		expect(isIn(cell, row.cell) ? row.cell : cell).toBe(row.cell);
		expect(passed).toBe(cell.startsWith('pass '));
		expect(accepted).toBeLessThanOrEqual(1);
		expect(leaksOf(ran, server.tokens)).toEqual([]);
	},
	60_000,
);
