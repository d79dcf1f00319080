import type { Metadata } from "next";
import { Authorities } from "@/components/authorities/Authorities";

export const metadata: Metadata = { title: "AHJs and utilities" };

export default function AuthoritiesPage() {
  return <Authorities />;
}
