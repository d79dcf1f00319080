// `npm start` and `npm run dev`: one process that builds the app, starts the local Clerk, the local
// mail server, the local Convex and Next, fills in the demo companies, and stops all of it together.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressesFor, requireFreePorts, type Addresses } from "./addresses.ts";
import { buildIfChanged } from "./build.ts";
import { openDataFolder, type DataFolder } from "./dataFolder.ts";
import { DEMO_COMPANIES, DEMO_PASSWORD, DEMO_STAFF } from "./demo/companies.ts";
import type { LocalStack } from "./localAccounts.ts";
import { parseLaunchOptions, USAGE, type LaunchMode, type LaunchOptions } from "./options.ts";
import { Problem } from "./problem.ts";
import { step } from "./progress.ts";
import {
  startApp,
  startLocalClerk,
  startLocalConvex,
  startLocalMail,
  startLocalStripe,
} from "./stack.ts";
import { Supervisor } from "./supervisor.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const supervisor = new Supervisor();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!supervisor.stopping) console.log("\nStopping Sunup ...");
    void supervisor.exit(0);
  });
}
process.on("disconnect", () => void supervisor.exit(0));

try {
  const [mode = "start", ...args] = process.argv.slice(2);
  const options = parseLaunchOptions(mode as LaunchMode, args, {
    root,
    cwd: process.env.INIT_CWD ?? root,
  });
  if (options) await launch(options);
  else {
    console.log(USAGE);
    await supervisor.exit(0);
  }
} catch (error) {
  // During a stop, whatever was still starting fails: that is no news.
  if (!supervisor.stopping) console.error(error instanceof Problem ? error.message : error);
  await supervisor.exit(1);
}

async function launch(options: LaunchOptions): Promise<void> {
  const { appUrl } = addressesFor(options.port);
  const folder = openDataFolder(options.dataDir, { fresh: options.fresh, appUrl });
  supervisor.afterwards(() => folder.release());
  const shards = Math.max(options.shards, folder.readState().shards);
  folder.writeState({ shards });
  const addresses = addressesFor(options.port, shards);
  await requireFreePorts(addresses);

  const context = { root, options, addresses, folder, supervisor };
  if (options.mode === "start") {
    await buildIfChanged(root, {
      logFile: join(folder.logsDir, "build.log"),
      echo: options.verbose,
      supervisor,
    });
  }
  const services = await step("Starting Clerk, Convex and the app", "started", async () => {
    const mail = await startLocalMail(context);
    const clerk = await startLocalClerk(context, mail);
    const services = { clerk, mail, stripe: await startLocalStripe(context) };
    const [convex] = await Promise.all([
      startLocalConvex(context, services),
      startApp(context, clerk),
    ]);
    return { ...services, ...convex };
  });
  const stack: LocalStack = {
    clerkUrl: services.clerk.url,
    clerkSecretKey: services.clerk.secretKey,
    convexUrl: addresses.convexUrl,
    convexAdminKey: services.convexAdminKey,
  };
  if (options.demo && !folder.readState().demoSeeded) {
    // Loaded only when needed: it brings Clerk's and Convex's clients, which a warm start can spare.
    const { seedDemo } = await import("./demo/seed.ts");
    const others = services.shards.map((shard) => ({ ...stack, ...shard }));
    await step("Creating the demo companies", "created", () => seedDemo(stack, others));
    folder.writeState({ demoSeeded: true });
  }
  printSummary(addresses, folder);
  // For the browser suite and the bench, which start a stack of their own.
  process.send?.({
    type: "ready",
    ...stack,
    appUrl: addresses.appUrl,
    mailboxUrl: addresses.mailboxUrl,
    stripeUrl: addresses.stripeUrl,
    stripeSecretKey: services.stripe.secretKey,
    shards: services.shards,
  });
}

function printSummary(addresses: Addresses, folder: DataFolder): void {
  console.log(`
  App       ${addresses.appUrl}
  Mailbox   ${addresses.mailboxUrl}   (every e-mail that Sunup sends)
  Stripe    ${addresses.stripeUrl}   (customers, subscriptions and events; no real money)
  Convex    ${[addresses, ...addresses.shards].map(({ convexUrl }) => convexUrl).join(", ")}
  Data      ${folder.dir}`);
  if (folder.readState().demoSeeded) {
    console.log(`\n  Demo accounts (password ${DEMO_PASSWORD}):`);
    for (const { companyName, plan, admin } of DEMO_COMPANIES) {
      console.log(`    ${admin.email.padEnd(38)} ${companyName}, ${plan}`);
    }
    console.log(`    ${DEMO_STAFF.email.padEnd(38)} Sunup's staff console, at /admin`);
  }
  console.log(`\nSunup is ready at ${addresses.appUrl}`);
}
