/**
 * Turns a folder of Convex functions into a Deployment: find the components, bundle each, import the
 * bundles and read what they export. Nothing of the running deployment changes until the caller
 * takes the result, so a broken folder leaves the old code in place.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { globalNames, provideGlobals, type ConvexGlobal } from "../runtime/globals.ts";
import { nextTime } from "../scheduling/cronTimes.ts";
import type { SchemaJson, ValidatorJson } from "../store/types.ts";
import { bundle, BuildError } from "./bundle.ts";
import { mountTree, type Mount } from "./components.ts";
import { entryPoints, findModule, type Environment } from "./entryPoints.ts";
import type {
  AuthProvider,
  Component,
  CronSpec,
  Deployment,
  FunctionKind,
  FunctionSpec,
  HttpRouter,
} from "./registry.ts";

export type LoadRequest = {
  functionsDir: string;
  /** Where bundles are written; one folder inside it per load. */
  buildDir: string;
  env: Record<string, string>;
  convex: ConvexGlobal;
};
export type Loaded = Deployment & { dispose(): void };

type Exports = Record<string, unknown>;
let loads = 0;

/** @throws BuildError naming the file and what is wrong with it. */
export async function load(request: LoadRequest): Promise<Loaded> {
  const dir = path.join(request.buildDir, `${process.pid}-${++loads}`);
  const disposals: (() => void)[] = [() => rmSync(dir, { recursive: true, force: true })];
  const dispose = () => disposals.forEach((step) => step());
  try {
    const components = new Map<string, Component>();
    const sources = new Set<string>();
    let authProviders: readonly AuthProvider[] = [];
    for (const mount of await mountTree(request.functionsDir, request.env)) {
      const loader = new MountLoader(mount, dir, request, disposals);
      components.set(mount.path, await loader.component());
      if (mount.path === "") authProviders = await loader.authProviders();
      loader.sources.forEach((source) => sources.add(source));
    }
    return { components, authProviders, sources: [...sources], dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

class MountLoader {
  readonly sources = new Set<string>();
  readonly #mount: Mount;
  readonly #outdir: string;
  readonly #request: LoadRequest;
  readonly #disposals: (() => void)[];

  constructor(mount: Mount, dir: string, request: LoadRequest, disposals: (() => void)[]) {
    this.#mount = mount;
    this.#outdir = path.join(
      dir,
      mount.path === "" ? "app" : `component-${mount.path.replaceAll("/", "-")}`,
    );
    this.#request = request;
    this.#disposals = disposals;
  }

  async component(): Promise<Component> {
    const { path: component, dir, children, httpMounts } = this.#mount;
    const points = entryPoints(dir);
    const entries: Record<Environment, Record<string, string>> = { isolate: {}, node: {} };
    for (const { file, modulePath, environment } of points) entries[environment][modulePath] = file;
    for (const extra of ["schema", ...(component === "" ? ["auth.config"] : [])]) {
      const file = findModule(dir, extra);
      if (file !== null) entries.isolate[extra] = file;
    }
    await this.#bundle("isolate", entries.isolate);
    await this.#bundle("node", entries.node);

    const functions = new Map<string, FunctionSpec>();
    let http: HttpRouter | null = null;
    let crons: CronSpec[] = [];
    for (const { modulePath, environment } of points) {
      const exported = await this.#import(environment, modulePath);
      if (modulePath === "http") http = httpRouter(exported);
      if (modulePath === "crons") crons = cronSpecs(exported);
      for (const [name, value] of Object.entries(exported)) {
        const spec = functionSpec(component, `${modulePath}:${name}`, environment, value);
        if (spec !== null) functions.set(spec.path, spec);
      }
    }
    const schema =
      "schema" in entries.isolate ? schemaOf(await this.#import("isolate", "schema")) : null;
    return { path: component, children, functions, http, httpMounts, crons, schema };
  }

  async authProviders(): Promise<readonly AuthProvider[]> {
    if (findModule(this.#mount.dir, "auth.config") === null) return [];
    const exported = await this.#import("isolate", "auth.config");
    const config = exported.default as { providers?: AuthProvider[] } | undefined;
    if (!Array.isArray(config?.providers)) {
      throw new BuildError("auth.config must export default { providers: [...] }.");
    }
    for (const provider of config.providers) {
      const issuer = "type" in provider ? provider.issuer : provider.domain;
      if (typeof issuer !== "string" || issuer === "") {
        throw new BuildError(
          "auth.config has a provider without a domain or issuer; is the environment variable that it reads set?",
        );
      }
    }
    return config.providers;
  }

  async #bundle(environment: Environment, entries: Record<string, string>): Promise<void> {
    if (Object.keys(entries).length === 0) return;
    const outdir = path.join(this.#outdir, environment);
    mkdirSync(outdir, { recursive: true });
    const bundleId = outdir;
    const { convex, env, functionsDir } = this.#request;
    const system = { CONVEX_CLOUD_URL: env.CONVEX_CLOUD_URL, CONVEX_SITE_URL: env.CONVEX_SITE_URL };
    const visible = this.#mount.env === null ? env : { ...system, ...this.#mount.env };
    this.#disposals.push(
      provideGlobals(bundleId, environment, convex, visible as Record<string, string>),
    );
    const { sources } = await bundle({
      entries,
      environment,
      outdir,
      bundleId,
      globalNames: globalNames(environment),
      externalPackages: environment === "node" ? externalPackages(functionsDir) : [],
    });
    sources.forEach((source) => this.sources.add(source));
  }

  async #import(environment: Environment, modulePath: string): Promise<Exports> {
    const file = path.join(this.#outdir, environment, `${modulePath}.mjs`);
    try {
      return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Exports;
    } catch (error) {
      const where = this.#mount.path === "" ? modulePath : `${this.#mount.path}: ${modulePath}`;
      throw new BuildError(
        `${where} failed to load: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

type Registered = {
  isQuery?: boolean;
  isMutation?: boolean;
  isAction?: boolean;
  isInternal?: boolean;
  invokeQuery(args: string): Promise<string>;
  invokeMutation(args: string): Promise<string>;
  invokeAction(requestId: string, args: string): Promise<string>;
  exportArgs?(): string;
  exportReturns?(): string;
};

function functionSpec(
  component: string,
  functionPath: string,
  environment: Environment,
  value: unknown,
): FunctionSpec | null {
  if ((typeof value !== "function" && typeof value !== "object") || value === null) return null;
  const registered = value as Registered;
  const kind = kindOf(registered);
  if (kind === null) return null;
  if (environment === "node" && kind !== "action") {
    throw new BuildError(
      `${functionPath} is a ${kind} in a "use node" file; only actions can be defined there.`,
    );
  }
  const invoke: FunctionSpec["invoke"] = {
    query: (_requestId: string, args: string) => registered.invokeQuery(args),
    mutation: (_requestId: string, args: string) => registered.invokeMutation(args),
    action: (requestId: string, args: string) => registered.invokeAction(requestId, args),
  }[kind];
  return {
    component,
    path: functionPath,
    kind,
    visibility: registered.isInternal ? "internal" : "public",
    environment,
    args: JSON.parse(registered.exportArgs?.() ?? '{"type":"any"}') as ValidatorJson,
    returns: JSON.parse(registered.exportReturns?.() ?? "null") as ValidatorJson | null,
    invoke,
  };
}

function kindOf(registered: Registered): FunctionKind | null {
  if (registered.isQuery) return "query";
  if (registered.isMutation) return "mutation";
  return registered.isAction ? "action" : null;
}

function httpRouter(exported: Exports): HttpRouter {
  const router = exported.default as (HttpRouter & { isRouter?: boolean }) | undefined;
  if (!router?.isRouter)
    throw new BuildError("The default export of http must be an httpRouter().");
  return router;
}

function cronSpecs(exported: Exports): CronSpec[] {
  const crons = exported.default as { isCrons?: boolean; export(): string } | undefined;
  if (!crons?.isCrons) throw new BuildError("The default export of crons must be cronJobs().");
  const specs = JSON.parse(crons.export()) as Record<string, Omit<CronSpec, "cronName">>;
  return Object.entries(specs).map(([cronName, spec]) => {
    try {
      nextTime(spec.schedule, cronName, null, Date.now());
    } catch (error) {
      throw new BuildError(`The cron job "${cronName}" cannot run: ${(error as Error).message}`);
    }
    return { ...spec, cronName };
  });
}

function schemaOf(exported: Exports): SchemaJson {
  const schema = exported.default as { export?(): string } | undefined;
  if (typeof schema?.export !== "function") {
    throw new BuildError("The default export of schema must be defineSchema(...).");
  }
  return JSON.parse(schema.export()) as SchemaJson;
}

/** `node.externalPackages` of the project's convex.json. */
function externalPackages(functionsDir: string): string[] {
  try {
    const file = path.join(path.dirname(functionsDir), "convex.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as {
      node?: { externalPackages?: string[] };
    };
    return config.node?.externalPackages ?? [];
  } catch {
    return []; // no convex.json: nothing is external
  }
}
