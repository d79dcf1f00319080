"use client";

import { ClerkProvider, useAuth } from "@clerk/nextjs";
import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { ConvexReactClient } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { useState, type ReactNode } from "react";
import { theme } from "@/components/ui/theme";
import { clerkAppearance } from "./clerkAppearance";

type AppProvidersProps = {
  /** Nonce of the document's content-security-policy. */
  nonce: string;
  convexUrl: string;
  clerkPublishableKey: string;
  clerkProxyUrl: string | undefined;
  children: ReactNode;
};

/** What every page stands on: theme, session and the live connection to Convex. */
export function AppProviders(props: AppProvidersProps) {
  // A refresh renders the layout again with a new nonce, but the document keeps its policy.
  const [nonce] = useState(props.nonce);
  // Queries wait for the first token, so none is ever asked as "nobody" while the session loads.
  const [convex] = useState(() => new ConvexReactClient(props.convexUrl, { expectAuth: true }));
  return (
    <ClerkProvider
      publishableKey={props.clerkPublishableKey}
      proxyUrl={props.clerkProxyUrl}
      nonce={nonce}
      signInUrl="/sign-in"
      signUpUrl="/signup"
      afterSignOutUrl="/"
      signInFallbackRedirectUrl="/dashboard"
      signUpFallbackRedirectUrl="/onboarding"
      appearance={clerkAppearance}
      telemetry={{ disabled: true }}
    >
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <ConvexProviderWithClerk client={convex} useAuth={useAuth}>
          <ModalsProvider>
            {props.children}
            <Notifications position="bottom-right" />
          </ModalsProvider>
        </ConvexProviderWithClerk>
      </MantineProvider>
    </ClerkProvider>
  );
}
