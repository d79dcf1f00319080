/**
 * Bundles the modules of one component with esbuild, with the options of the Convex CLI. What is
 * particular here: the globals that Convex's runtime restricts (Date, fetch, timers, …) are replaced
 * by `inject`, so that every module of the bundle, packages included, sees the engine's ones
 * (runtime/globals.ts) and nothing outside the bundle is touched; and loops are guarded (loopGuard.ts).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, formatMessagesSync, type BuildFailure, type Plugin } from "esbuild";
import type { Environment } from "./entryPoints.ts";
import { guardLoops, guardModule } from "./loopGuard.ts";
import { FALLBACK_NODE_PATHS } from "./packages.ts";

/** Where bundled code finds its globals: a map from bundle id to names and values. */
export const GLOBALS_KEY = "sunup.local.convex.globals";

export type BundleRequest = {
  /** Output path without extension -> source file. */
  entries: Record<string, string>;
  environment: Environment;
  outdir: string;
  bundleId: string;
  globalNames: readonly string[];
  /** Packages that a "use node" bundle leaves to Node ("*" for all). */
  externalPackages?: readonly string[];
};
export type BundleResult = {
  /** Absolute paths of the sources that are not packages: what to watch. */
  sources: string[];
};

/** A functions folder that cannot be built. The message is esbuild's, file and line included. */
export class BuildError extends Error {}

/**
 * Writes the bundle to `outdir`.
 * @throws BuildError
 */
export async function bundle(request: BundleRequest): Promise<BundleResult> {
  const node = request.environment === "node";
  const inject = path.join(request.outdir, "_globals.mjs");
  writeFileSync(inject, globalsModule(request.bundleId, request.globalNames));
  try {
    const result = await build({
      entryPoints: request.entries,
      outdir: request.outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      chunkNames: "_deps/[hash]",
      format: "esm",
      target: "esnext",
      platform: node ? "node" : "browser",
      conditions: ["convex", "module"],
      nodePaths: FALLBACK_NODE_PATHS,
      jsx: "automatic",
      inject: [inject],
      define: { "process.env.NODE_ENV": '"production"' },
      minifySyntax: true,
      keepNames: true,
      sourcemap: "inline",
      sourcesContent: false,
      metafile: true,
      write: false,
      logLevel: "silent",
      banner: node ? { js: REQUIRE } : {},
      plugins: [serverOnly, ...(node ? [external(request.externalPackages ?? [])] : [asyncHooks])],
    });
    const guard = path.join(request.outdir, "_guard.mjs");
    writeFileSync(guard, guardModule(`${globalsOf(request.bundleId)}.mayGoOn`));
    for (const file of result.outputFiles ?? []) {
      mkdirSync(path.dirname(file.path), { recursive: true });
      writeFileSync(file.path, guardLoops(file.text, pathToFileURL(guard).href));
    }
    return {
      sources: Object.keys(result.metafile?.inputs ?? {})
        .filter((input) => !input.includes("node_modules") && !/^[\w-]+:/.test(input))
        .map((input) => path.resolve(input))
        .filter((input) => input !== inject),
    };
  } catch (error) {
    throw buildError(error, node);
  }
}

/** CommonJS packages inside an ES module bundle call require(). */
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** As an expression. */
function globalsOf(bundleId: string): string {
  const registry = `new Function("return this")()[Symbol.for(${JSON.stringify(GLOBALS_KEY)})]`;
  return `${registry}.get(${JSON.stringify(bundleId)})`;
}

/** Bindings, because a module that loads may replace some for all (runtime/writtenGlobals.ts). */
function globalsModule(bundleId: string, names: readonly string[]): string {
  return [
    `const globals = ${globalsOf(bundleId)};`,
    ...names.map((name) => `export let ${name} = globals.${name};`),
    "globals.onSharedWrite((name, value) => {",
    ...names.map((name) => `  if (name === "${name}") ${name} = value;`),
    "});",
  ].join("\n");
}

const serverOnly: Plugin = {
  name: "server-only",
  setup(build) {
    build.onResolve({ filter: /^server-only$/ }, ({ path }) => ({
      path,
      namespace: "server-only",
    }));
    build.onLoad({ filter: /.*/, namespace: "server-only" }, () => ({ contents: "" }));
  },
};

/** The default runtime has AsyncLocalStorage as a global, under the name of Node's module. */
const asyncHooks: Plugin = {
  name: "async-hooks",
  setup(build) {
    build.onResolve({ filter: /^(node:)?async_hooks$/ }, ({ path }) => ({
      path,
      namespace: "async-hooks",
    }));
    build.onLoad({ filter: /.*/, namespace: "async-hooks" }, () => ({
      contents:
        "export const { AsyncLocalStorage, AsyncResource } = globalThis;" +
        "export default { AsyncLocalStorage, AsyncResource };",
    }));
  },
};

/** External packages are imported from where the source resolves them, wherever the bundle is. */
function external(packages: readonly string[]): Plugin {
  const isExternal = (name: string) => packages.includes("*") || packages.includes(name);
  return {
    name: "external-packages",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async (args) => {
        const name = args.path.split("/", args.path.startsWith("@") ? 2 : 1).join("/");
        if (args.pluginData === "resolved" || name === "convex" || !isExternal(name)) return;
        const { resolveDir, kind } = args;
        const found = await build.resolve(args.path, { resolveDir, kind, pluginData: "resolved" });
        if (found.external || found.errors.length > 0) return;
        return { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

function buildError(error: unknown, node: boolean): Error {
  const failure = error as Partial<BuildFailure>;
  if (!Array.isArray(failure.errors))
    return error instanceof Error ? error : new Error(String(error));
  const messages = formatMessagesSync(failure.errors, { kind: "error" }).join("\n").trim();
  const wantsNode =
    !node &&
    failure.errors.some((e) => e.notes.some((note) => note.text.includes("bundle for node")));
  return new BuildError(
    wantsNode
      ? `${messages}\nA file that uses Node's APIs must start with "use node" and hold only actions.`
      : messages,
  );
}
