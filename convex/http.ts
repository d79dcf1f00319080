import { httpRouter } from "convex/server";
import { LOG_STREAM_PATH } from "../lib/logStream";
import { archiveDoor } from "./tenancy/archive/door";
import { fileDoor } from "./tenancy/fileDoor";
import { clerkWebhook } from "./webhooks/clerk";
import { leadFormDoor } from "./webhooks/leadForm";
import { logStreamDoor } from "./webhooks/logStream";
import { resendWebhook } from "./webhooks/resend";
import { joinedDoor, placementDoor, shardEventDoor } from "./webhooks/shards";
import { stripeWebhook } from "./webhooks/stripe";

const http = httpRouter();

http.route({ path: "/webhooks/clerk", method: "POST", handler: clerkWebhook });
http.route({ pathPrefix: "/files/", method: "GET", handler: fileDoor });
http.route({ pathPrefix: "/archives/", method: "GET", handler: archiveDoor });
http.route({ path: "/webhooks/leadForm", method: "POST", handler: leadFormDoor });
http.route({ path: LOG_STREAM_PATH, method: "POST", handler: logStreamDoor });
http.route({ path: "/webhooks/resend", method: "POST", handler: resendWebhook });
http.route({ path: "/webhooks/stripe", method: "POST", handler: stripeWebhook });
http.route({ path: "/shards/event", method: "POST", handler: shardEventDoor });
http.route({ path: "/shards/placement", method: "POST", handler: placementDoor });
http.route({ path: "/shards/joined", method: "POST", handler: joinedDoor });

export default http;
