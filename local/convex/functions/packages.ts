/** Where the engine's own packages are: for folders of functions that have no node_modules. */
import { createRequire } from "node:module";
import path from "node:path";

const CONVEX = path.dirname(createRequire(import.meta.url).resolve("convex/package.json"));

/** For esbuild's `nodePaths`, which come after the folder's own node_modules. */
export const FALLBACK_NODE_PATHS = [path.dirname(CONVEX)];
/** The Convex CLI, to be run with Node. */
export const CONVEX_CLI = path.join(CONVEX, "bin", "main.js");
