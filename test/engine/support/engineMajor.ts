import { version } from 'n8n-core/package.json';
import * as n8nWorkflow from 'n8n-workflow';

/** The major version of the n8n-core that the engine tests run on: 2, or what `npm run test:n8n` names. */
export const ENGINE_MAJOR = Number(version.split('.')[0]);

/** True if this n8n can keep a credential from another host after a redirect: the last n8n 1.x, and n8n 2.5 and later. */
export const KEEPS_CREDENTIAL_ON_REDIRECT = !/^2\.[0-4]\./.test(version);

/** True if this n8n has the workflow setting binary mode "combined": n8n 2.5 and later. */
export const HAS_COMBINED_MODE = 'BINARY_MODE_COMBINED' in n8nWorkflow;
