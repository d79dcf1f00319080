/** WebSockets of the sync protocol: `/api/<version>/sync`, kept alive with a Ping every 15 s of silence. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { clientAddress } from "../http/messages.ts";
import type { ServerMessage } from "./protocol.ts";
import { Session, type SessionServices } from "./session.ts";

const PING_AFTER_MS = 15_000;
const MAX_FRAME_BYTES = 20 * 1024 * 1024;

export class SyncConnections {
  readonly #services: SessionServices;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });

  constructor(services: SessionServices) {
    this.#services = services;
  }

  /** For the HTTP server's "upgrade" event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname } = new URL(request.url ?? "/", "http://local");
    if (!/^\/api\/(?:[^/]+\/)?sync$/.test(pathname)) {
      socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, request));
  }

  /** Ends all connections; clients will look for the engine until it is back. */
  close(): void {
    for (const ws of this.#server.clients) {
      ws.close(1001, "The engine stops");
      setTimeout(() => ws.terminate(), 200).unref();
    }
    this.#server.close();
  }

  #open(ws: WebSocket, request: IncomingMessage): void {
    let ping: NodeJS.Timeout;
    const send = (message: ServerMessage) => {
      clearTimeout(ping);
      ping = setTimeout(() => send({ type: "Ping" }), PING_AFTER_MS);
      if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(message));
    };
    ping = setTimeout(() => send({ type: "Ping" }), PING_AFTER_MS);
    const session = new Session(this.#services, {
      send,
      close: (code, reason) => ws.close(code, reason),
      ip: clientAddress(request),
      userAgent: request.headers["user-agent"] ?? null,
    });
    ws.on("message", (data: Buffer) => session.receive(data.toString()));
    ws.on("error", () => ws.terminate());
    ws.on("close", () => {
      clearTimeout(ping);
      session.closed();
    });
  }
}
