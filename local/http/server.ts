/** An HTTP server on 127.0.0.1 that reads whole requests, answers to its own names only, and stops at once. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpProblem } from "./problem.ts";
import { decodePart } from "./routes.ts";
import type { HttpReply, HttpRequest } from "./routes.ts";

/** In place of an answer: the connection is cut, as when a server dies. */
export const HANG_UP = "hang up";

export interface Service {
  /** In bytes. Anything larger is a mistake or an attack, and is refused with 413. */
  maxBodyBytes: number;
  answer(request: HttpRequest): Promise<HttpReply | typeof HANG_UP> | HttpReply | typeof HANG_UP;
  /** The answer for whatever was thrown, HttpProblem included. */
  refuse(error: unknown): HttpReply;
}

export interface LocalServer {
  /** E.g. "http://127.0.0.1:3400". */
  url: string;
  /** Requests wait until a service is there to answer them. */
  serve(service: Service): void;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes any free port. Throws when the port is taken. */
export async function listenLocally(port: number): Promise<LocalServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  const ownNames = new Set([`127.0.0.1:${taken}`, `localhost:${taken}`]);
  return {
    url: `http://127.0.0.1:${taken}`,
    serve(service) {
      server.on("request", (incoming, outgoing) => {
        void exchange(service, ownNames, incoming, outgoing);
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function exchange(
  service: Service,
  ownNames: Set<string>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    // A foreign name that points to this machine would let its pages read the answers.
    if (!ownNames.has(incoming.headers.host ?? "")) {
      throw new HttpProblem(421, "This server only answers at 127.0.0.1 and localhost.");
    }
    const reply = await service.answer(await readRequest(incoming, service.maxBodyBytes));
    if (reply === HANG_UP) outgoing.destroy();
    else sendReply(outgoing, reply);
  } catch (error) {
    // Whoever hung up in the middle of a request gets no answer.
    if (!incoming.destroyed || incoming.complete) sendReply(outgoing, service.refuse(error));
  }
}

async function readRequest(incoming: IncomingMessage, maxBodyBytes: number): Promise<HttpRequest> {
  const url = new URL(incoming.url ?? "/", "http://service.local");
  const forwarded = incoming.headers["x-forwarded-for"];
  return {
    method: incoming.method === "HEAD" ? "GET" : (incoming.method ?? "GET"),
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    cookies: parseCookies(incoming.headers.cookie ?? ""),
    body: await readBody(incoming, maxBodyBytes),
    ip:
      (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(",")[0]?.trim() ??
      incoming.socket.remoteAddress ??
      null,
  };
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the socket: the refusal still has to be sent over it.
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new HttpProblem(413, `The request is larger than ${maxBytes / 1024} kB.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at).trim(), decodePart(pair.slice(at + 1).trim()));
  }
  return cookies;
}

function sendReply(outgoing: ServerResponse, reply: HttpReply): void {
  const body = reply.body ?? "";
  const headers: Record<string, string | string[]> = {
    "Cache-Control": "no-store",
    "Content-Length": String(Buffer.byteLength(body)),
    ...reply.headers,
  };
  if (reply.cookies?.length) headers["Set-Cookie"] = reply.cookies;
  // The rest of a refused body is thrown away and the connection with it.
  if (reply.status === 413) headers["Connection"] = "close";
  outgoing.req.resume();
  outgoing.writeHead(reply.status, headers);
  outgoing.end(body);
}
