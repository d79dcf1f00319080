"use client";

import { ActionIcon, Button, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { formatBytes } from "@/lib/format";
import classes from "./Documents.module.css";
import { KindSelect } from "./KindSelect";
import type { Upload, UploadQueue } from "./uploadQueue";

type UploadRowProps = { upload: Upload; queue: UploadQueue };

/** A file on its way: its kind can be corrected, it can be ended, and sent again when it failed. */
export function UploadRow({ upload, queue }: UploadRowProps) {
  const { id, file, kind, state, sent, problem, retryable } = upload;
  const failed = state === "failed";
  return (
    <li className={classes.row} data-failed={failed || undefined}>
      <div className={classes.words}>
        <bdi className={classes.name}>{file.name}</bdi>
        {failed ? (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        ) : (
          <Progress
            value={Math.round(sent * 100)}
            size="sm"
            mt={6}
            animated={sent === 1}
            aria-label={`Sending ${file.name}, ${formatBytes(file.size)}`}
          />
        )}
      </div>
      {!failed && (
        <KindSelect
          name={file.name}
          kind={kind}
          disabled={state === "saving"}
          onChange={(next) => queue.setKind(id, next)}
        />
      )}
      {failed && retryable && (
        <Button size="xs" variant="default" onClick={() => queue.retry(id)}>
          Try again
        </Button>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={failed ? `Take ${file.name} off the list` : `Cancel sending ${file.name}`}
        onClick={() => queue.drop(id)}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </li>
  );
}
