import './globals.js';
export { DeliverLater } from './deliver-later.js';
export { EventHandler } from './event-handler.js';
export { EVENT_NAMES } from './events.js';
export { FileIdempotencyStore } from './idempotency/file.js';
export { MemoryIdempotencyStore } from './idempotency/memory.js';
export { ProveniqIntegration } from './integration.js';
export { UpstreamClient, UpstreamRefused } from './upstream/client.js';
export { TokenRefused } from './upstream/token.js';
