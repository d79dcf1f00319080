import { environment } from "../environment.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { blankClientJson, clientJson } from "./clientJson.ts";
import type { Exchange } from "./exchange.ts";
import { answer, clientCookies, currentClient, ensureClient } from "./exchange.ts";

/** `GET /v1/environment` (and the `PATCH` clerk-js sends to say where it runs). */
export function getEnvironment({ clerk }: Exchange): HttpReply {
  return json(environment(clerk));
}

/** `GET /v1/client`: who this browser is and who is signed in with it. */
export async function getClient(exchange: Exchange): Promise<HttpReply> {
  const client = currentClient(exchange);
  const response = client ? await clientJson(exchange, client) : blankClientJson();
  return { ...json({ response, client: null }), cookies: clientCookies(exchange, client) };
}

/** `PUT /v1/client`: makes the browser known. */
export async function createClient(exchange: Exchange): Promise<HttpReply> {
  return answer(exchange, await clientJson(exchange, ensureClient(exchange)));
}
