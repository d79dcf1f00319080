"use client";

import { Button, CloseButton, FileButton, Text } from "@mantine/core";
import { IconCamera, IconClockUp } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { SurveyDetail } from "../types";
import classes from "../Surveys.module.css";
import type { WaitingPhoto } from "./usePhotos";

type PhotoSlotProps = {
  label: string;
  needed: boolean;
  editable: boolean;
  photos: SurveyDetail["photos"];
  waiting: WaitingPhoto[];
  onTake: (files: File[]) => void;
  onDrop: (key: string) => void;
  onRemove: (documentId: SurveyDetail["photos"][number]["_id"]) => void;
};

/** What is to be photographed, and the photos of it: those that have arrived and those still here. */
export function PhotoSlot(props: PhotoSlotProps) {
  const { label, needed, editable, photos, waiting, onTake, onDrop, onRemove } = props;
  return (
    <div role="group" aria-label={`Photos: ${label}`} className={classes.slot}>
      <Text size="sm" fw={500}>
        {label}
        {needed && <span aria-hidden> *</span>}
      </Text>
      <ul className={classes.photos}>
        {photos.map(({ _id, fileId, name }) => (
          <li key={_id}>
            <a href={`/api/files/${fileId}`} target="_blank" rel="noopener">
              {/* Next's image server would fetch it without the member's session. */}
              {/* eslint-disable-next-line @next/next/no-img-element */}
              <img src={`/api/files/${fileId}`} alt={`${label}: ${name}`} loading="lazy" />
            </a>
            {editable && (
              <CloseButton aria-label={`Remove ${name}`} size="lg" onClick={() => onRemove(_id)} />
            )}
          </li>
        ))}
        {waiting.map((photo) => (
          <li key={photo.key} data-waiting>
            <Preview file={photo.file} label={label} />
            <CloseButton
              aria-label={`Remove ${photo.file.name}, which is not sent yet`}
              size="lg"
              onClick={() => onDrop(photo.key)}
            />
            {photo.problem ? (
              <p className={classes.photoProblem}>{photo.problem}</p>
            ) : (
              <IconClockUp size={20} className={classes.waits} aria-label="Not sent yet" />
            )}
          </li>
        ))}
      </ul>
      {editable && (
        <FileButton
          multiple
          accept="image/*"
          onChange={onTake}
          inputProps={{ "aria-label": `Take photos: ${label}` }}
        >
          {(button) => (
            <Button
              {...button}
              variant="default"
              leftSection={<IconCamera size={18} stroke={1.7} aria-hidden />}
            >
              {photos.length + waiting.length > 0 ? "Another photo" : "Take a photo"}
            </Button>
          )}
        </FileButton>
      )}
      {!editable && photos.length === 0 && (
        <Text c="dimmed" size="sm">
          No photo.
        </Text>
      )}
    </div>
  );
}

/** A picture of this device, by an address that lives as long as it is shown. */
function Preview({ file, label }: { file: File; label: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(file);
    image.current?.setAttribute("src", address);
    return () => URL.revokeObjectURL(address);
  }, [file]);
  // A picture of this device: nothing for Next's image server.
  // eslint-disable-next-line @next/next/no-img-element
  return <img ref={image} alt={`${label}, not sent yet`} />;
}
