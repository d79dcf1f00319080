import { auth } from "@clerk/nextjs/server";
import { serverEnv } from "@/lib/env";
import { deliverFile } from "@/lib/fileDelivery";

/** An archive of a company, for those of its members who may take it away. The only way to its bytes. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ archiveId: string }> },
): Promise<Response> {
  const { userId, getToken } = await auth();
  return await deliverFile(request, (await params).archiveId, {
    env: serverEnv(),
    getToken: async () => (userId === null ? null : await getToken({ template: "convex" })),
    door: "archives",
  });
}
