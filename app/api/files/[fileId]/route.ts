import { auth } from "@clerk/nextjs/server";
import { serverEnv } from "@/lib/env";
import { deliverFile } from "@/lib/fileDelivery";

/** A stored file, for members of its company who may read it. The only way to its bytes. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ fileId: string }> },
): Promise<Response> {
  const { userId, getToken } = await auth();
  return await deliverFile(request, (await params).fileId, {
    env: serverEnv(),
    getToken: async () => (userId === null ? null : await getToken({ template: "convex" })),
  });
}
