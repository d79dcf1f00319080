import {
  actionGeneric as action,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";

export const whoami = query({
  args: {},
  handler: async ({ auth }) => await auth.getUserIdentity(),
});
export const nameInMutation = mutation({
  args: {},
  handler: async ({ auth }) => (await auth.getUserIdentity())?.subject ?? null,
});
export const nameInAction = action({
  args: {},
  handler: async ({ auth }) => (await auth.getUserIdentity())?.subject ?? null,
});
