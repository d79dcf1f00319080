import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startClerk, type LocalClerk } from "../clerk/server.ts";
import { startMail, type LocalMail } from "../mail/server.ts";
import { startStripe, type LocalStripe } from "../stripe/server.ts";
import { STRIPE_EVENTS } from "../../lib/billing.ts";
import { LOG_STREAM_PATH } from "../../lib/logStream.ts";
import { newSecret } from "../storage/secrets.ts";
import { HOME } from "../../lib/shards.ts";
import type { Addresses, ShardAddresses } from "./addresses.ts";
import { startChild, type Child } from "./child.ts";
import type { DataFolder } from "./dataFolder.ts";
import {
  localAppEnv,
  localConvexVariables,
  machineEnv,
  shardVariables,
  type LocalServices,
} from "./environment.ts";
import type { LaunchOptions } from "./options.ts";
import { Problem } from "./problem.ts";
import type { Supervisor } from "./supervisor.ts";

type Context = {
  root: string;
  options: LaunchOptions;
  addresses: Addresses;
  folder: DataFolder;
  supervisor: Supervisor;
};

/** How long the app may take to answer its first request; `next dev` compiles before it does. */
const HEALTH_LIMIT_MS = 120_000;

/** Starts the local mail server, inside this process. Its webhooks go to Convex's HTTP actions. */
export async function startLocalMail({
  addresses,
  folder,
  supervisor,
}: Context): Promise<LocalMail> {
  const mail = await startMail({
    port: addresses.mailPort,
    dataDir: folder.mailDir,
    webhookUrl: `${addresses.convexSiteUrl}/webhooks/resend`,
  });
  return await supervisor.own(mail);
}

/** Starts the local Clerk, inside this process. Its webhooks go to the app unless told otherwise. */
export async function startLocalClerk(
  context: Context,
  mail: LocalMail,
  webhookUrl = `http://127.0.0.1:${context.addresses.appPort}/api/webhooks/clerk`,
): Promise<LocalClerk> {
  const { addresses, folder, supervisor } = context;
  const clerk = await startClerk({
    port: addresses.clerkPort,
    dataDir: folder.clerkDir,
    appUrl: addresses.appUrl,
    webhookUrl,
    sendMail: (clerkMail) => mail.deliver(clerkMail),
  });
  return await supervisor.own(clerk);
}

/** Starts the local Stripe, inside this process. Its webhooks go to Convex's HTTP actions. */
export async function startLocalStripe({
  addresses,
  folder,
  supervisor,
}: Context): Promise<LocalStripe> {
  const stripe = await startStripe({
    port: addresses.stripePort,
    dataDir: folder.stripeDir,
    webhookUrl: `${addresses.convexSiteUrl}/webhooks/stripe`,
    webhookEvents: STRIPE_EVENTS,
  });
  return await supervisor.own(stripe);
}

/** A deployment that has started. */
export type StartedShard = Pick<ShardAddresses, "name" | "convexUrl"> & { convexAdminKey: string };

/**
 * Starts home and, if there are any, the other deployments. Gives home's admin key and the others.
 */
export async function startLocalConvex(
  context: Context,
  services: LocalServices,
): Promise<{ convexAdminKey: string; shards: StartedShard[] }> {
  const { addresses, folder } = context;
  const { convexPort, convexSitePort } = addresses;
  // All of them belong to this start, so it has a secret of its own.
  const secret = newSecret();
  const start = (deployment: Deployment) =>
    startDeployment(context, services, {
      ...deployment,
      variables: shardVariables(addresses, deployment.name, secret),
    });
  const [convexAdminKey, ...shards] = await Promise.all([
    start({ name: HOME, convexPort, convexSitePort, dataDir: folder.convexDir }),
    ...addresses.shards.map(async (shard) => {
      const { name, convexUrl } = shard;
      const dataDir = folder.shardDir(name);
      return { name, convexUrl, convexAdminKey: await start({ ...shard, dataDir }) };
    }),
  ]);
  return { convexAdminKey, shards };
}

type Deployment = Pick<ShardAddresses, "name" | "convexPort" | "convexSitePort"> & {
  dataDir: string;
};

/**
 * Starts a local Convex engine on the app's functions and waits until it serves them.
 * Gives the deployment's admin key.
 */
async function startDeployment(
  context: Context,
  services: LocalServices,
  {
    name,
    convexPort,
    convexSitePort,
    dataDir,
    ...own
  }: Deployment & {
    variables: Record<string, string>;
  },
): Promise<string> {
  const { root, options, addresses, folder, supervisor } = context;
  // Signer and receiver are one process, so each start has a secret of its own.
  const logStreamSecret = newSecret();
  const variables = Object.entries({
    ...localConvexVariables(addresses, services, logStreamSecret),
    ...own.variables,
  });
  const engine = startChild({
    name: name === HOME ? "Convex" : `Convex "${name}"`,
    argv: [
      join(root, "local", "convex", "main.ts"),
      ...["--functions", join(root, "convex")],
      ...["--port", String(convexPort)],
      ...["--site-port", String(convexSitePort)],
      ...["--data", dataDir],
      ...["--log-stream", LOG_STREAM_PATH],
      ...variables.flatMap(([name, value]) => ["--env", `${name}=${value}`]),
      ...(options.mode === "dev" ? ["--watch"] : []),
      ...(options.verbose ? ["--verbose"] : []),
    ],
    cwd: root,
    env: { ...machineEnv(), CONVEX_LOG_STREAM_SECRET: logStreamSecret },
    logFile: join(folder.logsDir, name === HOME ? "convex.log" : `convex-${name}.log`),
    echo: options.verbose || options.mode === "dev",
  });
  await supervisor.ownServer(engine);
  const { adminKey } = (await engine.firstMessage()) as { adminKey: string };
  return adminKey;
}

/** Starts Next on the last build (or in development mode) and waits until it answers. */
export async function startApp(context: Context, clerk: LocalClerk): Promise<void> {
  const { root, options, addresses, folder, supervisor } = context;
  const app = startChild({
    name: "The app",
    argv: [
      join(root, "node_modules", "next", "dist", "bin", "next"),
      options.mode,
      ...["-H", "127.0.0.1", "-p", String(addresses.appPort)],
    ],
    cwd: root,
    env: localAppEnv(options.mode, addresses, clerk),
    logFile: join(folder.logsDir, "app.log"),
    echo: options.verbose || options.mode === "dev",
  });
  await supervisor.ownServer(app);
  await waitForHealth(app, `http://127.0.0.1:${addresses.appPort}/api/health`);
}

async function waitForHealth(app: Child, url: string): Promise<void> {
  const limit = Date.now() + HEALTH_LIMIT_MS;
  let ended = false;
  void app.ended.then(() => (ended = true));
  while (Date.now() < limit) {
    if (ended) throw new Problem(`The app did not start; its log is ${app.logFile}.`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Problem(
    `The app did not answer within ${HEALTH_LIMIT_MS / 1000} s; its log is ${app.logFile}.`,
  );
}
