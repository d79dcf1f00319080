import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A person as lists show them. */
export type ContactRow = FunctionReturnType<typeof api.contacts.list>["page"][number];

/** A person with everything their page shows. */
export type ContactDetail = FunctionReturnType<typeof api.contacts.get>;

/** An organization with everything its page shows. */
export type OrganizationDetail = FunctionReturnType<typeof api.organizations.get>;
