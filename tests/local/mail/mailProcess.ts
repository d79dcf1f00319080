/** The local mail server in a process of its own, for tests that kill it. Prints its addresses and keys as JSON. */
import { startMail } from "../../../local/mail/server.ts";
import type { MailOptions } from "../../../local/mail/server.ts";

console.log(JSON.stringify(await startMail(JSON.parse(process.argv[2] ?? "") as MailOptions)));
