/** Longest texts that Sunup takes, in characters. One list for forms, functions and database. */
export const TEXT_LIMITS = {
  companyName: 120,
  personName: 120,
  email: 254,
  phone: 40,
  projectName: 120,
  address: 300,
  equipment: 120,
  taskTitle: 200,
  notes: 5_000,
  reason: 500,
  website: 200,
  licenceNumber: 40,
  stageName: 60,
  campaignName: 60,
  viewName: 60,
  permitTitle: 60,
  checkLabel: 120,
  organizationName: 120,
} as const;

/** Largest webhook body that Sunup takes; the largest events of Clerk and Stripe are a few kilobytes. */
export const MAX_WEBHOOK_BYTES = 256 * 1024;
