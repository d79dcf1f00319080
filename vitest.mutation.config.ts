import { defineConfig } from "vitest/config";

/** The suites that Stryker runs against each mutant of convex/tenancy (`npm run test:mutation`). */
export default defineConfig({
  test: {
    include: [
      "tests/isolation/**/*.test.ts",
      "tests/domain/clerkWebhook.test.ts",
      "tests/domain/onboarding.test.ts",
      "tests/domain/projects.test.ts",
    ],
    environment: "node",
    server: { deps: { inline: ["convex-test"] } },
  },
});
