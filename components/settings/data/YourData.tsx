"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconLock, IconPackageExport } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { ARCHIVE_DAYS } from "@/lib/archive/states";
import { ArchiveList } from "./ArchiveList";
import classes from "./YourData.module.css";

/** Everything of the company as a file to take away. For System Administrators. */
export function YourData() {
  const { canAsMember } = useMember();
  return (
    <>
      <PageHeader
        title="Your data"
        description="Take everything of your company away, in one file."
      />
      {canAsMember("archive.export") ? (
        <div className={classes.panels}>
          <Ask />
          <Panel title="Archives" flush>
            <Archives />
          </Panel>
        </div>
      ) : (
        <Notice
          icon={<IconLock size={26} stroke={1.6} aria-hidden />}
          title="Only for administrators"
        >
          Ask a System Administrator of your company if you need its data as a file.
        </Notice>
      )}
    </>
  );
}

function Ask() {
  const start = useMutation(api.archives.start);
  const [ask, busy] = useExclusive(async () => {
    try {
      await start({});
      toastSuccess("The archive is being written. You get a mail when it is ready.");
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <Panel title="Export everything">
      <ul className={classes.facts}>
        <li>
          One ZIP with every record and every file: leads, contacts, projects, permits, documents,
          notes, your team and the audit trail.
        </li>
        <li>
          You can go on working. A record is kept as it was at some moment while the archive was
          written.
        </li>
        <li>
          Every administrator gets a mail when it is ready. It can be downloaded for {ARCHIVE_DAYS}{" "}
          days and does not count against your storage.
        </li>
      </ul>
      <Button
        leftSection={<IconPackageExport size={17} stroke={1.8} aria-hidden />}
        loading={busy}
        onClick={() => void ask()}
      >
        Export everything
      </Button>
    </Panel>
  );
}

function Archives() {
  const found = useLiveQuery(api.archives.recent, {});
  if (found.status === "error") return <ErrorNotice error={found.error} order={3} />;
  if (found.status === "loading") {
    return (
      <div className={classes.loading} role="status" aria-label="Loading the archives">
        <Skeleton height={48} radius="md" />
      </div>
    );
  }
  if (found.data.length === 0) {
    return (
      <Notice
        order={3}
        icon={<IconPackageExport size={26} stroke={1.6} aria-hidden />}
        title="No archive yet"
      >
        Export everything, and the file appears here.
      </Notice>
    );
  }
  return <ArchiveList archives={found.data} />;
}
