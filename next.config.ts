import type { NextConfig } from "next";

/** Headers of every answer. The content-security-policy has a nonce per page: see proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** For what is no page and so has no policy of its own: redirects, API answers, files. */
const neverFramed = { key: "X-Frame-Options", value: "DENY" };

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // In development the page may be opened under either name of this machine.
  allowedDevOrigins: ["localhost", "127.0.0.1"],
  // `npm run typecheck` checks the whole repository; a build does not do it a second time.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  experimental: {
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"],
  },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // A campaign's public form stands in a frame on the installer's own site (lib/leadForm).
    { source: "/((?!f/[^/]+$).*)", headers: [neverFramed] },
  ],
};

export default config;
