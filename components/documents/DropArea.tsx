"use client";

import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconUpload } from "@tabler/icons-react";
import classes from "./Documents.module.css";

type DropAreaProps = { onFiles: (files: File[]) => void };

/** Where files are dropped, or chosen with a click, Enter or a tap; on a phone also taken with the camera. */
export function DropArea({ onFiles }: DropAreaProps) {
  return (
    <Dropzone
      className={classes.drop}
      onDrop={onFiles}
      onDropAny={undefined}
      role="button"
      aria-label="Add documents"
      inputProps={{ "aria-label": "Files to add" }}
    >
      <div className={classes.dropWords}>
        <IconUpload size={20} stroke={1.7} aria-hidden />
        <span>
          <b>Drop files here</b> or choose them
          <small>PDF, photos, Word, Excel, CSV or ZIP, at most 50 MB each</small>
        </span>
      </div>
    </Dropzone>
  );
}
