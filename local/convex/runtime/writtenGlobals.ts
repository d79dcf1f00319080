/**
 * What the code of one bundle puts on globalThis.
 *
 * Invariants
 * - On Convex every execution has globals of its own. So what modules write while they load, all of
 *   the bundle's functions see; what a function writes, only its own execution sees.
 * - A bare name (`Date`) means the same as `globalThis.Date`, also after it was replaced. Writes of
 *   loading modules change the bundle's bindings (`onSharedWrite`), those of functions are found by
 *   `following`.
 * - Names that the runtime does not have (a polyfill's `Buffer`) are written for all, for no proxy
 *   can stand in for what is undefined until then.
 */
import { currentExecution, type Execution } from "./execution.ts";

export type Globals = Record<string, unknown>;
type Callable = (...args: unknown[]) => unknown;

export class WrittenGlobals {
  readonly #shared = Object.create(null) as Globals;
  readonly #own = new WeakMap<Execution, Globals>();
  readonly #absent: ReadonlySet<PropertyKey>;
  readonly #listeners: ((name: string, value: unknown) => void)[] = [];
  /** Almost nobody writes any, and then nobody has to look. */
  #any = false;

  constructor(absent: readonly string[]) {
    this.#absent = new Set(absent);
  }

  has(name: PropertyKey): boolean {
    return this.#any && name in this.#visible();
  }

  /** A getter sees the real globalThis, as Web Crypto's does insist on. */
  get(name: PropertyKey): unknown {
    return Reflect.get(this.#visible(), name, globalThis);
  }

  define(name: PropertyKey, descriptor: PropertyDescriptor): boolean {
    const target = this.#written(name);
    const defined = Reflect.defineProperty(target, name, { ...descriptor, configurable: true });
    if (defined) this.#tell(target, name);
    return defined;
  }

  set(name: PropertyKey, value: unknown): boolean {
    const target = this.#written(name);
    const set = Reflect.set(target, name, value);
    if (set) this.#tell(target, name);
    return set;
  }

  /** Only what was written can be removed; what the runtime has stays. */
  remove(name: PropertyKey): boolean {
    return Reflect.deleteProperty(this.#written(name), name);
  }

  onSharedWrite(listener: (name: string, value: unknown) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * `original` for the bundle's bare `name`: what the running function put in its place, if it did.
   * What it put there may itself be made of the original, and then finds that.
   */
  following<T extends object>(name: string, original: T): T {
    let inside = false;
    const current = () => (inside ? original : this.#replacement(name, original)) as T;
    const within = <R>(use: (target: T) => R): R => {
      const target = current();
      const outer = inside;
      inside = target !== original;
      try {
        return use(target);
      } finally {
        inside = outer;
      }
    };
    const proxy: T = new Proxy(original, {
      // The prototype of a class cannot be another than it is, not even a proxy's.
      get: (_target, key) =>
        within((target) => ((key === "prototype" ? original : target) as Globals)[key as string]),
      apply: (_target, self, args) =>
        within((target) => Reflect.apply(target as Callable, self, args) as unknown),
      construct: (_target, args, newTarget) =>
        newTarget === proxy
          ? within((target) => Reflect.construct(target as Callable, args) as object)
          : (Reflect.construct(original as Callable, args, newTarget) as object),
    });
    return proxy;
  }

  #replacement(name: string, original: unknown): unknown {
    const own = this.#any && this.#ownOf(currentExecution.getStore());
    return own && Object.hasOwn(own, name) ? own[name] : original;
  }

  #ownOf(execution: Execution | undefined): Globals | undefined {
    return execution && this.#own.get(execution);
  }

  #visible(): Globals {
    return this.#ownOf(currentExecution.getStore()) ?? this.#shared;
  }

  #written(name: PropertyKey): Globals {
    this.#any = true;
    const execution = currentExecution.getStore();
    if (execution === undefined || this.#absent.has(name)) return this.#shared;
    let own = this.#own.get(execution);
    if (own === undefined) {
      own = Object.create(this.#shared) as Globals;
      this.#own.set(execution, own);
    }
    return own;
  }

  #tell(target: Globals, name: PropertyKey): void {
    if (target !== this.#shared) return;
    for (const listener of this.#listeners) listener(String(name), this.get(name));
  }
}
