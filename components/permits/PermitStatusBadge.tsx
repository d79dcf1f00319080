import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconPencil } from "@tabler/icons-react";
import { permitStatus, type PermitStatus, type Round } from "@/lib/permits";
import classes from "./PermitStatusBadge.module.css";
import { STATUS_NAMES } from "./permitWords";

const ICONS: Record<PermitStatus, typeof IconPencil> = {
  draft: IconPencil,
  submitted: IconHourglass,
  rejected: IconAlertTriangle,
  approved: IconCircleCheck,
};

/** Where a permit stands, as a small label: word, picture and colour say the same. */
export function PermitStatusBadge({ rounds }: { rounds: readonly Round[] }) {
  const status = permitStatus(rounds);
  const Icon = ICONS[status];
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={14} stroke={2} aria-hidden />
      {STATUS_NAMES[status]}
    </span>
  );
}
