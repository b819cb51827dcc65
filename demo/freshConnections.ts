import { globalAgent } from 'node:http';

// n8n ends a connection that was idle for five seconds, and on a busy machine just when the next request uses it. Without
// keep-alive, though, it would end one that is still uploading to a form that is not open yet.
Object.assign(globalAgent, { maxFreeSockets: 0 });
