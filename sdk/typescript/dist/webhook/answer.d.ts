/** What to send back, independent of the HTTP server in use. */
export interface Answer {
    status: number;
    headers: Record<string, string>;
    body?: string;
}
declare const PROBLEMS: {
    readonly 'method-not-allowed': {
        readonly status: 405;
        readonly title: "Method not allowed";
    };
    readonly 'body-too-large': {
        readonly status: 413;
        readonly title: "Body too large";
    };
    readonly 'signature-invalid': {
        readonly status: 401;
        readonly title: "Signature missing or invalid";
    };
    readonly 'payload-malformed': {
        readonly status: 400;
        readonly title: "Payload malformed";
    };
    readonly 'handler-failed': {
        readonly status: 500;
        readonly title: "Handler failed";
    };
    readonly 'deliver-later': {
        readonly status: 503;
        readonly title: "Deliver later";
    };
};
/** Acknowledges a delivery. */
export declare const acknowledged: Answer;
/** Describes an error as a problem (RFC 9457). The detail goes to the sender: no internals, no secrets. */
export declare function problem(kind: keyof typeof PROBLEMS, detail: string, headers?: Record<string, string>): Answer;
export {};
