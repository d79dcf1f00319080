import { randomId } from "../storage/ids.ts";

/** The prefixes Clerk gives its ids. */
export type IdPrefix =
  "client" | "sess" | "user" | "idn" | "sua" | "sia" | "inv" | "ins" | "sess_activity";

/** A random id in Clerk's form. */
export const newId = (prefix: IdPrefix): string => randomId(prefix);
