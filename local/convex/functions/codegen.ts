/**
 * Writes `_generated` for a functions folder, without a deployment: the Convex CLI generates into a
 * copy of the folder (a mode that knows no components), `components` is added where
 * convex.config.ts mounts some, and only files that differ are written, so that nothing that
 * watches the folder wakes for nothing.
 */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { mountTree, type Mount } from "./components.ts";
import { CONVEX_CLI } from "./packages.ts";

/**
 * For the app in `functionsDir`, and for components inside of it that have none yet.
 * @returns the names of the files written for the app.
 * @throws Error with what the CLI said, when it fails.
 */
export async function generateCode(functionsDir: string): Promise<string[]> {
  const mounts = await mountTree(functionsDir, null);
  for (const { path: at, dir } of mounts) {
    const isLocal = at !== "" && !dir.split(path.sep).includes("node_modules");
    if (isLocal && !existsSync(path.join(dir, "_generated"))) await generateFor(dir, []);
  }
  return await generateFor(functionsDir, mounts);
}

async function generateFor(functionsDir: string, mounts: Mount[]): Promise<string[]> {
  const project = mkdtempSync(path.join(tmpdir(), "convex-codegen-"));
  try {
    const copy = path.join(project, "convex");
    cpSync(functionsDir, copy, {
      recursive: true,
      filter: (source) => !/[/\\](node_modules|_generated)$/.test(source),
    });
    writeFileSync(path.join(project, "package.json"), '{"dependencies":{"convex":"*"}}');
    writeFileSync(path.join(project, "convex.json"), JSON.stringify(configOf(functionsDir)));
    await runCli(project);
    const generated = path.join(copy, "_generated");
    addComponents(generated, functionsDir, mounts);
    return update(generated, path.join(functionsDir, "_generated"));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

/** The project's own wish for TypeScript files stays. */
function configOf(functionsDir: string): Record<string, unknown> {
  const file = path.join(path.dirname(functionsDir), "convex.json");
  if (!existsSync(file)) return {};
  const { codegen } = JSON.parse(readFileSync(file, "utf8")) as { codegen?: { fileType?: string } };
  return codegen?.fileType === undefined ? {} : { codegen: { fileType: codegen.fileType } };
}

async function runCli(project: string): Promise<void> {
  const args = [CONVEX_CLI, "codegen", "--system-udfs", "--typecheck", "disable"];
  const env = { ...process.env, CONVEX_AGENT_MODE: "anonymous", DO_NOT_TRACK: "1" };
  try {
    await promisify(execFile)(process.execPath, args, { cwd: project, env });
  } catch (error) {
    const { stderr = "" } = error as { stderr?: string };
    throw new Error(`convex codegen failed: ${stderr.trim() || (error as Error).message}`);
  }
}

function addComponents(generated: string, functionsDir: string, mounts: Mount[]): void {
  const children = mounts[0]?.children ?? new Map<string, string>();
  if (children.size === 0) return;
  const types = [...children].map(([name, childPath]) => {
    const { dir } = mounts.find((mount) => mount.path === childPath)!;
    return `  ${JSON.stringify(name)}: ${componentType(functionsDir, dir, name)};`;
  });
  const declaration = `{\n${types.join("\n")}\n};\n`;
  const typescript = path.join(generated, "api.ts");
  if (existsSync(typescript)) {
    append(
      typescript,
      `export const components = componentsGeneric() as unknown as ${declaration}`,
    );
    importComponents(typescript);
  } else {
    append(path.join(generated, "api.d.ts"), `export declare const components: ${declaration}`);
    append(path.join(generated, "api.js"), "export const components = componentsGeneric();\n");
    importComponents(path.join(generated, "api.js"));
  }
}

/** The type that the component generated of itself; one that did not is open. */
function componentType(functionsDir: string, dir: string, name: string): string {
  const own = ["component.d.ts", "component.ts"].some((file) =>
    existsSync(path.join(dir, "_generated", file)),
  );
  if (!own) return 'import("convex/server").AnyComponents[string]';
  const [, inPackage] = dir.split(/[/\\]node_modules[/\\]/).slice(-2);
  const relative = path
    .relative(path.join(functionsDir, "_generated"), dir)
    .replaceAll(path.sep, "/");
  const [scopeOrName = "", second = ""] = (inPackage ?? "").replaceAll(path.sep, "/").split("/");
  const packageName = scopeOrName.startsWith("@") ? `${scopeOrName}/${second}` : scopeOrName;
  const from = inPackage === undefined ? relative : packageName;
  return `import("${from}/_generated/component.js").ComponentApi<${JSON.stringify(name)}>`;
}

function append(file: string, text: string): void {
  writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n\n${text}`);
}

function importComponents(file: string): void {
  const source = readFileSync(file, "utf8");
  writeFileSync(
    file,
    source.replace(
      'import { anyApi } from "convex/server"',
      'import { anyApi, componentsGeneric } from "convex/server"',
    ),
  );
}

function update(from: string, to: string): string[] {
  mkdirSync(to, { recursive: true });
  const written: string[] = [];
  for (const name of readdirSync(from)) {
    const content = readFileSync(path.join(from, name), "utf8");
    const target = path.join(to, name);
    if (existsSync(target) && readFileSync(target, "utf8") === content) continue;
    writeFileSync(target, content);
    written.push(name);
  }
  return written;
}
