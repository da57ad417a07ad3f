/** A carrier changed the settings of an installation. */
export interface IntegrationConfigured {
    type: 'integration.configured';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** Identifier of the installation. Matches `^ins_[0-9A-Za-z]{20}$`. */
        installation_id: string;
        /** The carrier whose installation it is. Matches `^car_[0-9A-Za-z]{20}$`. */
        carrier_id: string;
        /** All settings as they are now. */
        settings: Record<string, unknown>;
    };
}
/** A carrier installed the integration. */
export interface IntegrationInstalled {
    type: 'integration.installed';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** Identifier of the installation. Matches `^ins_[0-9A-Za-z]{20}$`. */
        installation_id: string;
        /** The carrier that installed it. Matches `^car_[0-9A-Za-z]{20}$`. */
        carrier_id: string;
        /** Name of the integration. 3 to 129 characters. */
        integration: string;
        /** Version that was installed. 5 to 128 characters. */
        version: string;
        /** Scopes the carrier consented to. At most 32 items. */
        scopes: Array<string>;
    };
}
/** A carrier ended an installation. */
export interface IntegrationUninstalled {
    type: 'integration.uninstalled';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** Identifier of the installation. Matches `^ins_[0-9A-Za-z]{20}$`. */
        installation_id: string;
        /** The carrier whose installation it was. Matches `^car_[0-9A-Za-z]{20}$`. */
        carrier_id: string;
        /** Why, where it was given. At most 1024 characters. */
        reason?: string;
    };
}
/** An event was appended to the ledger. */
export interface LedgerEvent {
    type: 'ledger.event.created';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** Identifier of the ledger event. Matches `^evt_[0-9A-Za-z]{20}$`. */
        id: string;
        /** Position in the carrier's ledger, without gaps. 1 to 9007199254740991. */
        sequence: number;
        /** What happened. */
        kind: 'policy.issued' | 'policy.endorsed' | 'policy.cancelled' | 'claim.opened' | 'claim.updated' | 'claim.closed' | 'document.attached' | 'payment.issued';
        /** The carrier whose ledger holds the event. Matches `^car_[0-9A-Za-z]{20}$`. */
        carrier_id: string;
        /** The policy, claim, document or payment that the event is about. */
        subject: {
            type: 'policy' | 'claim' | 'document' | 'payment';
            /** 1 to 128 characters. */
            id: string;
        };
        /** Who caused the event, where it is known. 1 to 256 characters. */
        actor?: string;
        /** When it happened. RFC 3339 date and time. */
        occurred_at: string;
        /** When the ledger recorded it. RFC 3339 date and time. */
        recorded_at: string;
        /** Facts of the event, by kind; keys are not fixed. */
        payload: Record<string, unknown>;
        /** SHA-256 of the event as recorded. Matches `^[0-9a-f]{64}$`. */
        hash: string;
        /** SHA-256 of the event before it. Matches `^[0-9a-f]{64}$`. */
        previous_hash: string;
    };
}
/** A carrier or a third party asked for a proof about a ledger event. */
export interface ProofRequest {
    type: 'ledger.proof.requested';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** Identifier of the request. Matches `^prf_[0-9A-Za-z]{20}$`. */
        id: string;
        /** The ledger event to prove. Matches `^evt_[0-9A-Za-z]{20}$`. */
        event_id: string;
        /** The carrier whose ledger holds the event. Matches `^car_[0-9A-Za-z]{20}$`. */
        carrier_id: string;
        /** Which proof is asked for. */
        proof_type: 'inclusion' | 'consistency' | 'attestation';
        /** Who asked. 1 to 256 characters. */
        requested_by: string;
        /** Why, where it was given. At most 1024 characters. */
        purpose?: string;
        /** When it was asked for. RFC 3339 date and time. */
        requested_at: string;
        /** When an answer stops being of use. RFC 3339 date and time. */
        expires_at?: string;
    };
}
/** The marketplace checks that an endpoint answers. */
export interface WebhookPing {
    type: 'webhook.ping';
    /** RFC 3339 date and time. */
    timestamp: string;
    data: {
        /** The endpoint that is being checked. 1 to 2048 characters. */
        endpoint: string;
    };
}
/** Every event of the catalogue, by its name. */
export interface EventMap {
    'integration.configured': IntegrationConfigured;
    'integration.installed': IntegrationInstalled;
    'integration.uninstalled': IntegrationUninstalled;
    'ledger.event.created': LedgerEvent;
    'ledger.proof.requested': ProofRequest;
    'webhook.ping': WebhookPing;
}
/** Name of an event of the catalogue. */
export type EventName = keyof EventMap;
/** Any event of the catalogue; its `type` tells which. */
export type ProveniqEvent = EventMap[EventName];
/** All event names, for checks at run time. */
export declare const EVENT_NAMES: readonly EventName[];
