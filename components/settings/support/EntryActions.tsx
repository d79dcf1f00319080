import { useMutation } from "convex/react";
import { PlainButton } from "@/components/ui/links";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import classes from "./Support.module.css";
import type { SupportEntry } from "./supportWords";

/** What an administrator can do about a staff member who waits, or is in. */
export function EntryActions({ entry }: { entry: SupportEntry }) {
  const grant = useMutation(api.supportAccess.grant);
  const refuse = useMutation(api.supportAccess.refuse);
  const endNow = useMutation(api.supportAccess.endNow);
  const [run, busy] = useExclusive(
    async (act: (args: { entryId: SupportEntry["_id"] }) => Promise<null>, done: string) => {
      try {
        await act({ entryId: entry._id });
        toastSuccess(done);
      } catch (thrown) {
        toastError(thrown);
      }
    },
  );
  const { staffName: name, state } = entry;
  return (
    <span className={classes.actions}>
      {state === "requested" ? (
        <>
          <PlainButton
            variant="filled"
            disabled={busy}
            aria-label={`Allow ${name} to enter`}
            onClick={() => void run(grant, `${name} may come in for 30 minutes.`)}
          >
            Allow
          </PlainButton>
          <PlainButton
            disabled={busy}
            aria-label={`Refuse ${name}`}
            onClick={() => void run(refuse, `${name} stays outside.`)}
          >
            Refuse
          </PlainButton>
        </>
      ) : (
        <PlainButton
          variant="filled"
          disabled={busy}
          aria-label={`End the stay of ${name} now`}
          onClick={() => void run(endNow, `${name} is out.`)}
        >
          End now
        </PlainButton>
      )}
    </span>
  );
}
