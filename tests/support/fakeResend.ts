import { vi } from "vitest";

/** What a test lets the next calls meet. */
export type Weather =
  | "fine"
  /** The connection fails and nothing was done. */
  | "unreachable"
  /** The mail is taken, and then the connection fails. */
  | "answer lost"
  | { status: number; name: string; message: string; headers?: Record<string, string> };

export type TakenMail = {
  id: string;
  key: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  tags: { name: string; value: string }[];
};

/**
 * Stands in for Resend's API behind `fetch`: takes mail, and sends what comes again under the
 * same key and with the same body once.
 */
export class FakeResend {
  weather: Weather = "fine";
  /** What was sent, each once. */
  readonly taken: TakenMail[] = [];
  /** When it was called, in milliseconds. */
  readonly calls: number[] = [];
  readonly #bodies = new Map<string, { body: string; id: string }>();

  constructor() {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.#answer(url, init));
  }

  to(address: string): TakenMail[] {
    return this.taken.filter((mail) => mail.to === address);
  }

  async #answer(url: string, init: RequestInit): Promise<Response> {
    if (url !== "https://resend.test/emails") throw new Error(`Nobody answers at ${url}.`);
    this.calls.push(Date.now());
    const { weather } = this;
    if (weather === "unreachable") throw new TypeError("fetch failed");
    if (typeof weather === "object") {
      const { status, name, message, headers } = weather;
      return Response.json({ statusCode: status, name, message }, { status, headers });
    }
    const answer = this.#take(new Headers(init.headers).get("idempotency-key")!, String(init.body));
    if (weather === "answer lost") throw new TypeError("fetch failed");
    return answer;
  }

  #take(key: string, body: string): Response {
    const known = this.#bodies.get(key);
    if (known !== undefined && known.body !== body) {
      const error = { statusCode: 409, name: "invalid_idempotent_request", message: "Other body." };
      return Response.json(error, { status: 409 });
    }
    const id = known?.id ?? `re_${this.taken.length + 1}`;
    if (known === undefined) {
      this.#bodies.set(key, { body, id });
      this.taken.push({ id, key, ...(JSON.parse(body) as Omit<TakenMail, "id" | "key">) });
    }
    return Response.json({ id });
  }
}

/** The variables with which a deployment sends to the fake. */
export function configureMail(): void {
  vi.stubEnv("RESEND_API_KEY", "re_secret_key");
  vi.stubEnv("RESEND_BASE_URL", "https://resend.test");
  vi.stubEnv("RESEND_WEBHOOK_SECRET", "whsec_cmVzZW5kcmVzZW5kcmVzZW5kcmVzZW5kcmVzZW5k");
  vi.stubEnv("EMAIL_FROM", "Sunup <hello@sunup.test>");
  vi.stubEnv("APP_URL", "https://app.sunup.test/");
}
