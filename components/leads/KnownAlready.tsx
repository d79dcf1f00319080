import { Alert } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { AnchorLink } from "@/components/ui/links";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { formatDate } from "@/lib/format";
import { LEAD_STATUS_NAMES } from "@/lib/leadStatus";

type KnownAlreadyProps = { email: string; phone: string };

/** Says who has this e-mail address or phone number already. It warns; saving is still possible. */
export function KnownAlready(props: KnownAlreadyProps) {
  const [{ email, phone }] = useDebouncedValue(props, 350);
  const worthAsking = email.includes("@") || phone.replace(/\D/g, "").length >= 7;
  const known = useLiveQuery(api.leads.duplicates, worthAsking ? { email, phone } : "skip");
  if (known.status !== "ready" || known.data.length === 0) return null;
  return (
    <Alert color="sun" title="Already among your leads" role="status">
      {known.data.map(({ _id, name, status, _creationTime }) => (
        <div key={_id}>
          <AnchorLink href={`/leads/${_id}`} underline="always">
            {name}
          </AnchorLink>{" "}
          ({LEAD_STATUS_NAMES[status].toLowerCase()}, {formatDate(_creationTime)})
        </div>
      ))}
    </Alert>
  );
}
