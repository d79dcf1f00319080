/** Parameters as the `stripe` client sends them: urlencoded, with nesting in square brackets. */
import { invalid } from "../errors.ts";

export type ParamValue = string | Params;
/** A hash of parameters; arrays are hashes whose names count up. */
export interface Params {
  [name: string]: ParamValue;
}

const MAX_DEPTH = 8;
const MAX_COUNT = 1000;

/** Undoes the nesting of `a[b][0]=c`. Throws 400 when a name is both a value and a hash. */
export function parseParams(encoded: string | URLSearchParams): Params {
  const root = newHash();
  const given = new URLSearchParams(encoded);
  if (given.size > MAX_COUNT) throw invalid(`A request can have ${MAX_COUNT} parameters.`);
  for (const [name, value] of given) {
    const [first = "", ...rest] = name.split("[");
    const path = [first, ...rest.map((part) => part.replace(/\]$/, ""))];
    if (path.length > MAX_DEPTH || rest.some((part) => !part.endsWith("]"))) {
      throw invalid(`Invalid request: the parameter name ${name} is malformed.`);
    }
    put(root, path, value, name);
  }
  return root;
}

// Without a prototype, so that "__proto__" is a name like any other.
const newHash = (): Params => Object.create(null) as Params;

function put(hash: Params, [name = "", ...rest]: string[], value: string, full: string): void {
  const key = name === "" ? String(Object.keys(hash).length) : name;
  if (rest.length === 0) {
    hash[key] = value;
    return;
  }
  const inner = (hash[key] ??= newHash());
  if (typeof inner === "string") {
    throw invalid(`Invalid request: ${full} is also given as a plain value.`);
  }
  put(inner, rest, value, full);
}
