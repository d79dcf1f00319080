import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { addressesFor, requireFreePorts } from "../../../local/launcher/addresses.ts";

const APP_PORT = 14420;
const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((done) => server.close(done))));
});

function occupy(port: number, host: string): Promise<void> {
  const server = createServer();
  open.push(server);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

describe("the stack's addresses", () => {
  it("follow from the app's port", () => {
    expect(addressesFor(3000)).toMatchObject({
      appUrl: "http://localhost:3000",
      convexUrl: "http://127.0.0.1:3210",
      convexSiteUrl: "http://127.0.0.1:3211",
      clerkUrl: "http://127.0.0.1:3400",
      mailUrl: "http://127.0.0.1:3401",
      mailboxUrl: "http://127.0.0.1:3401/mailbox",
      stripeUrl: "http://127.0.0.1:3402",
    });
  });

  it("give each further deployment ports of its own, which must be free, too", async () => {
    const { shards } = addressesFor(3000, 3);
    expect(
      shards.map(({ name, convexPort, convexSitePort }) => [name, convexPort, convexSitePort]),
    ).toEqual([
      ["east", 3220, 3221],
      ["west", 3230, 3231],
    ]);
    await occupy(APP_PORT + 221, "127.0.0.1");
    await expect(requireFreePorts(addressesFor(APP_PORT), 0)).resolves.toBeUndefined();
    await expect(requireFreePorts(addressesFor(APP_PORT, 2), 0)).rejects.toThrow(
      `Port ${APP_PORT + 221}, which the HTTP actions of Convex "east" needs`,
    );
  });

  it("are waited for while the servers of a killed launcher are still ending", async () => {
    await occupy(APP_PORT + 210, "127.0.0.1");
    const [ending] = open.splice(0);
    setTimeout(() => ending?.close(), 300);
    await expect(requireFreePorts(addressesFor(APP_PORT))).resolves.toBeUndefined();
  });

  it("are accepted while every port is free", async () => {
    await expect(requireFreePorts(addressesFor(APP_PORT))).resolves.toBeUndefined();
  });

  it.each([
    [APP_PORT, "127.0.0.1", "the app"],
    [APP_PORT, "0.0.0.0", "the app"],
    [APP_PORT + 210, "127.0.0.1", "Convex"],
    [APP_PORT + 211, "127.0.0.1", "Convex's HTTP actions"],
    [APP_PORT + 400, "127.0.0.1", "Clerk"],
    [APP_PORT + 401, "127.0.0.1", "the mailbox"],
    [APP_PORT + 402, "127.0.0.1", "Stripe"],
  ])("name port %i on %s when something else has it", async (port, host, purpose) => {
    await occupy(port, host);
    await expect(requireFreePorts(addressesFor(APP_PORT), 0)).rejects.toThrow(
      `Port ${port}, which ${purpose} needs, is already in use; choose another app port with --port.`,
    );
  });
});
