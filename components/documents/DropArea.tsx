"use client";

import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import classes from "./Documents.module.css";

type DropAreaProps = { onFiles: (files: File[]) => void };

/** Where files are dropped, or chosen with a button; on a phone also taken with the camera. */
export function DropArea({ onFiles }: DropAreaProps) {
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      className={classes.drop}
      onDrop={onFiles}
      openRef={open}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      tabIndex={-1}
      inputProps={{ "aria-label": "Files to add" }}
    >
      <div className={classes.dropWords}>
        <Button
          variant="default"
          leftSection={<IconUpload size={17} stroke={1.8} aria-hidden />}
          onClick={() => open.current?.()}
        >
          Add documents
        </Button>
        <span>
          <b>or drop files here</b>
          <small>PDF, photos, Word, Excel, CSV or ZIP, at most 50 MB each</small>
        </span>
      </div>
    </Dropzone>
  );
}
