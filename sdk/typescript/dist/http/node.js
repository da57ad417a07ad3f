import { problem } from '../webhook/answer.js';
import { WebhookReceiver } from '../webhook/receiver.js';
import { BodyTooLarge, readBody } from './body.js';
const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;
/** Binds the webhook receiver to `node:http`. */
export function nodeHandler(integration, options) {
    const receiver = new WebhookReceiver(integration, options);
    const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    return (req, res) => {
        answerTo(req, receiver, maxBodyBytes).then((answer) => send(res, answer), () => res.destroy());
    };
}
async function answerTo(req, receiver, maxBodyBytes) {
    if (req.method !== 'POST') {
        return problem('method-not-allowed', 'Webhooks are delivered with POST.', { allow: 'POST' });
    }
    try {
        const body = await readBody(req, maxBodyBytes);
        return await receiver.receive((name) => header(req, name), body);
    }
    catch (error) {
        if (!(error instanceof BodyTooLarge))
            throw error;
        return problem('body-too-large', `The body is larger than ${maxBodyBytes} bytes.`);
    }
}
function header(req, name) {
    const value = req.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
}
function send(res, { status, headers, body }) {
    res.writeHead(status, headers).end(body);
}
