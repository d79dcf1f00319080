/** Finds the function that a syscall or a client names. */
import {
  canonicalPath,
  type Deployment,
  type FunctionKind,
  type FunctionSpec,
} from "../functions/registry.ts";
import { FunctionError } from "./errors.ts";

export type FunctionAddress = { component: string; path: string };
/** What getFunctionAddress of convex/server puts into a syscall: one of the three. */
export type AddressArgs = { name?: string; reference?: string; functionHandle?: string };

const HANDLE = "function://";
const CHILD = "_reference/childComponent/";

/** A handle names a function from anywhere in the deployment and stays valid across restarts. */
export function functionHandle({ component, path }: FunctionAddress): string {
  return `${HANDLE}${component};${path}`;
}

/** @throws FunctionError when it is none that this component can call. */
export function resolveAddress(
  deployment: Deployment,
  from: string,
  { name, reference, functionHandle: handle }: AddressArgs,
): FunctionAddress {
  if (handle !== undefined) {
    const [component = "", path = ""] = handle.slice(HANDLE.length).split(";");
    return { component, path: canonicalPath(path) };
  }
  if (name !== undefined) return { component: from, path: canonicalPath(name) };
  if (reference?.startsWith(CHILD)) {
    const [child = "", ...parts] = reference.slice(CHILD.length).split("/");
    const component = deployment.components.get(from)?.children.get(child);
    const exported = parts.pop();
    if (component === undefined || exported === undefined || parts.length === 0) {
      throw new FunctionError(`Component "${child}" is not mounted${inComponent(from)}.`);
    }
    return { component, path: `${parts.join("/")}:${exported}` };
  }
  throw new FunctionError(`The local engine does not know the function reference "${reference}".`);
}

/**
 * The function itself.
 * @throws FunctionError when there is none, when it is of another kind, or when it is internal and
 *   only public ones may be called (then as if there were none).
 */
export function findFunction(
  deployment: Deployment,
  { component, path }: FunctionAddress,
  kind: FunctionKind | "any",
  allowed: "public" | "all",
): FunctionSpec {
  const spec = deployment.components.get(component)?.functions.get(path);
  if (spec === undefined || (allowed === "public" && spec.visibility === "internal")) {
    throw new FunctionError(
      `Could not find ${allowed === "public" ? "public " : ""}function for '${path}'${inComponent(component)}. ` +
        "Did you forget to run `npx convex dev` or `npx convex deploy`?",
    );
  }
  if (kind !== "any" && spec.kind !== kind) {
    throw new FunctionError(
      `Trying to execute ${path}${inComponent(component)} as ${title(kind)}, ` +
        `but it is defined as ${title(spec.kind)}.`,
    );
  }
  return spec;
}

function inComponent(component: string): string {
  return component === "" ? "" : ` in component "${component}"`;
}

function title(kind: FunctionKind): string {
  return kind[0]!.toUpperCase() + kind.slice(1);
}
