/**
 * The tree of components that convex.config.ts mounts. A definition is evaluated by itself, with the
 * definitions that it imports replaced by their path and name, as convex/server expects it.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { BuildError } from "./bundle.ts";
import { checkAppEnv, componentEnv, type DeclaredEnv, type EnvValue } from "./declaredEnv.ts";
import { findModule } from "./entryPoints.ts";
import { FALLBACK_NODE_PATHS } from "./packages.ts";

/** A place where a component is mounted; `env` is what it was given, null = the app's environment. */
export type Mount = {
  path: string;
  dir: string;
  children: Map<string, string>;
  httpMounts: { prefix: string; component: string }[];
  env: Record<string, string> | null;
};

type Child = [
  name: string,
  { componentDefinitionPath: string },
  Record<string, EnvValue> | null,
  string?,
];
type Definition = { dir: string; name: string; children: Child[]; env: DeclaredEnv };

/**
 * The app in `dir` and all components below it, parents first.
 * @param env the deployment's environment variables, which definitions may hand down; null where only
 *   the shape of the tree matters, and none are looked at.
 * @throws BuildError
 */
export async function mountTree(dir: string, env: Record<string, string> | null): Promise<Mount[]> {
  const definitions = new Map<string, Definition>();
  const config = findModule(dir, "convex.config");
  const root = config === null ? null : await evaluate(config, definitions);
  if (root !== null && env !== null) checkAppEnv(root.env, env);
  const mounts: Mount[] = [];
  const visit = (at: string, at_dir: string, definition: Definition | null, own: Mount["env"]) => {
    const mount: Mount = { path: at, dir: at_dir, children: new Map(), httpMounts: [], env: own };
    mounts.push(mount);
    for (const [name, { componentDefinitionPath }, given, prefix] of definition?.children ?? []) {
      const childPath = at === "" ? name : `${at}/${name}`;
      if (mount.children.has(name))
        throw new BuildError(`Component "${childPath}" is mounted twice.`);
      mount.children.set(name, childPath);
      if (prefix !== undefined) {
        mount.httpMounts.push({ prefix: prefix.replace(/\/?$/, "/"), component: childPath });
      }
      const child = definitions.get(componentDefinitionPath)!;
      const visible = own ?? env;
      const childEnv =
        visible === null ? null : componentEnv(childPath, child.env, given ?? {}, visible);
      visit(childPath, child.dir, child, childEnv);
    }
  };
  visit("", dir, root, null);
  return mounts;
}

async function evaluate(file: string, known: Map<string, Definition>): Promise<Definition> {
  const dir = path.dirname(file);
  const before = known.get(dir);
  if (before !== undefined) return before;
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["convex", "module"],
    nodePaths: FALLBACK_NODE_PATHS,
    logLevel: "silent",
    plugins: [importedDefinitions(file, known)],
  }).catch((error: unknown) => {
    throw new BuildError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const code = Buffer.from(result.outputFiles[0]!.contents).toString("base64");
  const module = (await import(`data:text/javascript;base64,${code}`)) as {
    default?: { _childComponents?: Child[]; _name?: string; _env?: DeclaredEnv };
  };
  if (module.default?._childComponents === undefined) {
    throw new BuildError(
      `${file} must have defineApp() or defineComponent() as its default export.`,
    );
  }
  const definition = {
    dir,
    name: module.default._name ?? path.basename(dir),
    children: module.default._childComponents,
    env: module.default._env ?? {},
  };
  known.set(dir, definition);
  return definition;
}

function importedDefinitions(entry: string, known: Map<string, Definition>): Plugin {
  const namespace = "component-definition";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /convex\.config/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === namespace) return;
        const bare = args.path.replace(/\.[jt]s$/, "");
        for (const candidate of [args.path, `${bare}.ts`, `${bare}.js`]) {
          const { resolveDir, kind } = args;
          const found = await build.resolve(candidate, { resolveDir, kind, pluginData: namespace });
          if (found.errors.length === 0 && existsSync(found.path)) {
            return { path: found.path, namespace };
          }
        }
        return { errors: [{ text: `Could not resolve "${args.path}" from ${entry}` }] };
      });
      build.onLoad({ filter: /.*/, namespace }, async (args) => {
        const { dir, name } = await evaluate(args.path, known);
        const stub = { componentDefinitionPath: dir, defaultName: name };
        return { contents: `export default ${JSON.stringify(stub)};` };
      });
    },
  };
}
