import type * as events from './events.js';

declare global {
  /** An event was appended to the ledger; global, so that an integration names it without an import. */
  interface LedgerEvent extends events.LedgerEvent {}

  /** A proof about a ledger event was asked for; global, as {@link LedgerEvent} is. */
  interface ProofRequest extends events.ProofRequest {}
}
