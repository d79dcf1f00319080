/** Hot reload: one call for a burst of changes to the sources of the functions. */
import path from "node:path";
import { watch } from "chokidar";

const QUIET_MS = 100;

/** @returns `update` with the files that the last build used, and `close`. */
export function watchSources(
  functionsDir: string,
  onChange: () => void,
): { update(sources: readonly string[]): void; close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(functionsDir, {
    ignoreInitial: true,
    ignored: (file) =>
      /[/\\](node_modules|_generated|\.[^/\\]+)([/\\]|$)/.test(path.relative(functionsDir, file)),
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  });
  return {
    update: (sources) => void watcher.add(sources.filter((file) => !file.includes("_generated"))),
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
