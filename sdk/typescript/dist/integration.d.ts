import type { ProveniqEvent } from './events.js';
import { type NodeHandler, type NodeHandlerOptions } from './http/node.js';
/** The system that an integration keeps in step with the ledger. */
export interface ExternalApi {
    /** Carries one ledger event over; a rejection makes the marketplace deliver the event again. */
    sync(event: LedgerEvent): unknown;
}
/**
 * Base class of every integration: methods marked with `EventHandler` receive the marketplace's
 * events, and {@link ProveniqIntegration.handler} turns the whole into a webhook endpoint.
 */
export declare abstract class ProveniqIntegration {
    /** Name of the integration, for people. */
    abstract name: string;
    /** Version of the integration, SemVer. */
    abstract version: string;
    /** The external system; an integration sets it before events arrive. */
    externalApi: ExternalApi;
    /**
     * Makes the proof that was asked for and hands it on; an integration overrides it. The answer
     * to a webhook has no body, so a proof that is only returned reaches the method's caller alone.
     */
    generateProof(proof: ProofRequest): unknown;
    /** Tells whether any method handles events of this type. */
    handles(type: string): boolean;
    /**
     * Runs the methods that handle the event, one after the other, and returns what they returned.
     * Stops at the first that throws.
     */
    dispatch(event: ProveniqEvent): Promise<unknown[]>;
    /**
     * Returns a `node:http` request listener that verifies, deduplicates and dispatches deliveries.
     *
     * @throws TypeError when no secret is given, or one is not a `whsec_` secret.
     */
    handler(options: NodeHandlerOptions): NodeHandler;
}
