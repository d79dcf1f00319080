import { auth } from "@clerk/nextjs/server";
import { fetchQuery } from "convex/nextjs";
import type { Metadata } from "next";
import { Join } from "@/components/join/Join";
import { NamedDeployment } from "@/components/providers/Deployments";
import { api } from "@/convex/_generated/api";
import { serverEnv } from "@/lib/env";
import { deploymentNamed } from "@/lib/ownDeployment";

export const metadata: Metadata = {
  title: "Join your team",
  // The address holds the ticket.
  referrer: "no-referrer",
  robots: { index: false },
};

type JoinPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function JoinPage({ searchParams }: JoinPageProps) {
  const { invitation, on, __clerk_ticket: ticket } = await searchParams;
  const invitationId = typeof invitation === "string" ? invitation : "";
  // Which deployment sent it; the link itself carries that.
  const deployment = typeof on === "string" ? on : undefined;
  const offer = await fetchQuery(
    api.joining.offer,
    { invitationId },
    { url: deploymentNamed(serverEnv(), deployment).convexUrl },
  );
  return (
    <NamedDeployment name={deployment}>
      <Join
        invitationId={invitationId}
        offer={offer}
        ticket={typeof ticket === "string" ? ticket : undefined}
        signedIn={(await auth()).userId !== null}
      />
    </NamedDeployment>
  );
}
