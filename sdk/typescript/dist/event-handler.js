import { EVENT_NAMES } from './events.js';
// Standard decorators know the instance, experimental ones the prototype; both are owners here,
// so that one walk up the prototype chain finds every handler, also across mixed modes.
const handlersByOwner = new WeakMap();
/**
 * Marks a public instance method as the handler of `event`. Several methods may handle one event:
 * they run one after the other, a base class's first.
 *
 * @throws TypeError when the name is not in the catalogue, or the method is private or static.
 */
export function EventHandler(event) {
    if (!EVENT_NAMES.includes(event)) {
        throw new TypeError(`EventHandler: unknown event "${event}"; known are ${EVENT_NAMES.join(', ')}`);
    }
    return (target, contextOrName) => {
        if (typeof contextOrName !== 'object') {
            register(target, event, contextOrName);
            return;
        }
        const { name, private: isPrivate, static: isStatic } = contextOrName;
        if (isPrivate || isStatic) {
            throw new TypeError(`EventHandler: "${String(name)}" must be a public instance method`);
        }
        contextOrName.addInitializer(function () {
            register(this, event, name);
        });
    };
}
/** Returns the names of an integration's methods that handle `type`, a base class's first. */
export function handlersOf(integration, type) {
    const names = [];
    for (let owner = integration; owner !== null; owner = Object.getPrototypeOf(owner)) {
        names.unshift(...(handlersByOwner.get(owner)?.get(type) ?? []));
    }
    return [...new Set(names)];
}
function register(owner, event, name) {
    const handlers = handlersByOwner.get(owner) ?? new Map();
    const names = handlers.get(event) ?? new Set();
    handlersByOwner.set(owner, handlers.set(event, names.add(name)));
}
