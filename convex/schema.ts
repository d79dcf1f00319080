import { defineSchema } from "convex/server";
import { projectActivity } from "./tables/activity";
import { archives, archiveSegments, restoredRows, restores } from "./tables/archives";
import { auditLog } from "./tables/audit";
import { billingAccounts, billingRequests } from "./tables/billing";
import { companyProfiles } from "./tables/company";
import { contactMatches, contacts, organizations } from "./tables/contacts";
import { documents } from "./tables/documents";
import { emails, platformEmails } from "./tables/emails";
import { erasedAccounts, erasures } from "./tables/erasures";
import { files, fileSweeps, fileUploads } from "./tables/files";
import { invitations } from "./tables/invitations";
import { campaigns, leadActivity, leads } from "./tables/leads";
import { leadImportProblems, leadImports } from "./tables/leadImports";
import { members } from "./tables/members";
import { notifications, notificationSettings } from "./tables/notifications";
import { authorities, permits } from "./tables/permits";
import { notes } from "./tables/notes";
import { pipelineStages, stageTotals } from "./tables/pipeline";
import { functionDays, tenantUsage } from "./tables/performance";
import {
  platformChanges,
  platformMonths,
  platformShares,
  platformTotals,
} from "./tables/platformTotals";
import { placements } from "./tables/placements";
import { presence } from "./tables/presence";
import { projects } from "./tables/projects";
import { tasks } from "./tables/tasks";
import { rateBuckets } from "./tables/rateBuckets";
import { savedViews } from "./tables/savedViews";
import { staff, staffAudit } from "./tables/staff";
import { staffEntries } from "./tables/staffEntries";
import { staffAppointments } from "./tables/staffAppointments";
import { staffNotes } from "./tables/staffNotes";
import { surveys } from "./tables/surveys";
import {
  failureMinutes,
  lockPolicies,
  recentFailures,
  securityAlerts,
  securityAuditLog,
} from "./tables/security";
import { logBatches, logStreamState } from "./tables/telemetry";
import { tenants } from "./tables/tenants";
import { tenantSummaries } from "./tables/tenantSummaries";
import { usage } from "./tables/usage";
import { webhookEvents } from "./tables/webhookEvents";

/**
 * Every table carries `tenantId`, or stands in `PLATFORM_TABLES` (tenancy/tables.ts)
 * with the reason. Every index of a tenant's table leads with `tenantId`, or stands in
 * `CROSS_TENANT_INDEXES` with the reason. tests/isolation/schema.test.ts holds both.
 */
export default defineSchema({
  tenants,
  tenantSummaries,
  platformChanges,
  platformShares,
  platformTotals,
  platformMonths,
  webhookEvents,
  placements,
  staff,
  staffAudit,
  staffAppointments,
  staffNotes,
  companyProfiles,
  members,
  notificationSettings,
  staffEntries,
  notifications,
  invitations,
  presence,
  pipelineStages,
  stageTotals,
  campaigns,
  leads,
  leadActivity,
  leadImports,
  leadImportProblems,
  contacts,
  organizations,
  contactMatches,
  projects,
  projectActivity,
  savedViews,
  tasks,
  notes,
  authorities,
  permits,
  documents,
  surveys,
  files,
  fileUploads,
  fileSweeps,
  usage,
  rateBuckets,
  billingAccounts,
  billingRequests,
  emails,
  platformEmails,
  erasures,
  erasedAccounts,
  archives,
  archiveSegments,
  restores,
  restoredRows,
  auditLog,
  logBatches,
  logStreamState,
  functionDays,
  tenantUsage,
  securityAuditLog,
  securityAlerts,
  lockPolicies,
  failureMinutes,
  recentFailures,
});
