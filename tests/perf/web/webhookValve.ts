import { createServer, type IncomingHttpHeaders } from "node:http";

type Delivery = { headers: IncomingHttpHeaders; body: Buffer };

/** Stands between Clerk and the app: takes Clerk's signed webhooks and hands them on, at once or held. */
export type WebhookValve = {
  url: string;
  forwardTo(appWebhookUrl: string): void;
  /** From now on keeps what arrives; `release` hands the next one on and says when, in epoch ms. */
  hold(): void;
  release(): Promise<number>;
  /** Hands everything on at once again. */
  flow(): void;
  close(): void;
};

const EVENT = "user.created";

/** `onForwarded` hears of every event that was handed on, and of the app's answer. */
export async function openValve(
  port: number,
  onForwarded: (event: { body: string; status: number }) => void = () => {},
): Promise<WebhookValve> {
  let target = "";
  let holding = false;
  let held: Delivery[] = [];
  let wakeUp = () => {};

  const forward = async ({ headers, body }: Delivery): Promise<number> => {
    const answer = await fetch(target, {
      method: "POST",
      headers: Object.fromEntries(
        ["content-type", "svix-id", "svix-timestamp", "svix-signature"].map((name) => [
          name,
          String(headers[name]),
        ]),
      ),
      body: new Uint8Array(body),
    });
    await answer.body?.cancel();
    onForwarded({ body: body.toString(), status: answer.status });
    return answer.status;
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const delivery = { headers: request.headers, body: Buffer.concat(chunks) };
    // Only the event that makes a company is worth waiting for; sessions' events pass.
    if (holding && delivery.body.includes(`"${EVENT}"`)) {
      held.push(delivery);
      wakeUp();
      response.writeHead(200).end();
      return;
    }
    response.writeHead(await forward(delivery)).end();
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${port}/`,
    forwardTo: (url) => (target = url),
    hold: () => (holding = true),
    async release() {
      if (held.length === 0) await new Promise<void>((resolve) => (wakeUp = resolve));
      const [delivery, ...rest] = held;
      held = rest;
      if (!delivery) throw new Error("There is no webhook to hand on.");
      const at = Date.now();
      const status = await forward(delivery);
      if (status !== 200) throw new Error(`The app answered the webhook with ${status}.`);
      return at;
    },
    flow: () => (holding = false),
    close: () => server.close(),
  };
}
