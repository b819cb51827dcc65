import { version } from 'n8n-core/package.json';

/** The major version of the n8n-core that the engine tests run on: 2, or 1 in `npm run test:n8n1`. */
export const ENGINE_MAJOR = Number(version.split('.')[0]);
