import { version } from 'n8n-core/package.json';

/** The major version of the n8n-core that the engine tests run on: 2, or what `npm run test:n8n` names. */
export const ENGINE_MAJOR = Number(version.split('.')[0]);
