/** Says that this server takes requests. Public; asks nothing of Clerk or Convex. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
