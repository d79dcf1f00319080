/**
 * Which files of a functions folder are modules of the deployment, by the rules of the Convex CLI:
 * folders that are components of their own, `_generated`, dotfiles, names with two dots (tests,
 * configs, declarations) and `schema` are left out; a TypeScript file without any import or export
 * is not a module.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type Environment = "isolate" | "node";
export type EntryPoint = { file: string; modulePath: string; environment: Environment };

const EXTENSIONS = [".js", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".jsx"];
const ISOLATE_ONLY = ["http", "crons", "schema", "auth.config"];

/**
 * The modules of `dir`, sorted by path.
 * @throws Error when a file asks for an environment that it cannot have.
 */
export function entryPoints(dir: string): EntryPoint[] {
  const found: EntryPoint[] = [];
  for (const file of walk(dir)) {
    const relative = path.relative(dir, file).split(path.sep).join("/");
    if (!isEntryPoint(relative)) continue;
    const source = readFileSync(file, "utf8");
    if (/\.tsx?$/.test(relative) && !/^\s{0,100}(import|export)/m.test(source)) continue;
    const modulePath = relative.replace(/\.[^/.]+$/, "");
    const environment = usesNode(source) ? "node" : "isolate";
    if (environment === "node" && ISOLATE_ONLY.includes(modulePath)) {
      throw new Error(`"use node" directive is not allowed for ${relative}.`);
    }
    found.push({ file, modulePath, environment });
  }
  return found;
}

/** The file `name`.ts or `name`.js of `dir`, if there is one. */
export function findModule(dir: string, name: string): string | null {
  for (const extension of [".ts", ".js"]) {
    const file = path.join(dir, name + extension);
    if (existsSync(file)) return file;
  }
  return null;
}

function* walk(dir: string): Generator<string> {
  const entries = readdirSync(dir, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = path.join(dir, entry.name);
    if (entry.isDirectory()) {
      const isComponent = findModule(child, "convex.config") !== null;
      if (!isComponent && entry.name !== "node_modules") yield* walk(child);
    } else if (entry.isFile()) {
      yield child;
    }
  }
}

function isEntryPoint(relative: string): boolean {
  const base = path.posix.basename(relative);
  return (
    EXTENSIONS.some((extension) => base.endsWith(extension)) &&
    !relative.startsWith("_generated/") &&
    !base.startsWith(".") &&
    !base.startsWith("#") &&
    !/^schema\.[jt]s$/.test(base) &&
    (base.match(/\./g) ?? []).length === 1 &&
    !relative.includes(" ")
  );
}

/** Directives stand before any statement; comments may stand before them. */
function usesNode(source: string): boolean {
  const prologue = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|(["'])(?!use node)[^"'\n]*\1\s*;?)*/.exec(
    source,
  );
  return /^(["'])use node\1/.test(source.slice(prologue?.[0].length ?? 0));
}
