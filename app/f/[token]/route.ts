import { fetchQuery } from "convex/nextjs";
import { api } from "@/convex/_generated/api";
import { serverEnv } from "@/lib/env";
import { type FormDoor, showForm, takeSending } from "@/lib/leadForm/delivery";

type Context = { params: Promise<{ token: string }> };

/** A campaign's public form, for everybody, also in a frame on another site. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return await showForm(request, (await params).token, door());
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  return await takeSending(request, (await params).token, door());
}

function door(): FormDoor {
  const env = serverEnv();
  return {
    env,
    show: (token) => fetchQuery(api.leadForms.show, { token }, { url: env.NEXT_PUBLIC_CONVEX_URL }),
    now: Date.now,
  };
}
