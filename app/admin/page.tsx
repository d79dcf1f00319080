import { StaffTrail } from "@/components/admin/overview/StaffTrail";
import { PageHeader } from "@/components/ui/PageHeader";

export default function OverviewPage() {
  return (
    <>
      <PageHeader title="Overview" />
      <StaffTrail />
    </>
  );
}
