import { digestOf } from "../../lib/digest";
import { isSignedBatch, MAX_BATCH_BYTES, readLogBatch } from "../../lib/logStream";
import { readLimited } from "../../lib/readLimited";
import { internal } from "../_generated/api";
import { REPLAY_WINDOW_MS } from "../model/telemetry/batches";
import { webhook } from "../tenancy/functions";
import { reportForgery } from "./forgery";
import { answer } from "./inbox";

/**
 * POST /webhooks/logStream: a batch of the deployment's own log, signed with LOG_STREAM_SECRET over
 * its raw body. Answers 200 when it is taken, or was taken before; 4xx when it can never be; 5xx
 * when the sender shall keep it and try again. It costs a few small transactions whatever the size.
 */
export const logStreamDoor = webhook(async (ctx, request) => {
  const secret = process.env.LOG_STREAM_SECRET;
  if (!secret) return answer(500, "LOG_STREAM_SECRET is not set.");

  const bytes = await readLimited(request, MAX_BATCH_BYTES);
  if (bytes === null) return answer(413, "The batch is larger than 2 MiB.");
  const signature = request.headers.get("x-webhook-signature") ?? "";
  if (!(await isSignedBatch(secret, bytes, signature))) {
    await reportForgery(ctx, "logStream");
    return answer(401, "The signature does not fit.");
  }

  const batch = readLogBatch(new TextDecoder().decode(bytes));
  if (batch === null) return answer(400, "The body is no list of at most 1,000 events.");
  const { newestAt, executions, lines } = batch;
  // Every batch makes a next one, of the runs that took it. That one ends here.
  if (executions.length === 0 && lines.length === 0) return answer(200, "Nothing to take.");
  if (Math.abs(Date.now() - newestAt) > REPLAY_WINDOW_MS) return answer(400, "It is too old.");

  const digest = await digestOf(bytes);
  await ctx.runMutation(internal.telemetry.logStream.take, {
    digest,
    lines: lines
      .filter(({ sunup }) => sunup === "security")
      .map(({ at, path, requestId, sunup, data }) => ({ at, path, requestId, sunup, data })),
    unknown: executions
      .filter(({ error }) => error?.startsWith("Could not find public function"))
      .map(({ at, path }) => ({ at, path })),
  });
  const calls = lines.filter(({ sunup }) => sunup === "call");
  await ctx.runMutation(internal.telemetry.performance.record, {
    digest,
    executions,
    lines: calls,
  });
  return answer(200, "Taken.");
});
