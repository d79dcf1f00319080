import { Webhook, WebhookVerificationError } from "svix";
import { passOnForgery } from "./clerkForgery.ts";
import type { ServerEnv } from "./env.ts";
import { MAX_WEBHOOK_BYTES } from "./limits.ts";
import { readLimited } from "./readLimited.ts";

/** Svix gives an answer 15 seconds; ours must be out before. */
const CONVEX_TIMEOUT_MS = 10_000;

const SVIX_HEADERS = ["svix-id", "svix-timestamp", "svix-signature"] as const;

type WebhookEnv = Pick<ServerEnv, "CLERK_WEBHOOK_SIGNING_SECRET" | "NEXT_PUBLIC_CONVEX_SITE_URL">;

/**
 * Takes one of Clerk's events. Checks the signature over the raw bytes, then hands the same bytes
 * and the same signature to Convex, which checks again and does the work. Answers 200 only when
 * Convex did, so that Svix keeps an event until it is done: 400, 401, 413 and 415 for what is not
 * a signed event, 502 when Convex refused, 503 when it could not be reached. What is to be done
 * once the answer is out goes to `later`. Next server only.
 */
export async function receiveClerkWebhook(
  request: Request,
  env: WebhookEnv,
  later: (work: () => Promise<void>) => void,
): Promise<Response> {
  if (mediaType(request) !== "application/json") {
    return answer(415, "The content type must be application/json.");
  }
  const signature = svixHeaders(request);
  if (signature === null) return answer(400, `The headers ${SVIX_HEADERS.join(", ")} are needed.`);

  const body = await readLimited(request, MAX_WEBHOOK_BYTES);
  if (body === null) return answer(413, "The body is larger than 256 kB.");
  if (!isSigned(env.CLERK_WEBHOOK_SIGNING_SECRET, body, signature)) {
    const agent = request.headers.get("user-agent");
    later(() => passOnForgery(agent, env.NEXT_PUBLIC_CONVEX_SITE_URL));
    return answer(401, "The signature does not fit, or it is too old.");
  }

  const id = signature["svix-id"];
  try {
    const convex = await fetch(`${env.NEXT_PUBLIC_CONVEX_SITE_URL}/webhooks/clerk`, {
      method: "POST",
      headers: { "content-type": "application/json", ...signature },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(CONVEX_TIMEOUT_MS),
    });
    await convex.body?.cancel();
    if (convex.ok) return answer(200, "Done.");
    console.error(`Clerk event ${id}: Convex answered ${convex.status}.`);
    return answer(502, "Convex did not take the event.");
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown reason";
    console.error(`Clerk event ${id}: Convex could not be reached (${reason}).`);
    return answer(503, "Convex could not be reached.");
  }
}

type SvixHeaders = Record<(typeof SVIX_HEADERS)[number], string>;

function svixHeaders(request: Request): SvixHeaders | null {
  const values = SVIX_HEADERS.map((name) => [name, request.headers.get(name)] as const);
  return values.every(([, value]) => value) ? (Object.fromEntries(values) as SvixHeaders) : null;
}

function mediaType(request: Request): string | undefined {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}

/** True when Svix signed these bytes with our secret within the last five minutes. */
function isSigned(secret: string, body: Uint8Array<ArrayBuffer>, signature: SvixHeaders): boolean {
  try {
    new Webhook(secret).verify(Buffer.from(body), signature);
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function answer(status: number, message: string): Response {
  return Response.json({ message }, { status, headers: { "cache-control": "no-store" } });
}
