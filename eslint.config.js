import convex from "@convex-dev/eslint-plugin";
import next from "@next/eslint-plugin-next";
import prettier from "eslint-config-prettier";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import ts from "typescript-eslint";
import functionValidators from "./eslint/function-validators.js";
import noRawConvex from "./eslint/no-raw-convex.js";
import opensTenant from "./eslint/opens-tenant.js";
import tenantIndex from "./eslint/tenant-index.js";

const sunup = {
  rules: {
    "function-validators": functionValidators,
    "no-raw-convex": noRawConvex,
    "opens-tenant": opensTenant,
    "tenant-index": tenantIndex,
  },
};

/** What ships must not reach what only runs on a developer's machine. */
const shipsAlone = {
  "no-restricted-imports": [
    "error",
    {
      patterns: [
        {
          group: ["**/local/**", "**/tests/**", "@/local/**", "@/tests/**"],
          message: "The app never imports the local stack or tests.",
        },
      ],
    },
  ],
};

export default defineConfig(
  globalIgnores([
    ".next/",
    ".local/",
    "node_modules/",
    "**/_generated/",
    "next-env.d.ts",
    "test-results/",
    "playwright-report/",
  ]),
  {
    files: ["**/*.{ts,tsx}"],
    extends: [ts.configs.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
    },
  },
  {
    files: ["{app,components}/**/*.{ts,tsx}", "proxy.ts", "instrumentation.ts"],
    plugins: { "@next/next": next },
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      ...next.configs.recommended.rules,
      ...next.configs["core-web-vitals"].rules,
      ...shipsAlone,
    },
  },
  { files: ["lib/**/*.ts"], rules: shipsAlone },
  {
    files: ["convex/**/*.{ts,tsx}"],
    plugins: { sunup },
    rules: {
      ...shipsAlone,
      "sunup/function-validators": "error",
      "sunup/no-raw-convex": "error",
      "sunup/opens-tenant": "error",
      "sunup/tenant-index": "error",
    },
  },
  {
    // Convex's own rules know no .tsx; templates of mails are the only ones, without functions.
    files: ["convex/**/*.ts"],
    extends: [convex.configs.recommended],
    rules: {
      "@convex-dev/import-wrong-runtime": "error",
      "@convex-dev/no-collect-in-query": "error",
      "@convex-dev/no-filter-in-query": "error",
      "@convex-dev/no-top-of-hour-crons": "error",
      // The typed `env` of convex.config.ts is known to neither convex-test nor the local
      // engine yet; both variables are checked where they are read.
      "@convex-dev/no-process-env": "off",
    },
  },
  {
    files: ["convex/tenancy/**/*.ts"],
    rules: { "sunup/no-raw-convex": "off", "sunup/opens-tenant": "off" },
  },
  prettier,
);
