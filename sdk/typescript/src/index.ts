import './globals.js';

export { EventHandler } from './event-handler.js';
export type { EventMethodDecorator } from './event-handler.js';
export { EVENT_NAMES } from './events.js';
export type * from './events.js';
export { MemoryIdempotencyStore } from './idempotency/memory.js';
export type { MemoryIdempotencyStoreOptions } from './idempotency/memory.js';
export type { IdempotencyStore, RunOutcome } from './idempotency/store.js';
export { ProveniqIntegration } from './integration.js';
export type { ExternalApi } from './integration.js';
export type { NodeHandler, NodeHandlerOptions } from './http/node.js';
export type { Logger } from './logger.js';
export type { WebhookOptions } from './webhook/receiver.js';
