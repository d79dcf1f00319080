import { fetchQuery } from "convex/nextjs";
import { api } from "@/convex/_generated/api";
import { serverEnv } from "@/lib/env";
import { deploymentOfForm } from "@/lib/ownDeployment";
import { type FormDoor, showForm, takeSending } from "@/lib/leadForm/delivery";

type Context = { params: Promise<{ token: string }> };

/** A campaign's public form, for everybody, also in a frame on another site. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  return await showForm(request, token, door(token));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  return await takeSending(request, token, door(token));
}

function door(formToken: string): FormDoor {
  const env = serverEnv();
  const { convexUrl, siteUrl } = deploymentOfForm(env, formToken);
  return {
    env: { ...env, NEXT_PUBLIC_CONVEX_SITE_URL: siteUrl },
    show: (token) => fetchQuery(api.leadForms.show, { token }, { url: convexUrl }),
    now: Date.now,
  };
}
