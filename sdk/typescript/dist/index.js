import './globals.js';
export { EventHandler } from './event-handler.js';
export { EVENT_NAMES } from './events.js';
export { MemoryIdempotencyStore } from './idempotency/memory.js';
export { ProveniqIntegration } from './integration.js';
