import { auth } from "@clerk/nextjs/server";
import { cookies } from "next/headers";
import { serverEnv } from "@/lib/env";
import { deliverFile } from "@/lib/fileDelivery";
import { deploymentOf } from "@/lib/ownDeployment";
import { CONSOLE_COOKIE } from "@/lib/shards";

/** An archive of a company, for those of its members who may take it away. The only way to its bytes. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ archiveId: string }> },
): Promise<Response> {
  const { userId, getToken } = await auth();
  const chosen = (await cookies()).get(CONSOLE_COOKIE)?.value;
  return await deliverFile(request, (await params).archiveId, {
    deployment: (token) => deploymentOf(serverEnv(), token, chosen),
    getToken: async () => (userId === null ? null : await getToken({ template: "convex" })),
    door: "archives",
  });
}
