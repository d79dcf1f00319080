/**
 * The globals that bundled functions see (functions/bundle.ts injects them). Queries and mutations
 * have frozen time, seeded randomness and neither network nor timers, and are told so in Convex's
 * words; actions have the real things. Names that Convex's default runtime does not have are
 * undefined, so that code which needs them fails here and not first in production.
 */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { GLOBALS_KEY } from "../functions/bundle.ts";
import type { Environment } from "../functions/entryPoints.ts";
import { functionConsole } from "./console.ts";
import { currentExecution, isTransaction, type TransactionState } from "./execution.ts";
import { mayGoOn } from "./ownTime.ts";
import { WrittenGlobals, type Globals } from "./writtenGlobals.ts";

/** The `Convex` global that convex/server calls. */
export type ConvexGlobal = {
  syscall(op: string, args: string): string;
  asyncSyscall(op: string, args: string): Promise<string>;
  jsSyscall(op: string, args: Record<string, unknown>): unknown;
};

const registry = ((globalThis as Globals)[Symbol.for(GLOBALS_KEY) as unknown as string] ??= new Map<
  string,
  Globals
>()) as Map<string, Globals>;

const ABSENT = ["Buffer", "global", "setImmediate", "clearImmediate"];

const ISOLATE_NAMES = [
  ...["globalThis", "self", "Convex", "console", "process", "Date", "Math", "crypto"],
  ...["performance", "fetch", "setTimeout", "setInterval", "AsyncLocalStorage", "AsyncResource"],
  ...ABSENT,
];
const NODE_NAMES = ["Convex", "console", "process"];

export function globalNames(environment: Environment): readonly string[] {
  return environment === "node" ? NODE_NAMES : ISOLATE_NAMES;
}

/**
 * Makes the globals for one bundle. `env` is what `process.env` shows.
 * @returns the way to forget them.
 */
export function provideGlobals(
  bundleId: string,
  environment: Environment,
  convex: ConvexGlobal,
  env: Record<string, string>,
): () => void {
  const console = functionConsole(() => currentExecution.getStore()?.logs);
  const written = new WrittenGlobals(ABSENT);
  const globals =
    environment === "node"
      ? { Convex: convex, console, process: withEnv(env) }
      : isolateGlobals({ Convex: convex, console, process: { env: { ...env } } }, written);
  const onSharedWrite = written.onSharedWrite.bind(written);
  registry.set(bundleId, { ...globals, mayGoOn, onSharedWrite });
  return () => void registry.delete(bundleId);
}

function withEnv(env: Record<string, string>): NodeJS.Process {
  const visible = { ...env };
  return new Proxy(process, {
    get: (target, name) => (name === "env" ? visible : Reflect.get(target, name)),
  });
}

function isolateGlobals(given: Globals, written: WrittenGlobals): Globals {
  const { Convex, ...visible } = given;
  const originals: Globals = {
    ...visible,
    Date: GuardedDate,
    crypto: guardedCrypto(),
    performance: new Proxy(performance, {
      get: (target, name) =>
        name === "now" ? () => (transaction() ? 0 : target.now()) : Reflect.get(target, name),
    }),
    fetch: guarded("fetch()", fetch),
    setTimeout: guarded("setTimeout", setTimeout),
    setInterval: guarded("setInterval", setInterval),
    AsyncLocalStorage,
    AsyncResource,
  };
  const globals: Globals = { Convex };
  for (const [name, original] of Object.entries(originals)) {
    globals[name] = written.following(name, original as object);
  }
  // Not followed as a whole: of Math, only this differs from run to run, and the rest must be fast.
  const random = () => transaction()?.random.next() ?? Math.random();
  originals.Math = mathWith(random);
  const replaced = written.following("Math", { random });
  globals.Math = mathWith(() => replaced.random());
  for (const name of ABSENT) globals[name] = undefined;
  globals.globalThis = globals.self = guardedGlobal({ ...originals, Convex }, written);
  return globals;
}

function mathWith(random: () => number): Math {
  return Object.defineProperties(Object.create(Math) as Math, { random: { value: random } });
}

/** What `globalThis` is for bundled code: what it wrote, the runtime's own, and the rest of Node's. */
function guardedGlobal(own: Globals, written: WrittenGlobals): typeof globalThis {
  const global: typeof globalThis = new Proxy(globalThis, {
    get: (target, name) => {
      if (written.has(name)) return written.get(name);
      if (Object.hasOwn(own, name)) return own[name as string];
      return isAbsent(name) ? undefined : Reflect.get(target, name);
    },
    has: (target, name) =>
      written.has(name) ||
      Object.hasOwn(own, name) ||
      (!isAbsent(name) && Reflect.has(target, name)),
    getOwnPropertyDescriptor: (target, name) => {
      if (written.has(name) || Object.hasOwn(own, name)) {
        const value = written.has(name) ? written.get(name) : own[name as string];
        return { value, writable: true, enumerable: true, configurable: true };
      }
      return isAbsent(name) ? undefined : Reflect.getOwnPropertyDescriptor(target, name);
    },
    set: (_target, name, value) => written.set(name, value),
    defineProperty: (_target, name, descriptor) => written.define(name, descriptor),
    deleteProperty: (_target, name) => written.remove(name),
  });
  own.globalThis = own.self = global;
  return global;
}

function isAbsent(name: PropertyKey): boolean {
  return ABSENT.includes(String(name));
}

function transaction(): TransactionState | undefined {
  const execution = currentExecution.getStore();
  return execution && isTransaction(execution) ? execution.shared : undefined;
}

/** `real`, outside of actions an error in Convex's words. */
function guarded<F extends (...args: never[]) => unknown>(name: string, real: F): F {
  const guard = (...args: Parameters<F>) => {
    const execution = currentExecution.getStore();
    if (execution === undefined) {
      throw new Error(`Can't use ${name} while a module is loading. Call it inside of an action.`);
    }
    if (isTransaction(execution)) {
      throw new Error(
        `Can't use ${name} in queries and mutations. Please consider using an action. ` +
          "See https://docs.convex.dev/functions/actions for more details.",
      );
    }
    return real(...args);
  };
  return guard as unknown as F;
}

const GuardedDate = new Proxy(Date, {
  construct(target, args: unknown[], newTarget: NewableFunction) {
    const frozen = args.length === 0 ? transaction()?.now : undefined;
    return Reflect.construct(target, frozen === undefined ? args : [frozen], newTarget) as Date;
  },
  apply(target) {
    const frozen = transaction()?.now;
    return frozen === undefined ? target() : new target(frozen).toString();
  },
  get(target, name) {
    return name === "now" ? () => transaction()?.now ?? target.now() : Reflect.get(target, name);
  },
});

function guardedCrypto(): Crypto {
  const subtle = new Proxy(crypto.subtle, {
    get(target, name) {
      if (name === "generateKey") return guarded("crypto.subtle.generateKey", bound(target, name));
      return bound(target, name);
    },
  });
  return new Proxy(crypto, {
    get(target, name) {
      if (name === "subtle") return subtle;
      if (name === "randomUUID") return () => transaction()?.random.uuid() ?? target.randomUUID();
      if (name === "getRandomValues") return randomValues;
      return bound(target, name);
    },
  });
}

function randomValues<T extends ArrayBufferView>(array: T): T {
  const random = transaction()?.random;
  if (random === undefined) return crypto.getRandomValues(array as never) as T;
  random.fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return array;
}

/** Web Crypto's methods insist on their own object as `this`. */
function bound<T extends object>(target: T, name: PropertyKey): (...args: never[]) => unknown {
  const value = Reflect.get(target, name) as unknown;
  return (typeof value === "function" ? value.bind(target) : value) as never;
}
