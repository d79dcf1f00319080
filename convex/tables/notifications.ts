import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { EMAIL_CHOICES } from "../../lib/notifications";

export const emailChoice = literals(...EMAIL_CHOICES);

/** Which mails a member has turned off: one row per member, written with the first choice. */
export const notificationSettings = defineTable({
  tenantId: v.id("tenants"),
  memberId: v.id("members"),
  emailsOff: v.array(emailChoice),
}).index("by_tenant_member", ["tenantId", "memberId"]);
