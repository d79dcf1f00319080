"use client";

import { Button, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import dynamic from "next/dynamic";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { archiveWords, stateWords } from "./archiveWords";
import classes from "./YourData.module.css";

const ConfirmDialog = dynamic(() =>
  import("@/components/ui/ConfirmDialog").then((m) => m.ConfirmDialog),
);

export type Archive = FunctionReturnType<typeof api.archives.recent>[number];

/** The company's archives, newest first: how far one is, and the download. */
export function ArchiveList({ archives }: { archives: Archive[] }) {
  return (
    <ul className={classes.list}>
      {archives.map((archive) => (
        <Row key={archive._id} archive={archive} />
      ))}
    </ul>
  );
}

function Row({ archive }: { archive: Archive }) {
  const { _id, state, startedAt, askedBy, step, steps } = archive;
  const when = formatMoment(startedAt);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.when}>{when}</p>
        <p className={classes.sub}>
          Asked for by <bdi>{askedBy}</bdi>
        </p>
        <p className={classes.sub} role={state === "running" ? "status" : undefined}>
          {stateWords(archive)}
        </p>
        {state !== "failed" && state !== "expired" && (
          <p className={classes.sub}>{archiveWords(archive)}</p>
        )}
        {state === "running" && (
          <Progress
            className={classes.progress}
            value={(100 * (step - 1)) / steps}
            size="lg"
            animated
            aria-label={`Archive of ${when}`}
          />
        )}
      </div>
      <div className={classes.buttons}>
        {state === "ready" && (
          <Button
            component="a"
            href={`/api/archives/${_id}`}
            variant="default"
            leftSection={<IconDownload size={17} stroke={1.8} aria-hidden />}
            aria-label={`Download the archive of ${when}`}
          >
            Download
          </Button>
        )}
        {(state === "ready" || state === "running") && <Remove archive={archive} when={when} />}
      </div>
    </li>
  );
}

function Remove({ archive: { _id, state }, when }: { archive: Archive; when: string }) {
  const remove = useMutation(api.archives.remove);
  const dialog = useLazyDisclosure();
  const verb = state === "running" ? "Stop" : "Remove";
  async function run() {
    try {
      await remove({ archiveId: _id });
      toastSuccess(state === "running" ? "The archive was stopped." : "The archive was removed.");
    } catch (thrown) {
      toastError(thrown);
    }
  }
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        onClick={dialog.open}
        aria-label={`${verb} the archive of ${when}`}
      >
        {verb}
      </Button>
      {dialog.wanted && (
        <ConfirmDialog
          title={`${verb} this archive?`}
          confirm={verb}
          opened={dialog.opened}
          onClose={dialog.close}
          onConfirm={() => void run()}
        >
          Your company’s data stays as it is. You can export it again at any time.
        </ConfirmDialog>
      )}
    </>
  );
}
