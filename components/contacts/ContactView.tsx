"use client";

import { useDocumentTitle } from "@mantine/hooks";
import { IconAddressBook, IconArrowLeft } from "@tabler/icons-react";
import { ProjectSkeleton } from "@/components/projects/ProjectSkeleton";
import project from "@/components/projects/ProjectView.module.css";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { ContactBody } from "./ContactBody";

/** A person's page, live. An address that leads to nobody of this company says "not found". */
export function ContactView({ contactId }: { contactId: string }) {
  return (
    <RequirePermission permission="contacts.read">
      <Contact contactId={contactId} />
    </RequirePermission>
  );
}

function Contact({ contactId }: { contactId: string }) {
  const contact = useLiveQuery(api.contacts.get, { contactId });
  useDocumentTitle(`${contact.status === "ready" ? contact.data.name : "Contact"} · Sunup`);
  if (contact.status === "error" && errorData(contact.error)?.code === "NOT_FOUND") {
    return (
      <Notice
        order={1}
        icon={<IconAddressBook size={26} stroke={1.6} aria-hidden />}
        title="Contact not found"
        actions={<ButtonLink href="/contacts">Go to all contacts</ButtonLink>}
      >
        There is no contact at this address in your company. The link may be mistyped, or it belongs
        to another company.
      </Notice>
    );
  }
  return (
    <>
      <AnchorLink href="/contacts" size="sm" className={project.back}>
        <IconArrowLeft size={16} aria-hidden />
        All contacts
      </AnchorLink>
      {contact.status === "error" && <ErrorNotice error={contact.error} order={1} />}
      {contact.status === "loading" && <ProjectSkeleton />}
      {contact.status === "ready" && <ContactBody contact={contact.data} />}
    </>
  );
}
