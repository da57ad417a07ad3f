import { EVENT_NAMES, type EventMap, type EventName } from './events.js';

type EventMethod<E extends EventName> = (event: EventMap[E]) => unknown;

/**
 * Decorates a method with the event it handles, under TypeScript 5's standard decorators and
 * under `experimentalDecorators`.
 */
export interface EventMethodDecorator<E extends EventName> {
  <M extends EventMethod<E>>(method: M, context: ClassMethodDecoratorContext<object, M>): void;
  <M extends EventMethod<E>>(prototype: object, name: string | symbol, descriptor: TypedPropertyDescriptor<M>): void;
}

// Standard decorators know the instance, experimental ones the prototype; both are owners here,
// so that one walk up the prototype chain finds every handler, also across mixed modes.
const handlersByOwner = new WeakMap<object, Map<EventName, Set<PropertyKey>>>();

/**
 * Marks a public instance method as the handler of `event`. Several methods may handle one event:
 * they run one after the other, a base class's first.
 *
 * @throws TypeError when the name is not in the catalogue, or the method is private or static.
 */
export function EventHandler<E extends EventName>(event: E): EventMethodDecorator<E> {
  if (!EVENT_NAMES.includes(event)) {
    throw new TypeError(`EventHandler: unknown event "${event}"; known are ${EVENT_NAMES.join(', ')}`);
  }
  return (target: object, contextOrName: ClassMethodDecoratorContext | string | symbol) => {
    if (typeof contextOrName !== 'object') {
      register(target, event, contextOrName);
      return;
    }
    const { name, private: isPrivate, static: isStatic } = contextOrName;
    if (isPrivate || isStatic) {
      throw new TypeError(`EventHandler: "${String(name)}" must be a public instance method`);
    }
    contextOrName.addInitializer(function (this: unknown) {
      register(this as object, event, name);
    });
  };
}

/** Returns the names of an integration's methods that handle `type`, a base class's first. */
export function handlersOf(integration: object, type: string): PropertyKey[] {
  const names: PropertyKey[] = [];
  for (let owner: object | null = integration; owner !== null; owner = Object.getPrototypeOf(owner)) {
    names.unshift(...(handlersByOwner.get(owner)?.get(type as EventName) ?? []));
  }
  return [...new Set(names)];
}

function register(owner: object, event: EventName, name: PropertyKey): void {
  const handlers = handlersByOwner.get(owner) ?? new Map<EventName, Set<PropertyKey>>();
  const names = handlers.get(event) ?? new Set<PropertyKey>();
  handlersByOwner.set(owner, handlers.set(event, names.add(name)));
}
