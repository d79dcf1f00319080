// First, so that the theme's rules, which come with the providers, win over Mantine's.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import { ClerkProvider } from "@clerk/nextjs";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AppProviders } from "@/components/providers/AppProviders";
import { clerkAppearance } from "@/components/providers/clerkAppearance";
import { serverEnv } from "@/lib/env";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Sunup: solar projects in one live pipeline", template: "%s · Sunup" },
  description:
    "Sunup keeps leads, projects, permits and crews of a solar installation company in one place.",
  applicationName: "Sunup",
  icons: {
    icon: [
      { url: "/favicon.svg", type: "image/svg+xml" },
      { url: "/favicon.ico", sizes: "32x32" },
    ],
    apple: "/apple-touch-icon.png",
  },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9f8f5" },
    { media: "(prefers-color-scheme: dark)", color: "#0e171e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the request's headers renders every page per request: keys and addresses are those
  // of the running server, not those of the build, and each page has its own nonce.
  const nonce = (await headers()).get("x-nonce") ?? "";
  const env = serverEnv();
  return (
    <html lang="en" {...mantineHtmlProps} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <ClerkProvider
          publishableKey={env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY}
          proxyUrl={env.NEXT_PUBLIC_CLERK_PROXY_URL}
          nonce={nonce}
          signInUrl="/sign-in"
          signUpUrl="/signup"
          afterSignOutUrl="/"
          signInFallbackRedirectUrl="/dashboard"
          signUpFallbackRedirectUrl="/onboarding"
          appearance={clerkAppearance}
          telemetry={{ disabled: true }}
        >
          <AppProviders
            nonce={nonce}
            convexUrl={env.NEXT_PUBLIC_CONVEX_URL}
            deployments={Object.fromEntries(
              (env.SHARDS ?? []).map(({ name, convexUrl }) => [name, convexUrl]),
            )}
          >
            {children}
          </AppProviders>
        </ClerkProvider>
      </body>
    </html>
  );
}
