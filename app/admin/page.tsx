import { Overview } from "@/components/admin/overview/Overview";
import { PageHeader } from "@/components/ui/PageHeader";

export default function OverviewPage() {
  return (
    <>
      <PageHeader
        title="Overview"
        description="All companies together. A company counts within a minute, its projects and members within the hour of its work."
      />
      <Overview />
    </>
  );
}
