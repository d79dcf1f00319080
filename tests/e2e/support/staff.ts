import { join } from "node:path";
import { ensureStaff } from "../../../local/launcher/localAccounts.ts";
import { loadSecrets } from "../../../local/convex/secrets.ts";
import type { StaffLevel } from "../../../lib/staff.ts";
import { DATA_VARIABLE, sharedStack } from "./stack.ts";
import { PASSWORD, type Person, uniqueEmail } from "./test.ts";

/** Makes an account of one of Sunup's own people, granted as the command line does. */
export async function newStaff(level: StaffLevel, name: string): Promise<Person> {
  const { adminKey } = loadSecrets(join(process.env[DATA_VARIABLE] ?? "", "convex"));
  const person = { name, email: uniqueEmail(), password: PASSWORD };
  const stack = { ...sharedStack(), convexAdminKey: adminKey };
  return { ...(await ensureStaff(stack, { ...person, level })), ...person };
}
