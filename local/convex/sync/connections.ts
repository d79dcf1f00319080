/** WebSockets of the sync protocol: `/api/<version>/sync`, kept alive with a Ping every 15 s of silence. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { clientAddress } from "../http/messages.ts";
import type { ServerMessage } from "./protocol.ts";
import { Session, type SessionServices } from "./session.ts";

const PING_AFTER_MS = 15_000;
const MAX_FRAME_BYTES = 20 * 1024 * 1024;
/** A client with more than this unsent gets no new transition until it has read: they would pile up. */
const SLOW_BYTES = 1024 * 1024;
/** A client that lets this much pile up all the same (answers to mutations) is cut off. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;
/** What a client may send ahead of what has been handled, until its socket is no longer read. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;
const FRAME_OVERHEAD_BYTES = 64 * 1024;

export class SyncConnections {
  readonly #services: SessionServices;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES });

  constructor(services: SessionServices) {
    this.#services = services;
  }

  /** For the HTTP server's "upgrade" event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const pathname = URL.parse(request.url ?? "/", "http://local")?.pathname ?? "";
    if (!/^\/api\/(?:[^/]+\/)?sync$/.test(pathname)) {
      socket.on("error", () => socket.destroy());
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
    const waiting: (() => void)[] = [];
    const wake = () => waiting.splice(0).forEach((resume) => resume());
    const isSlow = () => ws.readyState === ws.OPEN && ws.bufferedAmount > SLOW_BYTES;
    const send = (message: ServerMessage) => {
      clearTimeout(ping);
      ping = setTimeout(() => send({ type: "Ping" }), PING_AFTER_MS);
      if (ws.readyState !== ws.OPEN) return;
      ws.send(JSON.stringify(message), () => {
        if (!isSlow()) wake();
      });
      if (ws.bufferedAmount > MAX_UNSENT_BYTES) ws.terminate();
    };
    ping = setTimeout(() => send({ type: "Ping" }), PING_AFTER_MS);
    const session = new Session(this.#services, {
      send,
      drained: () => (isSlow() ? new Promise((resolve) => waiting.push(resolve)) : undefined),
      close: (code, reason) => ws.close(code, reason),
      ip: clientAddress(request),
      userAgent: request.headers["user-agent"] ?? null,
    });
    let backlog = 0;
    ws.on("message", (data: Buffer) => {
      const weight = data.length + FRAME_OVERHEAD_BYTES;
      backlog += weight;
      if (backlog > MAX_BACKLOG_BYTES) ws.pause();
      void session.receive(data.toString()).then(() => {
        backlog -= weight;
        if (backlog <= MAX_BACKLOG_BYTES && ws.isPaused) ws.resume();
      });
    });
    ws.on("error", () => ws.terminate());
    ws.on("close", () => {
      clearTimeout(ping);
      session.closed();
      wake();
    });
  }
}
