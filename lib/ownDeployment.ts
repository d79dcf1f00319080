import { fetchQuery } from "convex/nextjs";
import { api } from "../convex/_generated/api.js";
import type { ServerEnv } from "./env.ts";
import { FORM_TOKEN } from "./leadForm/answers.ts";
import type { Shard } from "./shards.ts";

type Env = Pick<ServerEnv, "NEXT_PUBLIC_CONVEX_URL" | "NEXT_PUBLIC_CONVEX_SITE_URL" | "SHARDS">;
type Addresses = Pick<Shard, "convexUrl" | "siteUrl">;

/** The addresses of the deployment of that name; home's for a name that is not known. Next server only. */
export function deploymentNamed(env: Env, name: string | undefined): Addresses {
  const home = {
    convexUrl: env.NEXT_PUBLIC_CONVEX_URL,
    siteUrl: env.NEXT_PUBLIC_CONVEX_SITE_URL,
  };
  return env.SHARDS?.find((shard) => shard.name === name) ?? home;
}

/**
 * Where the company of the person with this Convex token lives: home is asked, if there are others.
 * Who has no company is where their console looks (`chosen`, of CONSOLE_COOKIE).
 */
export async function deploymentOf(
  env: Env,
  token: string,
  chosen: string | undefined,
): Promise<Addresses> {
  if (!env.SHARDS?.length) return deploymentNamed(env, undefined);
  const url = env.NEXT_PUBLIC_CONVEX_URL;
  const mine = await fetchQuery(api.placements.mine, {}, { url, token });
  return deploymentNamed(env, mine ?? chosen);
}

/** Where the public form with this key is. */
export function deploymentOfForm(env: Env, formToken: string): Addresses {
  return deploymentNamed(env, FORM_TOKEN.exec(formToken)?.[1]);
}
