import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { actorOf } from "./audit";
import { linksTo } from "./contactLinks";
import { contactFor } from "./contacts";
import { changeStatus } from "./leads";
import { changeProject, createProject } from "./projects";

/** What the project gets beside what the lead knows. */
export type Conversion = { projectName: string; stageId?: Id<"pipelineStages"> };

/**
 * Makes a project of a lead, all in one transaction; each of the two knows the other, and both
 * the person: the contact of this e-mail address or number, or a new one. A lead
 * becomes one project only: converting it again answers with the one that is there, so a
 * second click and a second person change nothing. Throws NOT_FOUND, INVALID.
 */
export async function convertLead(
  db: ScopedWriter,
  member: Doc<"members">,
  leadId: Id<"leads">,
  { projectName, stageId }: Conversion,
  now: number,
): Promise<Id<"projects">> {
  const lead = await db.getX("leads", leadId);
  if (lead.projectId !== undefined) return lead.projectId;
  const form = {
    name: projectName,
    customerName: lead.name,
    customerEmail: lead.email,
    customerPhone: lead.phone,
    siteAddress: lead.address,
    notes: lead.notes,
  };
  const projectId = await createProject(db, member, form, stageId, now);
  const contact = await db.getX("contacts", await contactFor(db, member, personOf(lead), now));
  const links = linksTo(contact);
  await changeProject(db, await db.getX("projects", projectId), { leadId, ...links });
  await db.patch("leads", leadId, links);
  const converted = { status: "converted", lost: undefined, projectId } as const;
  await changeStatus(db, actorOf(member), lead, converted, "converted", now);
  return projectId;
}

function personOf({ name, email = "", phone = "", address = "" }: Doc<"leads">) {
  return { name, email, phone, address, notes: "" };
}
