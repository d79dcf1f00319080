"use client";

import { ActionIcon, Group, Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import type { ListedDocument } from "./types";
import classes from "./Documents.module.css";

type PreviewDialogProps = {
  pictures: ListedDocument[];
  /** Which of them is shown; -1 for none. */
  index: number;
  onShow: (index: number) => void;
  onClose: () => void;
};

/** A project's pictures, one at a time; arrow keys turn to the next. */
export function PreviewDialog({ pictures, index, onShow, onClose }: PreviewDialogProps) {
  const picture = pictures[index];
  const turn = (by: number) => pictures[index + by] && onShow(index + by);
  function onKeyDown({ key }: KeyboardEvent) {
    if (key === "ArrowLeft") turn(-1);
    if (key === "ArrowRight") turn(1);
  }
  return (
    <Modal
      opened={picture !== undefined}
      onClose={onClose}
      size="xl"
      title={<bdi>{picture?.name}</bdi>}
      closeButtonProps={{ "aria-label": "Close" }}
      onKeyDown={onKeyDown}
    >
      {picture && (
        // Next's image server would fetch it without the member's session.
        // eslint-disable-next-line @next/next/no-img-element
        <img
          key={picture._id}
          src={`/api/files/${picture.fileId}`}
          alt={picture.name}
          className={classes.picture}
        />
      )}
      {pictures.length > 1 && (
        <Group justify="center" gap="md" mt="md">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label="Previous picture"
            disabled={index <= 0}
            onClick={() => turn(-1)}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <span aria-live="polite">
            {index + 1} of {pictures.length}
          </span>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label="Next picture"
            disabled={index >= pictures.length - 1}
            onClick={() => turn(1)}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </Modal>
  );
}
