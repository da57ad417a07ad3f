import { type EventMap, type EventName } from './events.js';
type EventMethod<E extends EventName> = (event: EventMap[E]) => unknown;
/**
 * Decorates a method with the event it handles, under TypeScript 5's standard decorators and
 * under `experimentalDecorators`.
 */
export interface EventMethodDecorator<E extends EventName> {
    <M extends EventMethod<E>>(method: M, context: ClassMethodDecoratorContext<object, M>): void;
    <M extends EventMethod<E>>(prototype: object, name: string | symbol, descriptor: TypedPropertyDescriptor<M>): void;
}
/**
 * Marks a public instance method as the handler of `event`. Several methods may handle one event:
 * they run one after the other, a base class's first.
 *
 * @throws TypeError when the name is not in the catalogue, or the method is private or static.
 */
export declare function EventHandler<E extends EventName>(event: E): EventMethodDecorator<E>;
/** Returns the names of an integration's methods that handle `type`, a base class's first. */
export declare function handlersOf(integration: object, type: string): PropertyKey[];
export {};
