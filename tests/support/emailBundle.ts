import path from "node:path";
import { build } from "esbuild";

const RENDER = path.join(import.meta.dirname, "../../convex/emails/render.tsx");

/** convex/emails/render.tsx as one script, built as Convex builds for its default runtime; sets `emails`. */
export async function emailBundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [RENDER],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "emails",
    platform: "browser",
    target: "esnext",
    conditions: ["convex", "module"],
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}
