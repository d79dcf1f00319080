/** Calls as an attacker makes them: by hand, over HTTP and over the WebSocket, with anything in them. */
import { RawClient, type Frame } from "../convex/frames.ts";

export const ENDPOINTS = ["query", "mutation", "action", "function"] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** An answer without what differs from one time to the next. */
export type Answer = { status: number; body: unknown };

export async function post(
  url: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
  const text = withoutRequestId(await response.text());
  return { status: response.status, body: parsed(text) };
}

export async function callOverHttp(
  url: string,
  { endpoint, path, args = {}, ...more }: { endpoint: Endpoint; path: string; args?: unknown },
  headers?: Record<string, string>,
): Promise<Answer> {
  return await post(
    `${url}/api/${endpoint}`,
    JSON.stringify({ path, format: "json", args: [args], ...more }),
    headers,
  );
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A connection that says who it is and asks for `path` in every way that the protocol knows. */
export async function callOverSocket(
  url: string,
  {
    path,
    token,
    args = {},
    ...more
  }: { path: string; token?: string; args?: unknown; componentPath?: string },
): Promise<string[]> {
  const ways = [
    { type: "ModifyQuerySet" },
    { type: "Mutation", requestId: 1 },
    { type: "Action", requestId: 2 },
  ];
  return await Promise.all(
    ways.map(async (way) => {
      const client = await RawClient.open(url);
      if (token !== undefined) authenticate(client, { tokenType: "User", value: token });
      const call = { udfPath: path, args: [args], ...more };
      client.send(
        way.type === "ModifyQuerySet"
          ? {
              ...way,
              baseVersion: 0,
              newVersion: 1,
              modifications: [{ type: "Add", queryId: 1, ...call }],
            }
          : { ...way, ...call },
      );
      const answer = await outcome(client);
      client.socket.terminate();
      return answer;
    }),
  );
}

export function authenticate(client: RawClient, credentials: Record<string, unknown>): void {
  client.send({ type: "Authenticate", baseVersion: 0, ...credentials });
}

/** What a connection was told in the end: a value, a failure, or nothing but its end. */
export async function outcome(client: RawClient): Promise<string> {
  const ended = new Promise<string>((resolve) => {
    client.socket.once("close", () => resolve(verdict(client.frames) ?? "connection ended"));
  });
  const told = client
    .frame((frame) => verdict([frame]) !== null)
    .then((frame) => verdict([frame]) ?? "");
  told.catch(() => {});
  return await Promise.race([told, ended]);
}

function verdict(frames: Frame[]): string | null {
  for (const frame of frames) {
    if (frame.type === "AuthError" || frame.type === "FatalError") return frame.type;
    if (frame.success === true) return `value ${JSON.stringify(frame.result)}`;
    if (frame.success === false) return `refused ${withoutRequestId(String(frame.result))}`;
    for (const change of frame.modifications ?? []) {
      if (change.type === "QueryUpdated") return `value ${JSON.stringify(change.value)}`;
      if (change.type === "QueryFailed") {
        const { errorMessage } = change as unknown as { errorMessage: string };
        return `refused ${withoutRequestId(errorMessage)}`;
      }
    }
  }
  return null;
}

function withoutRequestId(text: string): string {
  return text.replace(/\[Request ID: [0-9a-f]+\]/g, "[Request ID]");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
