/**
 * The environment variables that convex.config.ts declares (`env` of defineApp and defineComponent),
 * against those that are set: a deployment without one that is required, or with a value that its
 * validator does not allow, is refused, as on Convex.
 */
import { validationError } from "../store/validators.ts";
import type { ValidatorJson } from "../store/types.ts";
import { BuildError } from "./bundle.ts";

/** As `_env` of a definition has it: validators of convex/values. */
export type DeclaredEnv = Record<string, { json: ValidatorJson; isOptional?: string }>;

/** What a component is given for one of its variables: a text, or a variable of its parent. */
export type EnvValue = string | { __envVarRef: string };

/** @throws BuildError naming the variables of the app that are missing or do not fit. */
export function checkAppEnv(declared: DeclaredEnv, env: Readonly<Record<string, string>>): void {
  const missing = missingOf(declared, env);
  if (missing.length > 0) {
    throw new BuildError(
      `Required environment variables are not set: ${missing.join(", ")}. Set them with \`npx convex env set\`, or with --env when the engine starts.`,
    );
  }
  for (const [name, validator] of Object.entries(declared)) {
    const error = mismatch(validator, env[name]);
    if (error !== null) {
      throw new BuildError(
        `Environment variable ${name} does not match its declared validator: ${error}`,
      );
    }
  }
}

/**
 * What a component sees of what it is given in `use(component, { env })`.
 * @param parent the variables of the one that mounts it.
 * @throws BuildError naming the component and the variable.
 */
export function componentEnv(
  component: string,
  declared: DeclaredEnv,
  given: Readonly<Record<string, EnvValue>>,
  parent: Readonly<Record<string, string>>,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const validator = declared[name];
    if (validator === undefined)
      throw new BuildError(`Component "${component}" has no env var named "${name}".`);
    const text = typeof value === "string" ? value : parent[value.__envVarRef];
    const error = mismatch(validator, text);
    if (error !== null) {
      throw new BuildError(
        `Component "${component}" has an invalid value for env var "${name}": ${error}`,
      );
    }
    if (text !== undefined) env[name] = text;
  }
  const missing = missingOf(declared, env);
  if (missing.length > 0)
    throw new BuildError(`Component "${component}" is not given its env var "${missing[0]}".`);
  return env;
}

function missingOf(declared: DeclaredEnv, env: Readonly<Record<string, string>>): string[] {
  return Object.keys(declared).filter(
    (name) => declared[name]?.isOptional !== "optional" && env[name] === undefined,
  );
}

function mismatch(validator: DeclaredEnv[string], value: string | undefined): string | null {
  return value === undefined ? null : validationError(validator.json, value, () => null);
}
