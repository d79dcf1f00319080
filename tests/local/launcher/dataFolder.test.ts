import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "../../../local/launcher/dataFolder.ts";
import { Problem } from "../../../local/launcher/problem.ts";

const appUrl = "http://localhost:3000";
let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "sunup-folder-"));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const open = (dir: string, fresh = false) => openDataFolder(dir, { fresh, appUrl });

describe("the data folder", () => {
  it("is created with everything above it, and remembers its state", () => {
    const folder = open(join(base, "a", "b"));
    expect(folder.readState().demoSeeded).toBe(false);
    folder.writeState({ demoSeeded: true });
    folder.release();
    const again = open(join(base, "a", "b"));
    expect(again.readState().demoSeeded).toBe(true);
    again.release();
  });

  it("serves one launcher at a time", () => {
    const folder = open(base);
    expect(() => open(base)).toThrow(
      `Sunup is already running on the data folder ${base} (process ${process.pid}, ${appUrl}); stop it first, or choose another folder with --data.`,
    );
    folder.release();
    open(base).release();
  });

  it("is free again after its launcher was killed with -9", async () => {
    const module = new URL("../../../local/launcher/dataFolder.ts", import.meta.url).href;
    const script = join(base, "hold.mjs");
    const dir = join(base, "data");
    writeFileSync(
      script,
      `import { openDataFolder } from ${JSON.stringify(module)};
       // Held on to: what nobody refers to is collected, and its lock with it.
       globalThis.folder = openDataFolder(${JSON.stringify(dir)}, { fresh: false, appUrl: "http://localhost:1" });
       process.send("held");
       process.on("disconnect", () => process.exit());
       setInterval(() => {}, 1000);`,
    );
    const holder = fork(script);
    await once(holder, "message");
    expect(() => open(dir)).toThrow(`(process ${holder.pid}, http://localhost:1)`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    open(dir).release();
  });

  it("is emptied by --fresh, but only of what is Sunup's", () => {
    const folder = open(base);
    writeFileSync(join(folder.convexDir, "engine.sqlite"), "rows");
    writeFileSync(join(base, "my-notes.txt"), "mine");
    folder.writeState({ demoSeeded: true });
    folder.release();
    const fresh = open(base, true);
    expect(existsSync(join(fresh.convexDir, "engine.sqlite"))).toBe(false);
    expect(fresh.readState().demoSeeded).toBe(false);
    expect(readFileSync(join(base, "my-notes.txt"), "utf8")).toBe("mine");
    fresh.release();
  });

  it.each([[false], [true]])("is never somebody else's folder (fresh: %s)", (fresh) => {
    writeFileSync(join(base, "convex"), "somebody's file");
    expect(() => open(base, fresh)).toThrow(
      `The folder ${base} holds something else than Sunup's data; choose an empty or a new one with --data.`,
    );
    expect(readFileSync(join(base, "convex"), "utf8")).toBe("somebody's file");
  });

  it("says in one sentence why it cannot be written", () => {
    const file = join(base, "file");
    writeFileSync(file, "");
    const below = join(file, "data");
    expect(() => open(below)).toThrow(Problem);
    expect(() => open(below)).toThrow(
      `The data folder ${below} cannot be written (part of its path is a file); choose another with --data.`,
    );
    expect(() => open("/proc/sunup")).toThrow(
      /^The data folder \/proc\/sunup cannot be written \([^\n]+\); choose another with --data\.$/,
    );
  });
});
