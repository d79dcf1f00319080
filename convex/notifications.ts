import { v } from "convex/values";
import * as model from "./model/notifications";
import { emailChoice } from "./tables/notifications";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

/** The mails that I have turned off. Any active member. */
export const mine = tenantQuery({
  permission: "member",
  args: {},
  returns: v.object({ emailsOff: v.array(emailChoice) }),
  handler: async ({ db, member }) => ({ emailsOff: await model.emailsOff(db, member._id) }),
});

/** Turns a kind of mail on or off for myself. Any active member. */
export const setEmail = tenantMutation({
  permission: "member",
  args: { choice: emailChoice, on: v.boolean() },
  returns: v.null(),
  handler: async ({ db, member }, { choice, on }) => {
    await model.setEmail(db, member._id, choice, on);
    return null;
  },
});
