/** Hot reload: one call for a burst of changes to the sources of the functions. */
import path from "node:path";
import { watch } from "chokidar";

const QUIET_MS = 100;

export type SourceWatcher = {
  /** Also watch these: the files that the last build used. */
  update(sources: readonly string[]): void;
  close(): Promise<void>;
};

/** Resolves when every later change will be seen. */
export async function watchSources(
  functionsDir: string,
  onChange: () => void,
): Promise<SourceWatcher> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(functionsDir, {
    ignoreInitial: true,
    ignored: (file) =>
      /[/\\](node_modules|_generated|\.[^/\\]+)([/\\]|$)/.test(path.relative(functionsDir, file)),
  });
  await new Promise((resolve) => watcher.once("ready", () => resolve(undefined)));
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
