import { Button, Text } from "@mantine/core";
import type { UsePaginatedQueryResult } from "convex/react";
import { useCallback, useId } from "react";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { AnchorLink } from "@/components/ui/links";
import { MoreButton } from "@/components/ui/LoadMore";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useNow } from "@/components/ui/useNow";
import { formatMoment, formatRelative } from "@/lib/format";
import { RETRIES_AT_ONCE } from "@/lib/staff";
import { useStaff } from "../StaffContext";
import classes from "./FailureList.module.css";

type Row<Id extends string> = {
  id: Id;
  what: string;
  error: string;
  /** Milliseconds. */
  at: number;
  company?: string;
  tenantId?: string;
  note?: string;
};

type FailureListProps<Id extends string> = {
  title: string;
  /** What a row is, and several: "mail", "mails". */
  one: string;
  many: string;
  rows: Row<Id>[];
  pages: Pick<UsePaginatedQueryResult<unknown>, "status" | "loadMore">;
  /** Tries these again; answers how many were begun. */
  retry: (ids: Id[]) => Promise<number>;
};

/** Failures of one kind, newest first; nothing when there is none. Operators try them again, several after being asked. */
export function FailureList<Id extends string>(props: FailureListProps<Id>) {
  const { title, one, many, rows, pages, retry } = props;
  const headId = useId();
  const now = useNow();
  const mayRetry = useStaff().may("operator");
  const { wanted, opened, open, close } = useLazyDisclosure();
  const run = useCallback(
    async (ids: Id[]) => {
      try {
        const count = await retry(ids);
        const what = count === 1 ? one : many;
        toastSuccess(
          count === 0
            ? "Somebody else tried it again already."
            : `${count} ${what} tried again. What fails once more comes back here.`,
        );
      } catch (thrown) {
        toastError(thrown);
      }
    },
    [retry, one, many],
  );
  const [tryAgain, busy] = useExclusive(run);
  const several = rows.slice(0, RETRIES_AT_ONCE).map(({ id }) => id);
  if (rows.length === 0) return null;
  return (
    <section className={classes.kind} aria-labelledby={headId}>
      <div className={classes.head}>
        <h3 id={headId} className={classes.title}>
          {title}
        </h3>
        {mayRetry && rows.length > 1 && (
          <Button variant="default" size="xs" loading={busy} onClick={open}>
            Try these {several.length} again
          </Button>
        )}
      </div>
      <ul className={classes.rows}>
        {rows.map(({ id, what, error, at, company, tenantId, note }) => (
          <li key={id} className={classes.row}>
            <div className={classes.words}>
              <p className={classes.what}>
                {tenantId && (
                  <>
                    <AnchorLink href={`/admin/tenants/${tenantId}`} fw={600}>
                      <bdi>{company}</bdi>
                    </AnchorLink>
                    {": "}
                  </>
                )}
                {what}
              </p>
              <p className={classes.error}>
                <span dir="auto">{error}</span>{" "}
                <time dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
                  {formatRelative(at, now)}
                </time>
                {note && `, ${note}`}
              </p>
            </div>
            {mayRetry && (
              <Button
                variant="default"
                size="xs"
                disabled={busy}
                aria-label={`Try again: ${company ? `${company}, ` : ""}${what}`}
                onClick={() => void tryAgain([id])}
              >
                Try again
              </Button>
            )}
          </li>
        ))}
      </ul>
      <MoreButton {...pages} count={8} mt="sm" size="xs">
        Show older
      </MoreButton>
      {wanted && (
        <ConfirmDialog
          title={`Try ${several.length} ${many} again?`}
          confirm="Try again"
          {...{ opened, onClose: close }}
          onConfirm={() => void tryAgain(several)}
        >
          <Text size="sm">
            Do this once the cause is mended. Each is tried on its own, and your name stands in the
            trail of every company that it concerns.
          </Text>
        </ConfirmDialog>
      )}
    </section>
  );
}
