import { modules } from "../support/backend.ts";

/** A registered function as the deployment sees it, read from convex/ itself. */
export type RegisteredFunction = {
  /** "projects:get" */
  path: string;
  kind: "query" | "mutation" | "action" | "httpAction";
  visibility: "public" | "internal";
  /** Paths of arguments that carry an id, with the table; `text` for a string that is named like one. */
  idArguments: { path: string; table: string }[];
  /** The declared type of its arguments; null for an HTTP route. */
  args: Json | null;
  hasReturns: boolean;
};

/** A declared type, as Convex's validators export it. */
export type Json =
  | { type: "object"; value: Record<string, { fieldType: Json; optional: boolean }> }
  | { type: "array"; value: Json }
  | { type: "union"; value: Json[] }
  | { type: "id"; tableName: string }
  | { type: "record"; keys: Json; values: { fieldType: Json } }
  | { type: "literal"; value: unknown }
  | { type: "string" | "any" | "number" | "bigint" | "boolean" | "null" | "bytes" };

/** Every function that convex/ registers, or `from`. A new file or function is found by itself. */
export async function registeredFunctions(from = modules): Promise<RegisteredFunction[]> {
  const found: RegisteredFunction[] = [];
  for (const [file, load] of Object.entries(from)) {
    if (file.includes("/_generated/")) continue;
    const module = file.replace("../../convex/", "").replace(/\.[jt]sx?$/, "");
    const exported = (await load()) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const registered = read(value);
      if (registered) found.push({ path: `${module}:${name}`, ...registered });
    }
  }
  return found.sort((a, b) => a.path.localeCompare(b.path));
}

function read(value: unknown): Omit<RegisteredFunction, "path"> | null {
  if (typeof value !== "function") return null;
  const fn = value as unknown as Record<string, unknown>;
  const kind = fn.isQuery
    ? "query"
    : fn.isMutation
      ? "mutation"
      : fn.isAction
        ? "action"
        : fn.isHttp
          ? "httpAction"
          : null;
  if (kind === null) return null;
  const args = kind === "httpAction" ? null : parse(fn.exportArgs);
  return {
    kind,
    visibility: fn.isInternal ? "internal" : "public",
    args,
    idArguments: args ? [...idsIn(args, "")] : [],
    hasReturns: kind === "httpAction" || parse(fn.exportReturns) !== null,
  };
}

function parse(exported: unknown): Json | null {
  return typeof exported === "function" ? (JSON.parse(exported() as string) as Json | null) : null;
}

function* idsIn(type: Json, path: string): Generator<{ path: string; table: string }> {
  switch (type.type) {
    case "object":
      for (const [name, field] of Object.entries(type.value)) {
        yield* idsIn(field.fieldType, path === "" ? name : `${path}.${name}`);
      }
      return;
    case "array":
      yield* idsIn(type.value, `${path}[]`);
      return;
    case "union":
      for (const member of type.value) yield* idsIn(member, path);
      return;
    case "id":
      yield { path, table: type.tableName };
      return;
    case "string":
      // A text that is named like an id of a table is an id: "projectId" -> "projects",
      // "authorityId" -> "authorities", "surveyId" -> "surveys".
      if (path.endsWith("Id")) {
        yield { path, table: `${path.slice(0, -2).replace(/(?<![aeiou])y$/, "ie")}s` };
      }
  }
}
