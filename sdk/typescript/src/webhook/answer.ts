/** What to send back, independent of the HTTP server in use. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

const PROBLEMS = {
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'body-too-large': { status: 413, title: 'Body too large' },
  'signature-invalid': { status: 401, title: 'Signature missing or invalid' },
  'payload-malformed': { status: 400, title: 'Payload malformed' },
  'handler-failed': { status: 500, title: 'Handler failed' },
  'deliver-later': { status: 503, title: 'Deliver later' },
} as const;

/** Acknowledges a delivery. */
export const acknowledged: Answer = { status: 204, headers: {} };

/** Describes an error as a problem (RFC 9457). The detail goes to the sender: no internals, no secrets. */
export function problem(kind: keyof typeof PROBLEMS, detail: string, headers: Record<string, string> = {}): Answer {
  const { status, title } = PROBLEMS[kind];
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: `urn:proveniq:problem:${kind}`, title, status, detail }),
  };
}
