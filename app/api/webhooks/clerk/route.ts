import { after } from "next/server";
import { receiveClerkWebhook } from "@/lib/clerkWebhook";
import { serverEnv } from "@/lib/env";

/** Clerk's events, by Svix. */
export function POST(request: Request): Promise<Response> {
  return receiveClerkWebhook(request, serverEnv(), after);
}
