import { globalAgent } from 'node:http';

// n8n ends a connection that was idle for five seconds, and on a busy machine just when the next request uses it.
Object.assign(globalAgent, { keepAlive: false });
