"use client";

import { MantineProvider } from "@mantine/core";
import { ConvexReactClient } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { useState, type ReactNode } from "react";
import { Toaster } from "@/components/ui/Toaster";
import { theme } from "@/components/ui/theme";
import { useSteadyAuth } from "@/components/workspace/useSteadyAuth";
import { type Deployments, DeploymentsProvider } from "./Deployments";

type AppProvidersProps = {
  /** Nonce of the document's content-security-policy. */
  nonce: string;
  convexUrl: string;
  deployments: Deployments;
  children: ReactNode;
};

/** Theme and live connection to Convex, to home if there are several deployments; inside Clerk's provider, whose session it uses. */
export function AppProviders(props: AppProvidersProps) {
  // A refresh renders the layout again with a new nonce, but the document keeps its policy.
  const [nonce] = useState(props.nonce);
  // Queries wait for the first token, so none is ever asked as "nobody" while the session loads.
  const [convex] = useState(() => new ConvexReactClient(props.convexUrl, { expectAuth: true }));
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <ConvexProviderWithClerk client={convex} useAuth={useSteadyAuth}>
        <DeploymentsProvider value={props.deployments}>{props.children}</DeploymentsProvider>
        <Toaster />
      </ConvexProviderWithClerk>
    </MantineProvider>
  );
}
