import { photo, sandboxForFile, upload } from './support/client';

const client = sandboxForFile();

it('recognizes a registered face, tells it from another one, and finds none on a cat', async () => {
	const uuid = await client.sandbox.registerPhoto(photo('eileen-collins.png'));
	const resultsOf = async (name: string) => {
		const { data } = (await client.authenticate(uuid, upload(photo(name)))).json.result;
		return [data.authentication?.result, data.liveness.result];
	};
	expect(await resultsOf('eileen-collins.png')).toEqual([true, true]);
	expect(await resultsOf('grace-hopper.jpg')).toEqual([false, true]);
	expect(await resultsOf('cat.png')).toEqual([undefined, false]);
});
