/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as activity from "../activity.js";
import type * as campaigns from "../campaigns.js";
import type * as company from "../company.js";
import type * as crons from "../crons.js";
import type * as documents from "../documents.js";
import type * as emails_attemptOutcome from "../emails/attemptOutcome.js";
import type * as emails_outbox from "../emails/outbox.js";
import type * as emails_progress from "../emails/progress.js";
import type * as emails_queue from "../emails/queue.js";
import type * as emails_reluctance from "../emails/reluctance.js";
import type * as emails_render from "../emails/render.js";
import type * as emails_resend from "../emails/resend.js";
import type * as emails_resendEvents from "../emails/resendEvents.js";
import type * as emails_schedule from "../emails/schedule.js";
import type * as emails_send from "../emails/send.js";
import type * as emails_settings from "../emails/settings.js";
import type * as emails_templates_billing from "../emails/templates/billing.js";
import type * as emails_templates_closing from "../emails/templates/closing.js";
import type * as emails_templates_frame from "../emails/templates/frame.js";
import type * as emails_templates_index from "../emails/templates/index.js";
import type * as emails_templates_invitation from "../emails/templates/invitation.js";
import type * as emails_templates_letter from "../emails/templates/letter.js";
import type * as emails_templates_look from "../emails/templates/look.js";
import type * as emails_templates_pieces from "../emails/templates/pieces.js";
import type * as emails_templates_securityAlert from "../emails/templates/securityAlert.js";
import type * as emails_templates_welcome from "../emails/templates/welcome.js";
import type * as emails_templates_words from "../emails/templates/words.js";
import type * as files from "../files.js";
import type * as http from "../http.js";
import type * as invitationDelivery from "../invitationDelivery.js";
import type * as invitations from "../invitations.js";
import type * as joining from "../joining.js";
import type * as leads from "../leads.js";
import type * as members from "../members.js";
import type * as model_activity from "../model/activity.js";
import type * as model_administratorMail from "../model/administratorMail.js";
import type * as model_administrators from "../model/administrators.js";
import type * as model_audit from "../model/audit.js";
import type * as model_campaigns from "../model/campaigns.js";
import type * as model_clerkEvents from "../model/clerkEvents.js";
import type * as model_clerkInvitations from "../model/clerkInvitations.js";
import type * as model_clerkUser from "../model/clerkUser.js";
import type * as model_closing from "../model/closing.js";
import type * as model_company from "../model/company.js";
import type * as model_documents from "../model/documents.js";
import type * as model_invalid from "../model/invalid.js";
import type * as model_invitationDelivery from "../model/invitationDelivery.js";
import type * as model_invitations from "../model/invitations.js";
import type * as model_joining from "../model/joining.js";
import type * as model_leadAssignment from "../model/leadAssignment.js";
import type * as model_leadConversion from "../model/leadConversion.js";
import type * as model_leadList from "../model/leadList.js";
import type * as model_leads from "../model/leads.js";
import type * as model_notifications from "../model/notifications.js";
import type * as model_pipeline from "../model/pipeline.js";
import type * as model_projectList from "../model/projectList.js";
import type * as model_projectPeople from "../model/projectPeople.js";
import type * as model_projects from "../model/projects.js";
import type * as model_provisioning from "../model/provisioning.js";
import type * as model_stageProjects from "../model/stageProjects.js";
import type * as model_stageRemoval from "../model/stageRemoval.js";
import type * as model_stageTotals from "../model/stageTotals.js";
import type * as model_stages from "../model/stages.js";
import type * as model_team from "../model/team.js";
import type * as model_tenantStatus from "../model/tenantStatus.js";
import type * as model_trial from "../model/trial.js";
import type * as model_usage from "../model/usage.js";
import type * as model_webhookInbox from "../model/webhookInbox.js";
import type * as model_webhookSources from "../model/webhookSources.js";
import type * as notifications from "../notifications.js";
import type * as onboarding from "../onboarding.js";
import type * as pipelineStages from "../pipelineStages.js";
import type * as presence from "../presence.js";
import type * as projects from "../projects.js";
import type * as provisioning from "../provisioning.js";
import type * as search from "../search.js";
import type * as tables_activity from "../tables/activity.js";
import type * as tables_audit from "../tables/audit.js";
import type * as tables_company from "../tables/company.js";
import type * as tables_documents from "../tables/documents.js";
import type * as tables_emails from "../tables/emails.js";
import type * as tables_files from "../tables/files.js";
import type * as tables_invitations from "../tables/invitations.js";
import type * as tables_leads from "../tables/leads.js";
import type * as tables_members from "../tables/members.js";
import type * as tables_notifications from "../tables/notifications.js";
import type * as tables_pipeline from "../tables/pipeline.js";
import type * as tables_presence from "../tables/presence.js";
import type * as tables_projects from "../tables/projects.js";
import type * as tables_tenants from "../tables/tenants.js";
import type * as tables_usage from "../tables/usage.js";
import type * as tables_webhookEvents from "../tables/webhookEvents.js";
import type * as tenancy_fileDoor from "../tenancy/fileDoor.js";
import type * as tenancy_fileSweep from "../tenancy/fileSweep.js";
import type * as tenancy_files from "../tenancy/files.js";
import type * as tenancy_functions from "../tenancy/functions.js";
import type * as tenancy_invitation from "../tenancy/invitation.js";
import type * as tenancy_member from "../tenancy/member.js";
import type * as tenancy_overdueEmails from "../tenancy/overdueEmails.js";
import type * as tenancy_ownTenant from "../tenancy/ownTenant.js";
import type * as tenancy_references from "../tenancy/references.js";
import type * as tenancy_rowSecurity from "../tenancy/rowSecurity.js";
import type * as tenancy_rules from "../tenancy/rules.js";
import type * as tenancy_scheduler from "../tenancy/scheduler.js";
import type * as tenancy_scopedDb from "../tenancy/scopedDb.js";
import type * as tenancy_securedQuery from "../tenancy/securedQuery.js";
import type * as tenancy_securityLog from "../tenancy/securityLog.js";
import type * as tenancy_tables from "../tenancy/tables.js";
import type * as tenantLifecycle from "../tenantLifecycle.js";
import type * as webhookEvents from "../webhookEvents.js";
import type * as webhooks_clerk from "../webhooks/clerk.js";
import type * as webhooks_inbox from "../webhooks/inbox.js";
import type * as webhooks_resend from "../webhooks/resend.js";
import type * as webhooks_svixSignature from "../webhooks/svixSignature.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  activity: typeof activity;
  campaigns: typeof campaigns;
  company: typeof company;
  crons: typeof crons;
  documents: typeof documents;
  "emails/attemptOutcome": typeof emails_attemptOutcome;
  "emails/outbox": typeof emails_outbox;
  "emails/progress": typeof emails_progress;
  "emails/queue": typeof emails_queue;
  "emails/reluctance": typeof emails_reluctance;
  "emails/render": typeof emails_render;
  "emails/resend": typeof emails_resend;
  "emails/resendEvents": typeof emails_resendEvents;
  "emails/schedule": typeof emails_schedule;
  "emails/send": typeof emails_send;
  "emails/settings": typeof emails_settings;
  "emails/templates/billing": typeof emails_templates_billing;
  "emails/templates/closing": typeof emails_templates_closing;
  "emails/templates/frame": typeof emails_templates_frame;
  "emails/templates/index": typeof emails_templates_index;
  "emails/templates/invitation": typeof emails_templates_invitation;
  "emails/templates/letter": typeof emails_templates_letter;
  "emails/templates/look": typeof emails_templates_look;
  "emails/templates/pieces": typeof emails_templates_pieces;
  "emails/templates/securityAlert": typeof emails_templates_securityAlert;
  "emails/templates/welcome": typeof emails_templates_welcome;
  "emails/templates/words": typeof emails_templates_words;
  files: typeof files;
  http: typeof http;
  invitationDelivery: typeof invitationDelivery;
  invitations: typeof invitations;
  joining: typeof joining;
  leads: typeof leads;
  members: typeof members;
  "model/activity": typeof model_activity;
  "model/administratorMail": typeof model_administratorMail;
  "model/administrators": typeof model_administrators;
  "model/audit": typeof model_audit;
  "model/campaigns": typeof model_campaigns;
  "model/clerkEvents": typeof model_clerkEvents;
  "model/clerkInvitations": typeof model_clerkInvitations;
  "model/clerkUser": typeof model_clerkUser;
  "model/closing": typeof model_closing;
  "model/company": typeof model_company;
  "model/documents": typeof model_documents;
  "model/invalid": typeof model_invalid;
  "model/invitationDelivery": typeof model_invitationDelivery;
  "model/invitations": typeof model_invitations;
  "model/joining": typeof model_joining;
  "model/leadAssignment": typeof model_leadAssignment;
  "model/leadConversion": typeof model_leadConversion;
  "model/leadList": typeof model_leadList;
  "model/leads": typeof model_leads;
  "model/notifications": typeof model_notifications;
  "model/pipeline": typeof model_pipeline;
  "model/projectList": typeof model_projectList;
  "model/projectPeople": typeof model_projectPeople;
  "model/projects": typeof model_projects;
  "model/provisioning": typeof model_provisioning;
  "model/stageProjects": typeof model_stageProjects;
  "model/stageRemoval": typeof model_stageRemoval;
  "model/stageTotals": typeof model_stageTotals;
  "model/stages": typeof model_stages;
  "model/team": typeof model_team;
  "model/tenantStatus": typeof model_tenantStatus;
  "model/trial": typeof model_trial;
  "model/usage": typeof model_usage;
  "model/webhookInbox": typeof model_webhookInbox;
  "model/webhookSources": typeof model_webhookSources;
  notifications: typeof notifications;
  onboarding: typeof onboarding;
  pipelineStages: typeof pipelineStages;
  presence: typeof presence;
  projects: typeof projects;
  provisioning: typeof provisioning;
  search: typeof search;
  "tables/activity": typeof tables_activity;
  "tables/audit": typeof tables_audit;
  "tables/company": typeof tables_company;
  "tables/documents": typeof tables_documents;
  "tables/emails": typeof tables_emails;
  "tables/files": typeof tables_files;
  "tables/invitations": typeof tables_invitations;
  "tables/leads": typeof tables_leads;
  "tables/members": typeof tables_members;
  "tables/notifications": typeof tables_notifications;
  "tables/pipeline": typeof tables_pipeline;
  "tables/presence": typeof tables_presence;
  "tables/projects": typeof tables_projects;
  "tables/tenants": typeof tables_tenants;
  "tables/usage": typeof tables_usage;
  "tables/webhookEvents": typeof tables_webhookEvents;
  "tenancy/fileDoor": typeof tenancy_fileDoor;
  "tenancy/fileSweep": typeof tenancy_fileSweep;
  "tenancy/files": typeof tenancy_files;
  "tenancy/functions": typeof tenancy_functions;
  "tenancy/invitation": typeof tenancy_invitation;
  "tenancy/member": typeof tenancy_member;
  "tenancy/overdueEmails": typeof tenancy_overdueEmails;
  "tenancy/ownTenant": typeof tenancy_ownTenant;
  "tenancy/references": typeof tenancy_references;
  "tenancy/rowSecurity": typeof tenancy_rowSecurity;
  "tenancy/rules": typeof tenancy_rules;
  "tenancy/scheduler": typeof tenancy_scheduler;
  "tenancy/scopedDb": typeof tenancy_scopedDb;
  "tenancy/securedQuery": typeof tenancy_securedQuery;
  "tenancy/securityLog": typeof tenancy_securityLog;
  "tenancy/tables": typeof tenancy_tables;
  tenantLifecycle: typeof tenantLifecycle;
  webhookEvents: typeof webhookEvents;
  "webhooks/clerk": typeof webhooks_clerk;
  "webhooks/inbox": typeof webhooks_inbox;
  "webhooks/resend": typeof webhooks_resend;
  "webhooks/svixSignature": typeof webhooks_svixSignature;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
