// A launcher whose Clerk posts its webhooks to another address than the app's: to nobody, as when they
// are lost, or to somebody who hands them on later.
//   WEBHOOK_URL=URL node stackWithWebhooksTo.ts start --port N --data DIR

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressesFor, requireFreePorts } from "../../local/launcher/addresses.ts";
import { buildIfChanged } from "../../local/launcher/build.ts";
import { openDataFolder } from "../../local/launcher/dataFolder.ts";
import { parseLaunchOptions } from "../../local/launcher/options.ts";
import {
  startApp,
  startLocalClerk,
  startLocalConvex,
  startLocalMail,
  startLocalStripe,
} from "../../local/launcher/stack.ts";
import { Supervisor } from "../../local/launcher/supervisor.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const supervisor = new Supervisor();
process.on("SIGINT", () => void supervisor.exit(0));
process.on("disconnect", () => void supervisor.exit(0));

const options = parseLaunchOptions("start", process.argv.slice(3), { root, cwd: root });
if (!options) throw new Error("It takes no --help.");
const addresses = addressesFor(options.port);
const folder = openDataFolder(options.dataDir, { fresh: false, appUrl: addresses.appUrl });
await requireFreePorts(addresses);
const context = { root, options, addresses, folder, supervisor };
const logFile = join(folder.logsDir, "build.log");
await buildIfChanged(root, { logFile, echo: false, supervisor });
const mail = await startLocalMail(context);
const clerk = await startLocalClerk(context, mail, process.env.WEBHOOK_URL);
const stripe = await startLocalStripe(context);
const services = { clerk, mail, stripe };
await Promise.all([startLocalConvex(context, services), startApp(context, clerk)]);
process.send?.({
  type: "ready",
  clerkUrl: clerk.url,
  clerkSecretKey: clerk.secretKey,
  convexUrl: addresses.convexUrl,
  appUrl: addresses.appUrl,
  mailboxUrl: addresses.mailboxUrl,
  stripeUrl: addresses.stripeUrl,
  stripeSecretKey: stripe.secretKey,
  shards: [],
});
