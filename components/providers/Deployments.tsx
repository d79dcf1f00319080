"use client";

import { ConvexReactClient, useConvexAuth } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { createContext, useContext, type ReactNode } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useSteadyAuth } from "@/components/workspace/useSteadyAuth";
import { api } from "@/convex/_generated/api";
import { useConsoleDeployment } from "./consoleDeployment";

/** Addresses of the deployments beside home, by name. Empty where there is one deployment only. */
export type Deployments = Readonly<Record<string, string>>;

const DeploymentsContext = createContext<Deployments>({});
export const DeploymentsProvider = DeploymentsContext.Provider;

export function useDeployments(): Deployments {
  return useContext(DeploymentsContext);
}

/**
 * Connects what is in it to the deployment where one's own company lives, and follows when that
 * changes. Home says which; whoever lives at home goes on with the connection that is there. Staff
 * have no company: they follow the console, so that they can enter what they see there.
 */
export function OwnDeployment({
  fallback,
  children,
}: {
  fallback: ReactNode;
  children: ReactNode;
}) {
  const deployments = useDeployments();
  if (Object.keys(deployments).length === 0) return children;
  return <AsPlaced fallback={fallback}>{children}</AsPlaced>;
}

function AsPlaced({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const { isAuthenticated } = useConvexAuth();
  const mine = useLiveQuery(api.placements.mine, isAuthenticated ? {} : "skip");
  const console = useConsoleDeployment();
  // Before there is a session, and when home cannot say: what is inside knows what to tell.
  if (!isAuthenticated || mine.status === "error") return children;
  if (mine.status === "loading") return fallback;
  return <NamedDeployment name={mine.data ?? console}>{children}</NamedDeployment>;
}

/** Connects the staff's console to the deployment that was chosen in it. */
export function ConsoleDeployment({ children }: { children: ReactNode }) {
  return <NamedDeployment name={useConsoleDeployment()}>{children}</NamedDeployment>;
}

/** Connects what is in it to the deployment of that name; to home for any other name. */
export function NamedDeployment({
  name,
  children,
}: {
  name: string | undefined;
  children: ReactNode;
}) {
  const deployments = useDeployments();
  const url =
    name !== undefined && Object.hasOwn(deployments, name) ? deployments[name] : undefined;
  if (url === undefined) return children;
  return (
    <ConvexProviderWithClerk key={url} client={clientOf(url)} useAuth={useSteadyAuth}>
      {children}
    </ConvexProviderWithClerk>
  );
}

const clients = new Map<string, ConvexReactClient>();

/** One connection per deployment, which stays for whoever comes back to it. */
function clientOf(url: string): ConvexReactClient {
  const known = clients.get(url) ?? new ConvexReactClient(url, { expectAuth: true });
  clients.set(url, known);
  return known;
}
