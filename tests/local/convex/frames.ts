/** The sync protocol seen from outside: recorded frames of a real client, or frames sent by hand. */
import { WebSocket } from "ws";
import { afterTest, until } from "./engine.ts";

export type Frame = {
  type: string;
  requestId?: number;
  success?: boolean;
  result?: unknown;
  ts?: string;
  error?: string;
  startVersion?: { querySet: number; identity: number; ts: string };
  endVersion?: { querySet: number; identity: number; ts: string };
  modifications?: { type: string; queryId: number; value?: unknown; journal?: string | null }[];
};

/** A WebSocket class that keeps what the server sends in `frames` and its sockets in `sockets`. */
export function recorder() {
  const frames: Frame[] = [];
  const sockets: WebSocket[] = [];
  class RecordingWebSocket extends WebSocket {
    constructor(address: string) {
      super(address);
      sockets.push(this);
      this.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
    }
  }
  return {
    frames,
    sockets,
    webSocketConstructor: RecordingWebSocket as unknown as typeof globalThis.WebSocket,
  };
}

/** A client without any logic of its own. */
export class RawClient {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  #querySet = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer) => this.frames.push(JSON.parse(data.toString()) as Frame));
  }

  static async open(
    url: string,
    sessionId: string = crypto.randomUUID(),
    maxObservedTimestamp?: string,
  ): Promise<RawClient> {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/1.48.0/sync`);
    const client = new RawClient(socket);
    afterTest(() => socket.terminate());
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    client.send({
      type: "Connect",
      sessionId,
      connectionCount: 0,
      lastCloseReason: null,
      ...(maxObservedTimestamp === undefined ? {} : { maxObservedTimestamp }),
      clientTs: Date.now(),
    });
    return client;
  }

  send(frame: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(frame));
  }

  watch(queryId: number, udfPath: string, args: Record<string, unknown> = {}): void {
    const baseVersion = this.#querySet++;
    const modifications = [{ type: "Add", queryId, udfPath, args: [args] }];
    this.send({ type: "ModifyQuerySet", baseVersion, newVersion: this.#querySet, modifications });
  }

  mutate(requestId: number, udfPath: string, args: Record<string, unknown>): void {
    this.send({ type: "Mutation", requestId, udfPath, args: [args] });
  }

  /** The first frame, from the start or from `after` on, that fits. */
  async frame(fits: (frame: Frame) => boolean, after = 0): Promise<Frame> {
    return await until(() => this.frames.slice(after).find(fits));
  }

  async response(requestId: number): Promise<Frame> {
    return await this.frame((frame) => frame.requestId === requestId);
  }

  transitions(): Frame[] {
    return this.frames.filter(({ type }) => type === "Transition");
  }
}

export function tsOf(text: string): bigint {
  return Buffer.from(text, "base64").readBigUInt64LE();
}
