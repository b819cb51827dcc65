import { createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that nothing listens on: `preferred` if it is free, else one that the system picks. */
export async function freePort(preferred = 0): Promise<number> {
	return (await portIfFree(preferred)) ?? (await portIfFree(0))!;
}

function portIfFree(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
		});
	});
}
