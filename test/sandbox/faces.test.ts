import { startSandbox, type Sandbox } from '../../sandbox';
import { authenticate, login, photo, upload } from './support/client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ taskTime: 0 });
});
afterAll(async () => await sandbox.close());

it('knows a registered face again, tells it from another one, and finds none on a cat', async () => {
	const { access } = await login(sandbox);
	const uuid = await sandbox.registerPhoto(photo('eileen-collins.png'));
	const resultsOf = async (name: string) => {
		const { data } = (await authenticate(sandbox, access, uuid, upload(photo(name)))).json.result;
		return [data.authentication?.result, data.liveness.result];
	};
	expect(await resultsOf('eileen-collins.png')).toEqual([true, true]);
	expect(await resultsOf('grace-hopper.jpg')).toEqual([false, true]);
	expect(await resultsOf('cat.png')).toEqual([undefined, false]);
});
