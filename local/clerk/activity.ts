import type { HttpRequest } from "../http/routes.ts";
import type { SessionActivity } from "./records.ts";

/** Looked for in this order: Edge and Opera also call themselves Chrome, and Chrome Safari. */
const BROWSERS: [name: string, pattern: RegExp][] = [
  ["Edge", /Edg(?:e|A|iOS)?\/([\d.]+)/],
  ["Opera", /OPR\/([\d.]+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/([\d.]+)/],
  ["Chrome", /(?:HeadlessChrome|Chrome|CriOS)\/([\d.]+)/],
  ["Safari", /Version\/([\d.]+).*Safari/],
];

const DEVICES: [name: string, pattern: RegExp][] = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Macintosh", /Macintosh/],
  ["Windows", /Windows/],
  ["Linux", /Linux|X11/],
];

/** What the account page shows of a device, read from the request that signed it in. */
export function activityOf(request: HttpRequest): Omit<SessionActivity, "id"> {
  const agent = request.headers["user-agent"] ?? "";
  const browser = BROWSERS.find(([, pattern]) => pattern.test(agent));
  return {
    browserName: browser?.[0] ?? null,
    browserVersion: browser ? (browser[1].exec(agent)?.[1] ?? null) : null,
    deviceType: DEVICES.find(([, pattern]) => pattern.test(agent))?.[0] ?? null,
    isMobile: /Mobile|Android|iPhone|iPad/.test(agent),
    ipAddress: request.ip,
  };
}
