import { requestedRange } from "./files.ts";

/** How long Convex may take to begin with a part; how long that takes then is the reader's affair. */
const CONVEX_TIMEOUT_MS = 30_000;

/** What Convex's door says of a file and the browser is told (lib/files.ts). */
const PASSED_ON = [
  "content-type",
  "content-disposition",
  "content-security-policy",
  "x-content-type-options",
  "cross-origin-resource-policy",
  "cache-control",
  "etag",
];

type Delivery = {
  /** Where the company of the person with this token lives. */
  deployment: (token: string) => Promise<{ siteUrl: string }>;
  /** A Convex token of the signed-in person, or null without one. Asked for with every part. */
  getToken: () => Promise<string | null>;
  /** Which door of Convex's hands it out. */
  door?: "files" | "archives";
};

/**
 * Answers a browser's request for a file. Convex hands out at most 16 MiB at once, to
 * whom it has checked, so the parts are asked for one after another while the browser
 * reads: no file is ever whole in memory, and access that ends, ends in the middle too.
 * 401, 403 and 404 as Convex says; 502 and 503 when it fails or cannot be reached. Next
 * server only.
 */
export async function deliverFile(
  request: Request,
  fileId: string,
  { deployment, getToken, door = "files" }: Delivery,
): Promise<Response> {
  const path = `/${door}/${encodeURIComponent(fileId)}`;
  async function askFor(headers: Record<string, string>): Promise<Response | null> {
    const token = await getToken();
    if (token === null) return null;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), CONVEX_TIMEOUT_MS);
    try {
      const { siteUrl } = await deployment(token);
      return await fetch(siteUrl + path, {
        headers: { authorization: `Bearer ${token}`, ...headers },
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.any([request.signal, late.signal]),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  const wanted = request.headers.get("range");
  let first: Response | null;
  try {
    first = await askFor(
      given({ range: wanted, "if-none-match": request.headers.get("if-none-match") }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown reason";
    console.error(`A file: Convex could not be reached (${reason}).`);
    return refusal(503, "The file cannot be fetched right now. Try again in a moment.");
  }
  if (first === null) return refusal(401, "Sign in to open this file.");
  if (first.status === 304) return new Response(null, { status: 304, headers: passedOn(first) });
  if (first.status === 416) {
    await first.body?.cancel();
    return new Response(null, {
      status: 416,
      headers: given({ "content-range": first.headers.get("content-range") }),
    });
  }
  const part = partOf(first);
  if (part === null) {
    await first.body?.cancel();
    return REFUSALS[first.status]?.() ?? refusal(502, "The file cannot be fetched right now.");
  }

  const last = requestedRange(wanted, part.size)?.end ?? part.end;
  const headers = passedOn(first);
  headers.set("accept-ranges", "bytes");
  headers.set("content-length", String(last - part.start + 1));
  if (wanted !== null) headers.set("content-range", `bytes ${part.start}-${last}/${part.size}`);
  const body = inParts(first, part.end, last, (start) =>
    askFor({ range: `bytes=${start}-${last}` }),
  );
  return new Response(body, { status: wanted === null ? 200 : 206, headers });
}

/** The bytes up to `last`: the rest of this part, then the next ones as the reader gets there. */
function inParts(
  first: Response,
  firstEnd: number,
  last: number,
  next: (start: number) => Promise<Response | null>,
): ReadableStream<Uint8Array> {
  let reader = first.body!.getReader();
  let end = firstEnd;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        if (end >= last) return controller.close();
        const response = await next(end + 1);
        const part = response && partOf(response);
        // The headers are out: all that can still be said is that this is not the whole file.
        if (!part || part.start !== end + 1) throw new Error("The next part of a file is missing.");
        end = part.end;
        reader = response!.body!.getReader();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

type Part = { start: number; end: number; size: number };

/** Which bytes an answer holds; null when it holds none. */
function partOf({ status, headers, body }: Response): Part | null {
  if (status !== 206 || body === null) return null;
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  if (found === null) return null;
  const [start, end, size] = found.slice(1).map(Number) as [number, number, number];
  return { start, end, size };
}

const REFUSALS: Record<number, () => Response> = {
  401: () => refusal(401, "Sign in to open this file."),
  403: () => refusal(403, "Your role does not allow this."),
  404: () => refusal(404, "There is no such file."),
};

function refusal(status: number, message: string): Response {
  return Response.json({ message }, { status, headers: { "cache-control": "no-store" } });
}

function passedOn({ headers }: Response): Headers {
  const given = PASSED_ON.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Headers(given);
}

function given(headers: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
