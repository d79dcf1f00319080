/** The page of the mailbox: one document with its style and its script inside. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { HttpReply } from "../../http/routes.ts";

let reply: Promise<HttpReply> | undefined;

/** Made when it is first asked for; the same for everybody. */
export function pageReply(): Promise<HttpReply> {
  return (reply ??= makeReply());
}

async function makeReply(): Promise<HttpReply> {
  const [style, script] = await Promise.all([
    readFile(new URL("page.css", import.meta.url), "utf8"),
    bundledScript(),
  ]);
  return {
    status: 200,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": [
        "default-src 'none'",
        `style-src 'sha256-${digest(style)}'`,
        `script-src 'sha256-${digest(script)}'`,
        "connect-src 'self'",
        "frame-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
    },
    body: page(style, script),
  };
}

/** The script in one piece, as browsers take it. */
async function bundledScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("script/main.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

function digest(source: string): string {
  return createHash("sha256").update(source).digest("base64");
}

const page = (style: string, script: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox · Sunup on this machine</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="overview">
  <header>
    <h1>Mailbox</h1>
    <p>Every e-mail that Sunup sends. Nothing leaves this machine.</p>
    <input id="search" type="search" placeholder="Search by address" aria-label="Search by address"
      autocomplete="off" spellcheck="false">
    <p id="status" role="status"></p>
  </header>
  <main>
    <ol id="list" aria-label="E-mails, newest first"></ol>
    <div id="empty" hidden></div>
  </main>
</div>
<section id="reader" aria-label="The chosen e-mail" tabindex="-1"></section>
<script type="module">${script}</script>
</body>
</html>`;
