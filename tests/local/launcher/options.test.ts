import { describe, expect, it } from "vitest";
import { parseLaunchOptions } from "../../../local/launcher/options.ts";
import { Problem } from "../../../local/launcher/problem.ts";

const where = { root: "/repo", cwd: "/home/me" };
const parse = (...args: string[]) => parseLaunchOptions("start", args, where);

describe("the launcher's options", () => {
  it("default to port 3000, the repository's .local, demo data and a quiet terminal", () => {
    expect(parse()).toEqual({
      mode: "start",
      port: 3000,
      dataDir: "/repo/.local",
      shards: 1,
      fresh: false,
      demo: true,
      verbose: false,
    });
  });

  it("are all read", () => {
    const args = ["--port", "4000", "--data", "mine", "--shards", "2"];
    expect(parse(...args, "--fresh", "--no-demo", "--verbose")).toEqual({
      mode: "start",
      port: 4000,
      dataDir: "/home/me/mine",
      shards: 2,
      fresh: true,
      demo: false,
      verbose: true,
    });
  });

  it("ask for help", () => {
    expect(parse("--help")).toBeNull();
  });

  it.each([["0"], ["65134"], ["99999"], ["3000.5"], ["abc"], [""], ["0x50"]])(
    "refuse the port %j in one sentence",
    (port) => {
      expect(() => parse("--port", port)).toThrow(Problem);
      expect(() => parse("--port", port)).toThrow(/^--port takes a number from 1 to 65133/);
    },
  );

  it.each(["0", "5", "two"])("refuse %j deployments in one sentence", (count) => {
    expect(() => parse("--shards", count)).toThrow(/^--shards takes a number from 1 to 4/);
  });

  it("refuse what they do not know in one sentence", () => {
    expect(() => parse("--prot", "4000")).toThrow(
      "Unknown option '--prot'; --help shows the options.",
    );
    expect(() => parse("4000")).toThrow(/^Unexpected argument '4000'/);
    expect(() => parse("--port")).toThrow(/^Option '--port <value>' argument missing/);
    expect(() => parse("--data", " ")).toThrow("--data takes the path of a folder.");
  });
});
