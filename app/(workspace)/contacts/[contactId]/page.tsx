import type { Metadata } from "next";
import { ContactView } from "@/components/contacts/ContactView";

export const metadata: Metadata = { title: "Contact" };

export default async function ContactPage({ params }: { params: Promise<{ contactId: string }> }) {
  const { contactId } = await params;
  return <ContactView contactId={contactId} />;
}
