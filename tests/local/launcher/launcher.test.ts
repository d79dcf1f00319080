import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { api } from "../../../convex/_generated/api.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addressesFor } from "../../../local/launcher/addresses.ts";
import { ensureAccount } from "../../../local/launcher/localAccounts.ts";
import { DEMO_COMPANIES, DEMO_PASSWORD } from "../../../local/launcher/demo/companies.ts";
import { sampleEmail } from "../../../local/seed/fill.ts";
import { launch, type Launched } from "../../support/launch.ts";

/** A first start builds the app. */
const FIRST_START_MS = 300_000;
const PORT = 14440;
const { appPort, convexPort, convexSitePort, clerkPort, mailPort, stripePort } = addressesFor(PORT);
const PORTS = [appPort, convexPort, convexSitePort, clerkPort, mailPort, stripePort];
/** Ctrl-C must have stopped everything by then. */
const STOP_MS = 5_000;

let base: string;
let running: Launched[] = [];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "sunup-launcher-"));
});
afterEach(async () => {
  for (const launched of running) launched.signal("SIGKILL");
  await Promise.all(running.map(({ exited }) => exited));
  running = [];
  await noOneListens();
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

function start(...args: string[]): Launched {
  const launched = launch(["--port", String(PORT), ...args]);
  running.push(launched);
  return launched;
}

async function refused(...args: string[]): Promise<string> {
  const launched = start(...args);
  expect(await launched.exited).toBe(1);
  return launched.output().trim();
}

describe("a start that cannot work", () => {
  it("names an option that it does not know", async () => {
    expect(await refused("--prot", "1")).toBe("Unknown option '--prot'; --help shows the options.");
  });

  it("names a port that is taken", async () => {
    const other = createServer().listen(PORT + 210, "127.0.0.1");
    const said = await refused("--data", join(base, "taken"), "--no-demo");
    await new Promise((done) => other.close(done));
    expect(said).toBe(
      `Port ${PORT + 210}, which Convex needs, is already in use; choose another app port with --port.`,
    );
  });

  it("says that the data folder cannot be written", async () => {
    writeFileSync(join(base, "file"), "");
    const said = await refused("--data", join(base, "file", "data"));
    expect(said).toMatch(
      /^The data folder [^\n]+ cannot be written \(part of its path is a file\)/,
    );
    expect(said.split("\n")).toHaveLength(1);
  });
});

describe("a running stack", () => {
  it(
    "keeps its data across restarts, refuses a second start and stops on Ctrl-C",
    async () => {
      const data = join(base, "kept");
      const first = start("--data", data);
      const stack = await first.ready;
      expect(first.output()).toContain("Creating the demo companies");
      expect(first.output().trimEnd()).toMatch(/\nSunup is ready at http:\/\/localhost:14440$/);
      for (const { admin } of DEMO_COMPANIES) expect(first.output()).toContain(admin.email);

      const second = launch(["--port", "14460", "--data", data]);
      expect(await second.exited).toBe(1);
      expect(second.output().trim()).toBe(
        `Sunup is already running on the data folder ${data} (process ${first.pid}, ${stack.appUrl}); stop it first, or choose another folder with --data.`,
      );

      const asked = Date.now();
      first.signal("SIGINT");
      expect(await first.exited).toBe(0);
      expect(Date.now() - asked).toBeLessThan(STOP_MS);
      await noOneListens();

      const again = start("--data", data);
      await again.ready;
      expect(again.output()).not.toContain("Creating the demo companies");
      expect(again.output()).not.toContain("Building");
      await expectDemoData(await again.ready);
    },
    FIRST_START_MS,
  );

  it(
    "finishes demo data that a kill -9 cut short twice, without doubling any of it",
    async () => {
      const data = join(base, "cut");
      for (const delayMs of [50, 200]) {
        const cut = start("--data", data);
        await until(() => cut.output().includes("Creating the demo companies"), FIRST_START_MS);
        await sleep(delayMs);
        cut.signal("SIGKILL");
        await cut.exited;
        await noOneListens();
      }
      await expectDemoData(await start("--data", data).ready);
    },
    FIRST_START_MS,
  );

  it(
    "leaves no process behind when its launcher is killed with -9",
    async () => {
      const launched = start("--data", join(base, "killed"), "--no-demo");
      await launched.ready;
      const family = descendantsOf(launched.pid);
      expect(family.length).toBeGreaterThanOrEqual(2);
      launched.signal("SIGKILL");
      await launched.exited;
      await until(() => family.every((pid) => !isAlive(pid)), STOP_MS);
      await noOneListens();
    },
    FIRST_START_MS,
  );

  it(
    "stops as a whole, with code 1 and one sentence, when one of its servers crashes",
    async () => {
      const launched = start("--data", join(base, "crashed"), "--no-demo");
      await launched.ready;
      const engine = descendantsOf(launched.pid).find((pid) =>
        commandOf(pid).includes("local/convex/main.ts"),
      );
      expect(engine).toBeDefined();
      process.kill(engine ?? 0, "SIGKILL");
      expect(await launched.exited).toBe(1);
      expect(launched.output()).toMatch(
        /\nConvex was ended by SIGKILL, so Sunup stops; its log is [^\n]+convex\.log\.\n/,
      );
      await noOneListens();
    },
    FIRST_START_MS,
  );
});

describe("npm run seed", () => {
  it(
    "makes what is missing of the companies and projects, through the doors of everybody",
    async () => {
      const data = join(base, "seeded");
      const stack = await start("--data", data, "--no-demo").ready;
      const seed = (...args: string[]) =>
        execFileSync(
          process.execPath,
          ["local/seed/main.ts", ...args, "--port", String(PORT), "--data", data],
          { encoding: "utf8" },
        );
      seed("--tenants", "1", "--projects", "2");
      const said = seed("--tenants", "3", "--projects", "5");
      expect(said).toContain("3 of 3 companies, 5 of 5 projects");
      for (const [number, projects] of [5, 3, 3].entries()) {
        const request = {
          ...{ companyName: "There already", plan: "pro" as const, name: "Robin Sample" },
          ...{ email: sampleEmail(number + 1), password: DEMO_PASSWORD },
        };
        const client = await (await ensureAccount(stack, request)).convex();
        const { page } = await client.query(api.projects.list, {
          paginationOpts: { numItems: 100, cursor: null },
        });
        expect(page).toHaveLength(projects);
      }
    },
    FIRST_START_MS,
  );
});

async function expectDemoData(stack: Awaited<Launched["ready"]>): Promise<void> {
  for (const company of DEMO_COMPANIES) {
    const { admin, companyName, plan, projects, colleagues = [], invited = [] } = company;
    const request = { ...admin, companyName, plan, password: DEMO_PASSWORD };
    const client = await (await ensureAccount(stack, request)).convex();
    const me = await client.query(api.members.me, {});
    expect(me.tenant).toMatchObject({ name: companyName, plan });
    const list = await client.query(api.projects.list, {
      paginationOpts: { numItems: 100, cursor: null },
    });
    expect(list.page.map(({ name }) => name)).toEqual(projects.map(({ name }) => name).reverse());
    const people = await client.query(api.members.names, {});
    expect(people.map(({ name }) => name)).toEqual([admin, ...colleagues].map(({ name }) => name));
    const invitations = await client.query(api.invitations.list, {});
    expect(invitations.map(({ email }) => email)).toEqual(invited.map(({ email }) => email));
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > limit) throw new Error("It did not become true in time.");
    await sleep(50);
  }
}

/** Resolves once nothing answers on any of the stack's ports. */
async function noOneListens(): Promise<void> {
  for (const port of PORTS) {
    const limit = Date.now() + 5_000;
    while (await answers(port)) {
      if (Date.now() > limit) throw new Error(`Something still listens on port ${port}.`);
      await sleep(50);
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

function descendantsOf(pid: number): number[] {
  const table = execFileSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const children = table.filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function commandOf(pid: number): string {
  return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
}

/** A process that has ended but was not yet collected by its new parent counts as ended. */
function isAlive(pid: number): boolean {
  const table = execFileSync("ps", ["-e", "-o", "pid=,stat="], { encoding: "utf8" });
  return new RegExp(`^\\s*${pid}\\s+[^Z]`, "m").test(table);
}
