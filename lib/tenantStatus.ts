/** The states of a company. docs/architecture.md says how it gets from one to another. */
export const TENANT_STATUSES = ["active", "pastDue", "suspended", "closing", "closed"] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];

/** True when nobody of the company gets in and its background work rests. */
export function isShut(status: TenantStatus): boolean {
  return status === "suspended" || status === "closed";
}

/** How long an administrator can still keep a company that is to be closed, in days. */
export const CLOSING_DAYS = 30;

/** How many days before the closing the administrators are reminded. */
export const CLOSING_REMINDER_DAYS = [14, 7, 1] as const;

/** How many days before a trial's end the administrators are told. */
export const TRIAL_REMINDER_DAYS = 3;

/** Whether somebody typed the company's name exactly, in whatever way its letters are composed. */
export function isCompanyName(typed: string, companyName: string): boolean {
  return typed.normalize("NFC").trim() === companyName.normalize("NFC").trim();
}

/** What to say when it is not. */
export const NOT_THE_COMPANY_NAME =
  "That is not the company's name. Type it exactly as it is shown.";
