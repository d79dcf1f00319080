import type { Metadata } from "next";
import { DeletedDocuments } from "@/components/documents/DeletedDocuments";

export const metadata: Metadata = { title: "Recently deleted" };

export default function DeletedDocumentsPage() {
  return <DeletedDocuments />;
}
