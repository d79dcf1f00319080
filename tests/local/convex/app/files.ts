import {
  actionGeneric as action,
  mutationGeneric as mutation,
  queryGeneric as query,
  type StorageId,
} from "convex/server";
import { v } from "convex/values";

export const uploadUrl = mutation({
  args: {},
  handler: async ({ storage }) => await storage.generateUploadUrl(),
});
export const url = query({
  args: { id: v.id("_storage") },
  handler: async ({ storage }, { id }) => await storage.getUrl(id),
});
export const metadata = query({
  args: { id: v.id("_storage") },
  handler: async ({ db }, { id }) => await db.system.get(id),
});
export const oldMetadata = query({
  args: { id: v.string() },
  handler: async ({ storage }, { id }) => await storage.getMetadata(id as StorageId),
});
export const remove = mutation({
  args: { id: v.id("_storage") },
  handler: async ({ storage }, { id }) => await storage.delete(id),
});
export const storeText = action({
  args: { text: v.string() },
  handler: async ({ storage }, { text }) => {
    const id = await storage.store(new Blob([text], { type: "text/plain" }));
    const blob = await storage.get(id);
    return { id, text: await blob!.text(), type: blob!.type };
  },
});
