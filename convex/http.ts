import { httpRouter } from "convex/server";
import { fileDoor } from "./tenancy/fileDoor";
import { clerkWebhook } from "./webhooks/clerk";

const http = httpRouter();

http.route({ path: "/webhooks/clerk", method: "POST", handler: clerkWebhook });
http.route({ pathPrefix: "/files/", method: "GET", handler: fileDoor });

export default http;
