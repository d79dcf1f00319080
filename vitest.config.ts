import { defineConfig } from "vitest/config";

/**
 * The suites that run without a browser. Each is a project of its own, so that
 * `vitest run --project isolation` runs one part:
 *  - unit: pure code and Convex functions on convex-test
 *  - isolation: no tenant sees or touches another's data
 *  - budgets: what functions read does not grow with the platform or the company
 *  - local: the local stack, driven over real sockets by the real clients
 */
export default defineConfig({
  test: {
    // Every core: vitest keeps one for itself, which on two cores means one file after another.
    maxWorkers: "100%",
    // What every call of a company says for the log stream; a test that wants it listens itself.
    onConsoleLog: (line) => !line.startsWith('{"sunup":"call"'),
    projects: [
      {
        // As in tsconfig.json, for the parts of the interface that are plain functions.
        resolve: { alias: { "@": import.meta.dirname } },
        test: {
          name: "unit",
          include: ["tests/domain/**/*.test.ts", "eslint/**/*.test.ts"],
          environment: "node",
          testTimeout: 30_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "isolation",
          include: ["tests/isolation/**/*.test.ts"],
          environment: "node",
          testTimeout: 30_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "budgets",
          include: ["tests/perf/budgets/**/*.test.ts"],
          environment: "node",
          testTimeout: 30_000,
          hookTimeout: 60_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "local",
          include: ["tests/local/**/*.test.ts"],
          environment: "node",
          // Generous: servers start and many clients act at once, and another file runs beside it.
          testTimeout: 90_000,
          hookTimeout: 180_000,
          // Every fifth mutation runs twice, as after a write conflict: nothing may depend on one run.
          env: { LOCAL_CONVEX_CONFLICTS: "0.2" },
        },
      },
    ],
  },
});
