import { describe, expect, it } from "vitest";
import { Problem } from "../../../local/launcher/problem.ts";
import { parseRestoreOptions } from "../../../local/restore/options.ts";

const where = { root: "/repo", cwd: "/home/me" };
const parse = (...args: string[]) => parseRestoreOptions(args, where);
const NEEDED = ["--archive", "north.zip", "--into", "new-solar", "--reason", "They moved"];

describe("the options of the restore command", () => {
  it("name the archive from where the person is, and default to the stack of npm start", () => {
    expect(parse(...NEEDED)).toEqual({
      ...{ file: "/home/me/north.zip", company: "new-solar", reason: "They moved" },
      ...{ port: 3000, dataDir: "/repo/.local" },
    });
  });

  it("ask for help", () => {
    expect(parse("--help")).toBeNull();
  });

  it.each(["archive", "into", "reason"])(
    "are refused without --%s, or with an empty one",
    (name) => {
      const at = NEEDED.indexOf(`--${name}`);
      expect(() => parse(...NEEDED.toSpliced(at, 2))).toThrow(
        new Problem(`--${name} is needed; --help shows the options.`),
      );
      expect(() => parse(...NEEDED.toSpliced(at + 1, 1, "  "))).toThrow(`--${name} is needed`);
    },
  );
});
