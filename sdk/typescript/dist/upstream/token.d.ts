/** An OAuth client of the upstream. */
export interface ClientCredentials {
    /** Token endpoint. */
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
}
/** The upstream gives no token; the message is fit for a log. */
export declare class TokenRefused extends Error {
}
/** Fetches tokens by client credentials (RFC 6749 section 4.4), one for all calls, and again when it is due. */
export declare class TokenSource {
    #private;
    constructor(client: ClientCredentials);
    /** Returns the `Authorization` header. Calls that need a token at once share one request for it. */
    header(limitMs: number): Promise<string>;
    /** Forgets a header that was refused, unless it has been replaced already. */
    refused(header: string): void;
}
