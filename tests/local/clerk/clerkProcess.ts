/** The local Clerk in a process of its own, for tests that kill it. Prints its addresses and keys as JSON. */
import { startClerk } from "../../../local/clerk/server.ts";
import type { ClerkOptions } from "../../../local/clerk/server.ts";

console.log(JSON.stringify(await startClerk(JSON.parse(process.argv[2] ?? "") as ClerkOptions)));
