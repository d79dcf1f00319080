"use client";

import { IconEye, IconPencil } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { PlainButton } from "@/components/ui/links";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { ENTRY_MS } from "@/lib/staffEntry";
import { type Me, useMember } from "./MemberContext";
import classes from "./VisitBanner.module.css";

/** Over every page of a company that Sunup's staff entered: where they are, what for, how long, and out. */
export function VisitBanner({ visit }: { visit: NonNullable<Me["visit"]> }) {
  const { tenant } = useMember();
  const leave = useMutation(api.staff.entries.leave);
  // The gate sees that the stay is over, and leads back to the console.
  const [leaveNow, busy] = useExclusive(async () => {
    try {
      await leave({});
    } catch (thrown) {
      toastError(thrown);
    }
  });
  // The page's clock may be half a minute behind the server's.
  const left = Math.min(visit.endsAt - useNow(), ENTRY_MS);
  const minutes = Math.max(0, Math.ceil(left / 60_000));
  const helps = visit.access === "write";
  const Icon = helps ? IconPencil : IconEye;
  return (
    <section className={classes.banner} data-access={visit.access} aria-label="Staff in a company">
      <Icon size={20} stroke={1.8} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        <strong>
          You are in <bdi>{tenant.name}</bdi> as Sunup staff, {helps ? "to help" : "read only"}.
        </strong>{" "}
        <bdi className={classes.reason}>{visit.reason}</bdi>
      </p>
      <span className={classes.left}>{minutes === 1 ? "1 minute" : `${minutes} minutes`} left</span>
      <PlainButton variant="filled" disabled={busy} onClick={() => void leaveNow()}>
        Leave
      </PlainButton>
    </section>
  );
}
