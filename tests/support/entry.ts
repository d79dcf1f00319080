import type { Id } from "../../convex/_generated/dataModel.js";
import type { StaffLevel } from "../../lib/staff.ts";
import { ENTRY_MS, type EntryAccess } from "../../lib/staffEntry.ts";
import type { Backend } from "./backend.ts";
import { staffOf, staffPerson } from "./staff.ts";

/** Staff of that level in a company, as if they had entered it just now; calls as them. */
export async function staffIn(
  t: Backend,
  level: StaffLevel,
  tenantId: Id<"tenants">,
  access: EntryAccess,
  endsAt = Date.now() + ENTRY_MS,
): Promise<ReturnType<Backend["withIdentity"]>> {
  const as = await staffOf(t, level);
  await t.run(async ({ db }) => {
    const staff = await db
      .query("staff")
      .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", staffPerson(level).id))
      .unique();
    const { _id: staffId, name: staffName } = staff!;
    await db.insert("staffEntries", {
      ...{ tenantId, staffId, staffName, access, reason: "Asked us to look" },
      ...{ state: "open", openedAt: endsAt - ENTRY_MS, endsAt },
    });
  });
  return as;
}
