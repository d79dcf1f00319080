import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { renderEmail } from "../../../convex/emails/render.tsx";
import { emailBundle } from "../../support/emailBundle.ts";
import { EMAIL_SAMPLES } from "../../support/emailSamples.ts";

const APP = "https://app.sunup.test";
const samples = Object.entries(EMAIL_SAMPLES);

/** The names that a person typed, in place of those of a sample. */
function welcome(companyName: string, name = "Ada") {
  return renderEmail({ kind: "welcome", data: { name, companyName } }, APP);
}

describe.each(samples)("the mail %s", (_kind, message) => {
  const { subject, html, text } = renderEmail(message, APP);

  it("names the company, in subject or text, and says why it came", () => {
    expect(`${subject}\n${text}`).toContain("Bright Ridge Solar");
    expect(text).toContain("You get this mail because");
  });

  it("has a subject of one line that a phone can show, and a preview beside it", () => {
    expect(subject).toMatch(/^.{10,70}$/u);
    expect(html).toMatch(/<div style="display:none[^>]*>\w/);
  });

  it("says the same as text, without markup, with its address in full", () => {
    expect(text).not.toMatch(/<\/?[a-z]|&\w+;|undefined|NaN|\[object/);
    const href = /<a href="([^"]+)"[^>]*class="action"|class="action"[^>]*href="([^"]+)"/.exec(
      html,
    );
    const address = (href?.[1] ?? href?.[2] ?? "").replaceAll("&amp;", "&");
    expect(address).toMatch(/^https:\/\/app\.sunup\.test/);
    expect(text.split(/\s+/)).toContain(address);
  });

  it("leads with the one thing to do: no link stands before it", () => {
    expect(/<a [^>]*>/.exec(html)![0]).toContain('class="action"');
  });

  it("loads nothing from anywhere and can be read in the dark", () => {
    expect(html).not.toMatch(/<img|<link|@import|url\(/);
    expect(html).toContain("prefers-color-scheme: dark");
  });

  it("comes out the same every time, or Resend would refuse a second attempt", () => {
    expect(renderEmail(message, APP)).toEqual({ subject, html, text });
  });
});

describe("what people typed", () => {
  it("is shown as it is and never becomes markup", () => {
    const { subject, html, text } = welcome('<b>x</b> & "Sons"', "<script>alert(1)</script>");
    expect(html).not.toMatch(/<b>|<script>/);
    expect(html).toContain("&lt;b&gt;x&lt;/b&gt; &amp; &quot;Sons&quot;");
    expect(subject).toContain('<b>x</b> & "Sons"');
    expect(text).toContain('<b>x</b> & "Sons"');
    expect(text).toContain("<script>alert(1)</script>");
  });

  it("stays on one line in the subject", () => {
    const { subject } = welcome("South\r\nBcc: all@evil.test\u2028\u0000Solar");
    expect(subject).toMatch(/^South Bcc: all@evil\.\u200ctest Solar is ready on Sunup$/);
  });

  it("cannot put an address of somebody else's into our mail", () => {
    const { html, text } = welcome("Claim at https://evil.example/win or www.evil.example", "Ada");
    expect(html).not.toContain('href="https://evil');
    for (const body of [html, text]) expect(body).not.toMatch(/https:\/\/evil|evil\.example/);
  });

  it.each(["Dr. Sun & Co.", "O’Neil Solar", "阳光能源", "شركة الطاقة", "☀️ 3.5 kW"])(
    "such as %s is left alone",
    (companyName) => {
      expect(welcome(companyName).text).toContain(companyName);
    },
  );
});

describe("in Convex's default runtime", () => {
  /** What it has beyond the language itself, by Convex's documentation, and nothing of Node or a browser. */
  const { TextEncoder, TextDecoder, ReadableStream, URL, URLSearchParams } = globalThis;
  const { AbortController, Headers, Request, Response, atob, btoa } = globalThis;
  const RUNTIME = { TextEncoder, TextDecoder, ReadableStream, URL, URLSearchParams };

  it("every mail comes out as it does here", async () => {
    const context = createContext({
      ...RUNTIME,
      ...{ AbortController, Headers, Request, Response, atob, btoa },
      console,
      process: { env: {} },
    });
    const script = `${await emailBundle()}; emails.renderEmail`;
    const render = runInContext(script, context) as typeof renderEmail;
    for (const [, message] of samples) {
      expect({ ...render(message, APP) }).toEqual(renderEmail(message, APP));
    }
  });
});
