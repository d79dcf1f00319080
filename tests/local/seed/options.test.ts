import { describe, expect, it } from "vitest";
import { Problem } from "../../../local/launcher/problem.ts";
import { parseSeedOptions } from "../../../local/seed/options.ts";

const where = { root: "/repo", cwd: "/home/me" };
const parse = (...args: string[]) => parseSeedOptions(args, where);

describe("the options of the seed command", () => {
  it("default to ten companies, 200 projects and the stack of npm start", () => {
    expect(parse()).toEqual({ tenants: 10, projects: 200, port: 3000, dataDir: "/repo/.local" });
  });

  it("are all read", () => {
    const args = ["--tenants", "1000", "--projects", "10000", "--port", "4000", "--data", "mine"];
    expect(parse(...args)).toEqual({
      tenants: 1_000,
      projects: 10_000,
      port: 4_000,
      dataDir: "/home/me/mine",
    });
  });

  it("ask for help", () => {
    expect(parse("--help")).toBeNull();
  });

  it.each([
    ["--tenants", "0"],
    ["--tenants", "10001"],
    ["--projects", "many"],
    ["--projects", "1.5"],
    ["--port", "70000"],
  ])("refuse %s %s in one sentence", (name, text) => {
    expect(() => parse(name, text)).toThrow(Problem);
    expect(() => parse(name, text)).toThrow(new RegExp(`^${name} takes a number from 1 to \\d+`));
  });

  it("refuse a word that is none", () => {
    expect(() => parse("--tenant", "3")).toThrow("Unknown option '--tenant'; --help shows");
  });
});
