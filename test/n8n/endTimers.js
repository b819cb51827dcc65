const { afterAll } = require('@jest/globals');
const { Container } = require('@n8n/di');
const { SSHClientsManager } = require('n8n-core/dist/execution-engine/ssh-clients-manager');

// Every node's context in n8n-core 1.x starts this timer, and it keeps the process alive; 2.x lets it go.
afterAll(() => Container.get(SSHClientsManager).onShutdown());
