/** The two HTTP servers of the engine, on 127.0.0.1 only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { allowCrossOrigin, HttpError, sendJson } from "./messages.ts";

export const HOST = "127.0.0.1";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export type Listening = { server: Server; port: number; close(): Promise<void> };

/**
 * Serves `handle` on `port` (0: a free one). What it throws becomes an answer.
 * @param crossOrigin whether the engine answers for CORS; HTTP actions do so themselves.
 * @throws Error in one sentence, when the port is taken.
 */
export async function listen(
  port: number,
  handle: Handler,
  { crossOrigin }: { crossOrigin: boolean },
): Promise<Listening> {
  const server = createServer((request, response) => {
    if (crossOrigin) {
      allowCrossOrigin(request, response);
      if (request.method === "OPTIONS") return void response.writeHead(204).end();
    }
    handle(request, response).catch((error: unknown) => fail(response, error));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        new Error(
          taken ? `Port ${port} is in use.` : `Cannot listen on port ${port}: ${error.message}`,
        ),
      );
    });
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  return {
    server,
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 500).unref();
      }),
  };
}

function fail(response: ServerResponse, error: unknown): void {
  // What is left of a refused body would stand in the way of the connection's next request for ever
  // (test: "a body far over 16 MiB"), so it is read and thrown away.
  response.req.resume();
  if (response.headersSent) return void response.destroy();
  const known =
    error instanceof HttpError
      ? error
      : new HttpError(500, "InternalServerError", "The engine failed.");
  sendJson(response, known.status, { code: known.code, message: known.message });
}
