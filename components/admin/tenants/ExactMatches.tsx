import { Panel } from "@/components/ui/Panel";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { TenantCards } from "./TenantCards";

/** Companies that the words name exactly: by id, or by a member's e-mail or Clerk user id. Nothing without any. */
export function ExactMatches({ words }: { words: string }) {
  const found = useLiveQuery(api.staff.tenants.exact, { words });
  if (found.status !== "ready" || found.data.length === 0) return null;
  return (
    <Panel title="Exactly this" flush>
      <TenantCards tenants={found.data} />
    </Panel>
  );
}
