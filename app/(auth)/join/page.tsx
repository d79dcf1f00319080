import { auth } from "@clerk/nextjs/server";
import { fetchQuery } from "convex/nextjs";
import type { Metadata } from "next";
import { Join } from "@/components/join/Join";
import { api } from "@/convex/_generated/api";
import { serverEnv } from "@/lib/env";

export const metadata: Metadata = {
  title: "Join your team",
  // The address holds the ticket.
  referrer: "no-referrer",
  robots: { index: false },
};

type JoinPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function JoinPage({ searchParams }: JoinPageProps) {
  const { invitation, __clerk_ticket: ticket } = await searchParams;
  const invitationId = typeof invitation === "string" ? invitation : "";
  const offer = await fetchQuery(
    api.joining.offer,
    { invitationId },
    { url: serverEnv().NEXT_PUBLIC_CONVEX_URL },
  );
  return (
    <Join
      invitationId={invitationId}
      offer={offer}
      ticket={typeof ticket === "string" ? ticket : undefined}
      signedIn={(await auth()).userId !== null}
    />
  );
}
