/** The local Clerk in a process of its own, for tests that kill it. Prints its addresses and keys as JSON. */
import { join } from "node:path";
import { startClerk } from "../../../local/clerk/server.ts";
import type { ClerkOptions } from "../../../local/clerk/server.ts";
import { startMail } from "../../../local/mail/server.ts";

const options = JSON.parse(process.argv[2] ?? "") as Omit<ClerkOptions, "sendMail">;
const mail = await startMail({
  port: 0,
  dataDir: join(options.dataDir, "mail"),
  webhookUrl: "http://127.0.0.1:9/nobody-listens",
});
const clerk = await startClerk({ ...options, sendMail: (sent) => mail.deliver(sent) });
console.log(JSON.stringify({ ...clerk, mailboxUrl: mail.mailboxUrl }));
