import type { Metadata } from "next";
import { StaffPeople } from "@/components/admin/people/StaffPeople";

export const metadata: Metadata = { title: "Staff" };

export default function StaffPage() {
  return <StaffPeople />;
}
