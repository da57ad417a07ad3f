import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** Reads a request header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

/** Verifies a delivery; returns its id, or throws {@link InvalidSignature}. */
export type SignatureVerifier = (header: HeaderReader, body: Buffer) => string;

/** A delivery that does not prove where it comes from; the message is fit for the sender. */
export class InvalidSignature extends Error {}

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const SECRET_BYTES = { least: 24, most: 64 };

/**
 * Makes a verifier of Standard Webhooks signatures, scheme `v1` (HMAC-SHA256), with a tolerance
 * of 300 seconds both ways. A delivery is good when any of the secrets verifies it, which is how
 * a secret rotates without an outage.
 *
 * @throws TypeError when there is no secret, or one is not `whsec_` and base64 of 24 to 64 bytes.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureVerifier(secrets: readonly string[]): SignatureVerifier {
  if (secrets.length === 0) throw new TypeError('at least one signing secret is needed');
  const webhooks = secrets.map(webhookOf);
  return (header, body) => {
    const headers: Record<string, string> = {};
    for (const name of HEADERS) {
      const value = header(name);
      if (!value) throw new InvalidSignature(`The header ${name} is missing.`);
      headers[name] = value;
    }
    requireUnambiguous(headers['webhook-id']!);
    requireInteger(headers['webhook-timestamp']!);
    requireAnyMatch(webhooks, headers, body);
    return headers['webhook-id']!;
  };
}

function webhookOf(secret: string, index: number): Webhook {
  const encoded = SECRET.exec(secret)?.[1];
  const bytes = encoded === undefined ? 0 : Buffer.from(encoded, 'base64').length;
  if (encoded === undefined || encoded.length % 4 !== 0 || bytes < SECRET_BYTES.least || bytes > SECRET_BYTES.most) {
    // By position only: a message must never carry the secret.
    throw new TypeError(`signing secret ${index + 1} is not "whsec_" followed by base64 of 24 to 64 bytes`);
  }
  return new Webhook(secret);
}

// What is signed is `id.timestamp.body`: an id with a dot could pass a part of itself off as the timestamp.
function requireUnambiguous(id: string): void {
  if (id.includes('.')) throw new InvalidSignature('The header webhook-id contains a dot.');
}

// The reference library parses "1700000000.5" and "1700000000abc" as 1700000000; the specification
// has integer seconds only, and the signature covers the header as it was sent.
function requireInteger(timestamp: string): void {
  if (!/^[0-9]+$/.test(timestamp)) {
    throw new InvalidSignature('The header webhook-timestamp is not an integer number of seconds.');
  }
}

function requireAnyMatch(webhooks: readonly Webhook[], headers: Record<string, string>, body: Buffer): void {
  let reason = '';
  for (const webhook of webhooks) {
    try {
      webhook.verify(body, headers, { jsonParse: false });
      return;
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      reason = error.message;
    }
  }
  throw new InvalidSignature(`${reason}.`);
}
