import { httpActionGeneric as httpAction, httpRouter, makeFunctionReference } from "convex/server";

const http = httpRouter();

http.route({
  path: "/echo",
  method: "POST",
  handler: httpAction(async (_ctx, request) => {
    const body = await request.text();
    return new Response(body.toUpperCase(), {
      status: 201,
      headers: { "x-seen": request.headers.get("x-sent") ?? "", "content-type": "text/plain" },
    });
  }),
});
http.route({
  pathPrefix: "/count/",
  method: "GET",
  handler: httpAction(async (ctx, request) => {
    const name = new URL(request.url).pathname.split("/").pop()!;
    const value = await ctx.runQuery(makeFunctionReference<"query">("counters:get"), { name });
    return Response.json({ name, value });
  }),
});
http.route({
  path: "/stream",
  method: "GET",
  handler: httpAction(async () => {
    const parts = ["one ", "two ", "three"];
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const part = parts.shift();
        if (part === undefined) return controller.close();
        controller.enqueue(new TextEncoder().encode(part));
      },
    });
    return new Response(body);
  }),
});
/** Writes and prints while its body is on the way. */
http.route({
  path: "/work",
  method: "GET",
  handler: httpAction(async (ctx) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const work = async () => {
      const writer = writable.getWriter();
      await writer.write(new TextEncoder().encode("started "));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await ctx.runMutation(makeFunctionReference<"mutation">("counters:add"), {
        name: "work",
        by: 1,
      });
      console.log("worked on");
      await writer.write(new TextEncoder().encode("done"));
      await writer.close();
    };
    void work();
    return new Response(readable);
  }),
});
http.route({
  path: "/fail",
  method: "GET",
  handler: httpAction(async () => {
    throw new Error("a secret detail");
  }),
});
http.route({
  path: "/whoami",
  method: "GET",
  handler: httpAction(async ({ auth }) => Response.json(await auth.getUserIdentity())),
});

export default http;
